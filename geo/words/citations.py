"""How to cite a view: one structure, from which text and files for reference managers are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.link.opening import Opened
from geo.model.dates import spoken
from geo.wording import _
from geo.words.lines import line
from geo.words.permanent_lines import TITLE
from geo.words.preview_text import describe
from geo.words.selection_title import selection_title
from geo.words.summary import filter_words, sentence
from geo.words.typography import typographic

#: pages about the atlas: what they are called is not a selection
_OWN_TITLE = frozenset({"about", "changes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """
    What a citation of a view says.

    Attributes
    ----------
    author : str
        The publisher; the atlas where none is configured.
    title : str
        Of the record, entry, country, selection or page.
    part : str
        Which record or entry it is, such as “record nl-rotterdam-1”; else empty.
    issued : date
        The day to which the ledger was checked.
    version : str
        Of the ledger.
    day : date
        The day shown.
    address : str
        Of the view, with day and version.
    accessed : date
        Today.
    note : str
        What is shown in a sentence, how to cite it, and who publishes.
    """

    author: str
    title: str
    part: str
    issued: date
    version: str
    day: date
    address: str
    accessed: date
    note: str

    @property
    def container(self) -> str:
        """The atlas, where the author is another; else empty."""
        return "" if self.author == _(TITLE) else _(TITLE)

    @property
    def whole_title(self) -> str:
        """The title with its record or entry and its day, for formats without a field for them."""
        titled = f"{self.title} ({self.part})" if self.part else self.title
        return _("{title}, as of {day}").format(title=titled, day=spoken(self.day.isoformat()))

    @property
    def text(self) -> str:
        """The citation on one line: author, year, title, version, day, address."""
        titled = f"{self.title} ({self.part})" if self.part else self.title
        form = _(
            "{author} ({year}). {title}. {atlas}, data set, ledger version {version}, as of "
            "{day}. {link} (accessed {today})."
        )
        if not self.container:
            form = _(
                "{author} ({year}). {title}. Data set, ledger version {version}, as of {day}. "
                "{link} (accessed {today})."
            )
        cited = form.format(
            author=self.author,
            year=self.issued.year,
            title=titled,
            atlas=self.container,
            version=self.version,
            day=spoken(self.day.isoformat()),
            link=self.address,
            today=spoken(self.accessed.isoformat()),
        )
        return f"{cited} {self.note}"


def _subject(opened: Opened) -> str:
    """Say what is shown: the claim of a record, the line of an event, or the selection."""
    state, snapshot = opened.state, opened.snapshot
    if state.record:
        record = opened.dataset.records_by_id[state.record]
        return line(snapshot.standing(record).claim, snapshot) if snapshot.exists(record) else ""
    if state.event:
        event = opened.dataset.events_by_id[state.event]
        return line(event, snapshot) if event.public_by(snapshot.day) else ""
    if state.place:
        # a country is cited as the selection of its records
        inside = state.filters.replace(country=(state.place,)).select(snapshot)
        return sentence(inside, dated=True) if inside.records else ""
    # free text stays out: a crafted link must not speak in the atlas's name
    picked = filter_words(state.filters.without("q"))
    return sentence(opened.selection, dated=True) + (f" {picked}." if picked else "")


def _title(opened: Opened, page: str) -> str:
    state = opened.state
    if page in _OWN_TITLE or state.record or state.event or state.place:
        return describe(page, state, opened.snapshot).name
    return typographic(selection_title(opened.selection))


def _part(opened: Opened) -> str:
    if opened.state.record:
        return _("record {id}").format(id=opened.state.record)
    if opened.state.event:
        return _("entry {id}").format(id=opened.state.event)
    return ""


def citation(
    opened: Opened, address: str, publisher: str, imprint: str, page: str = "view"
) -> Citation:
    """
    Return the citation of a view.

    Parameters
    ----------
    opened : Opened
        What the view shows.
    address : str
        Its absolute address, with day and version.
    publisher : str
        Who publishes this atlas; empty for a preview.
    imprint : str
        The same as a sentence, or that it is a preview.
    page : str
        The page's code, as `describe` takes it.

    Returns
    -------
    Citation
        Of the open card, or else of the selection.
    """
    checked = opened.dataset.last_checked
    advice = _("Cite the source for the claim and the atlas for the compilation.")
    note = (typographic(_subject(opened)), advice, imprint)
    return Citation(
        author=publisher or _(TITLE),
        title=_title(opened, page),
        part=_part(opened),
        issued=date.fromisoformat(checked) if checked else opened.snapshot.day,
        version=opened.dataset.version,
        day=opened.snapshot.day,
        address=address,
        accessed=opened.today,
        note=" ".join(filter(None, note)),
    )
