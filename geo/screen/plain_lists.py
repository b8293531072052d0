"""The plain pages that list: a selection, and the changes since a release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from markupsafe import Markup

from geo.exports.downloads import downloads
from geo.link import addresses
from geo.link.opening import Opened
from geo.model.names import country_name
from geo.screen.notices import linked_notices
from geo.screen.plain_pages import Around, page, word_shape
from geo.wording import _, ngettext
from geo.words.comparison import changed_records, shown_records
from geo.words.lines import line
from geo.words.preview_text import ALL, CHANGES
from geo.words.sentences import latest_word, place
from geo.words.statements import statement
from geo.words.summary import filter_words, sentence

#: events that a page of a selection lists; the file has all
EVENTS = 200


def _records(opened: Opened) -> Iterator[dict[str, Any]]:
    """Yield the selection by country; records that no source tells apart are grouped."""
    snapshot = opened.snapshot
    names = {code: country_name(code) for code in opened.selection.countries}
    ordered = sorted(opened.selection.records, key=lambda r: names[r.host_country])
    for code, inside in groupby(ordered, key=lambda r: r.host_country):
        items: dict[tuple[str, str, str], dict[str, Any]] = {}
        for record in inside:
            claim = line(snapshot.claims(record)[0], snapshot)
            word = latest_word(record, snapshot)
            item: dict[str, Any] = {"place": place(record), "claim": claim, "word": word, "ids": []}
            group = items.setdefault(
                (place(record), claim, word), item | word_shape(record, opened)
            )
            group["ids"].append(record.id)
        yield {"code": code, "name": names[code], "records": list(items.values())}


def view_page(opened: Opened, around: Around) -> Markup:
    """
    Write the page of a selection: its records by country, and its entries.

    Parameters
    ----------
    opened : Opened
        What the address shows.
    around : Around
        What depends on the request.

    Returns
    -------
    Markup
        A whole document; of the entries only the latest `EVENTS`.
    """
    selection, filters = opened.selection, opened.state.filters
    events = sorted(selection.events, key=lambda e: (e.said.end, e.order), reverse=True)
    more = ngettext("{n} entry.", "{n} entries.", len(events))
    title = _(ALL) if filters.empty else _("Selected records")
    return page(
        "plain_view.html",
        opened,
        around,
        title=title,
        sentence=sentence(selection, dated=True),
        picked=filter_words(filters),
        files=downloads(opened.state),
        events_file=addresses.data_file(opened.state, "events.csv"),
        countries=list(_records(opened)),
        events=[statement(e, opened.snapshot) for e in events[:EVENTS]],
        more=_("Newest {shown} of {all}").format(shown=EVENTS, all=more)
        if len(events) > EVENTS
        else "",
    )


def _says(opened: Opened) -> str:
    """Say why no changes are listed."""
    if opened.state.version and opened.state.version == opened.dataset.version:
        return _("This link was made from the current ledger: nothing has changed.")
    return _("The link names no release of the ledger, so there is nothing to compare.")


def _rest(opened: Opened) -> str:
    """Return the address that compares the rest of a selection, when the link opens one card."""
    state, pinned = opened.state, opened.edition.pinned
    if pinned is None or state == replace(state, **addresses.NO_CARD):
        return ""
    listed = {record.id for record in shown_records(opened)}
    more = pinned.changed(opened.selection.records).keys() - listed
    return addresses.changes_page(replace(state, **addresses.NO_CARD)) if more else ""


def changes_page(opened: Opened, around: Around) -> Markup:
    """
    Write the page of the changes since the release that a link names.

    Parameters
    ----------
    opened : Opened
        What the address shows.
    around : Around
        What depends on the request.

    Returns
    -------
    Markup
        A whole document; without changes if the link names no release.
    """
    state, pinned = opened.state, opened.edition.pinned
    groups = changed_records(pinned, shown_records(opened), opened.edition.newest) if pinned else ()
    title = _(CHANGES)
    return page(
        "plain_changes.html",
        opened,
        around,
        title=title,
        says=pinned.notice(shown_records(opened)) if pinned else _says(opened),
        pinned="",
        changes_link="",
        then_link=addresses.share_page(state) if pinned else "",
        now_link=addresses.share_page(replace(state, version="")),
        rest_link=_rest(opened),
        groups=groups,
        notices=linked_notices(opened, addresses.CHANGES),
    )
