"""How much a test tries: the everyday size, and the full one where ``CI`` is ``true``."""

from __future__ import annotations

import os

from hypothesis import settings

FULL = os.environ.get("CI") == "true"


def size(everyday: int, full: int) -> int:
    """
    Return how many examples, days, states or selections a test tries.

    Parameters
    ----------
    everyday : int
        Enough to meet each kind once, so that `make test` stays short.
    full : int
        The size that the documents promise; `CI=true make test` runs it.
    """
    return full if FULL else everyday


def load_profile() -> None:
    """Set how many examples Hypothesis tries where a test names no number."""
    parent = settings.get_profile("ci" if FULL else "default")
    settings.register_profile("atlas", parent, max_examples=size(25, 100))
    settings.load_profile("atlas")
