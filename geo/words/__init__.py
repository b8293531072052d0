"""The ledger in words: sentences, cards, country pages and citations."""
