"""The ledger as CSV files: reading, checks, withholding and writing."""
