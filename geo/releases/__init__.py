"""Releases of the ledger: what is kept, what has changed, and how one is made."""
