"""The data API and the feeds over HTTP."""
