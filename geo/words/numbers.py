"""Small numbers in words, as a sentence has them."""

from __future__ import annotations

from geo.wording import N_, _

_WORDS = (
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
    N_("eleven"),
    N_("twelve"),
)


def in_words(number: int) -> str:
    """Return a number up to twelve in words, a greater one in digits."""
    return _(_WORDS[number - 1]) if 0 < number <= len(_WORDS) else f"{number:,}"
