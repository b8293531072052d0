"""Codes, dates, names and entities: what words, dates and rows mean."""
