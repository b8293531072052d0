"""Releases of the ledger: the folders, what has changed since, and the making of one."""
