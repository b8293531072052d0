"""Attacks on a server of this machine, as a stranger could make them: ``make attack``."""
