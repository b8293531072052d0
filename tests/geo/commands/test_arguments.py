"""Arguments that commands share."""

from __future__ import annotations

import os

from geo.commands.arguments import text


def test_a_text_is_utf_8_in_every_language_of_the_system() -> None:
    # what Python makes of the bytes where the system's language is C
    assert text(os.fsdecode("Zürich".encode())) == "Zürich"
    assert text("Zürich".encode().decode("ascii", "surrogateescape")) == "Zürich"
