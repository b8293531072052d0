"""The curators' commands, each run as ``python -m geo NAME``."""
