"""Groups of latest words, for what shows all of them at once over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.model.latest_word import LatestWord
from geo.model.vocabulary import CLAIM_ONLY, LATEST_WORDS
from geo.views.shapes import by_shape
from geo.wording import N_, _

#: code and label of each group but those of single words, in the order of the chart
_LABELS = {
    "claim": N_("Claim only"),
    "looking": N_("Inquiry or checks"),
    "stopped": N_("Told to stop, or said closed"),
    "none": N_("No site or offence found, or inquiry closed"),
}
_BY_FLAG = {
    "inquiry": "looking",
    "told_to_stop": "stopped",
    "no_evidence": "none",
    "inquiry_closed": "none",
}
_CLOSED = "closure_stated"


@dataclass(frozen=True, slots=True)
class WordGroup:
    """
    Latest words that are counted together.

    Attributes
    ----------
    words : tuple of LatestWord
        In the order of the vocabulary.
    """

    code: str
    label: str
    words: tuple[LatestWord, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its words."""
        return frozenset(word.code for word in self.words)

    @property
    def blue(self) -> bool:
        """Whether a host authority sets some of them; their lines are blue."""
        return any(word.shape.hue == "authority" for word in self.words)

    @property
    def others(self) -> frozenset[str]:
        """In a blue group, the codes of what others set."""
        return frozenset(w.code for w in self.words if self.blue and w.shape.hue != "authority")

    @property
    def shapes(self) -> tuple[str, ...]:
        """A code for each shape of its words."""
        return tuple(words[0].code for words in by_shape(word.code for word in self.words))


def _group_of(word: LatestWord) -> str:
    if word.code == CLAIM_ONLY:
        return "claim"
    if word.flag in _BY_FLAG:
        return _BY_FLAG[word.flag]
    # a word that no rule knows is a group by itself and not counted as another one
    return "stopped" if _CLOSED in word.event_types else word.code


def word_groups(used: Iterable[str]) -> list[WordGroup]:
    """
    Group the latest words of the vocabulary.

    Parameters
    ----------
    used : iterable of str
        The codes that occur: a group without any of them is left out.

    Returns
    -------
    list of WordGroup
        The four that the chart names, in its order, then any word that belongs to none.
    """
    groups: dict[str, list[LatestWord]] = {code: [] for code in _LABELS}
    for word in LATEST_WORDS.values():
        groups.setdefault(_group_of(word), []).append(word)
    occurring = set(used)
    return [
        WordGroup(code, _(_LABELS.get(code, words[0].short)), tuple(words))
        for code, words in groups.items()
        if occurring & {word.code for word in words}
    ]
