"""The check of docstrings sees what is missing, and nothing else."""

from __future__ import annotations

import pytest

from tools.docstrings import check

WHOLE = '''
def move(lat: float, lon: float, *, by: int = 1) -> str:
    """
    Return the place.

    Parameters
    ----------
    lat, lon : float
        Decimal degrees (WGS 84).
    by : int, optional
        Steps.

    Returns
    -------
    str
        Its name.

    Raises
    ------
    ValueError
        When it is nowhere.
    """
    raise ValueError
'''


def test_a_whole_docstring_has_no_fault() -> None:
    assert check(WHOLE) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("    by : int, optional\n        Steps.\n", "", "documents the parameters"),
        ("lat, lon : float", "lon, lat : float", "documents the parameters"),
        ("    Returns\n    -------\n    str\n        Its name.\n", "", "what it returns"),
        ("    Raises\n    ------\n    ValueError\n        When", "    When", "what it raises"),
        ("Decimal degrees (WGS 84).", "Where.", "in degrees"),
    ],
)
def test_what_is_missing_is_said(before: str, after: str, fault: str) -> None:
    assert before in WHOLE
    found = check(WHOLE.replace(before, after))
    assert found
    assert all(fault in line for line in found)


@pytest.mark.parametrize(
    "source",
    [
        'def one(day: str) -> str:\n    """Return it."""\n    return day',
        'def _own(a: int, b: int) -> int:\n    """Add."""\n    return a + b',
        'class _Own:\n    def add(self, a: int, b: int):\n        """Add."""\n        return a',
    ],
)
def test_one_parameter_and_private_functions_are_free(source: str) -> None:
    assert check(source) == []
