"""What may be shown: withholding, rows on hold, rows that fail their checks."""
