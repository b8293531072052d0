"""What of a link cannot be read: which name, which value, and why."""

from __future__ import annotations

from dataclasses import dataclass

from geo.wording import _

_MOST_SHOWN = 40


def cut(text: str) -> str:
    """Return a text of a link as a sentence shows it: its first 40 characters."""
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


@dataclass(frozen=True, slots=True)
class Ignored:
    """
    A part of a link that changes nothing because it cannot be read.

    Attributes
    ----------
    name : str
        Of the parameter, as the link has it; it may be unknown.
    value : str
        As the link has it.
    why : str
        The reason, as part of a sentence.
    candidates : tuple of (str, str)
        What may have been meant: names and values that can be read.
    """

    name: str
    value: str
    why: str
    candidates: tuple[tuple[str, str], ...] = ()

    @property
    def statement(self) -> str:
        """What was ignored, and why, as a sentence."""
        form = (
            _("Ignored in this link: {name}=“{value}” ({why}).")
            if self.value
            else _("Ignored in this link: “{name}” ({why}).")
        )
        return form.format(name=cut(self.name), value=cut(self.value), why=self.why)

    @property
    def sentence(self) -> str:
        """The whole notice, with the question of what was meant."""
        if not self.candidates:
            return self.statement
        asked = _("Did you mean {page}?")
        written = ", ".join(f"{name}={value}" for name, value in self.candidates)
        return f"{self.statement} {asked.format(page=written)}"
