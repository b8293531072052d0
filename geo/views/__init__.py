"""How it is drawn: records in, drawings out."""
