"""The link: its parameters, what they select, and which ledger an address opens."""
