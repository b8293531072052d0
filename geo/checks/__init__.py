"""The rules of the ledger, and the examination of its files by them."""
