"""``make attack`` makes every attack that there is, and reads answers by the byte."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tools import attack
from tools.attack.__main__ import attacks
from tools.attack.raw import listed, status


def test_every_attack_is_made() -> None:
    folder = Path(attack.__file__).parent
    modules = {
        file.stem
        for file in folder.glob("*.py")
        if "\ndef attack(" in file.read_text(encoding="utf-8")
    }
    assert set(attacks()) == modules


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"HTTP/1.1 414 Too Long\r\n", "414"), (b"", "no answer"), (b"\x16\x03", "no answer")],
)
def test_the_status_of_an_answer(data: bytes, found: str) -> None:
    assert status(data) == found


def test_counts_are_listed_from_the_most_frequent() -> None:
    assert listed(Counter({"404": 2, "200": 1_500})) == "1,500 × 200, 2 × 404"
    assert listed(Counter()) == "none"
