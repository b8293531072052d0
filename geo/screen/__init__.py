"""What a screen shows, as HTML."""
