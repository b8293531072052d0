"""The selection as files, documents and feeds."""
