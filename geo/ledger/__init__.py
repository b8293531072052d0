"""The ledger as entities: which records exist on a day, and what was said about them."""
