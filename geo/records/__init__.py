"""What was said: the ledger's vocabulary, files, checks, replay, filters, links and releases."""
