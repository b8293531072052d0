"""What is told of the ledger: sentences, cards, country pages, citations, files and feeds."""
