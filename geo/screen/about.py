"""The About page: what the atlas says, what it does not say, and what it cannot know."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from markupsafe import Markup

from geo import __version__
from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.link.addresses import NO_CARD
from geo.link.selection import Filters
from geo.model.dates import spoken
from geo.model.names import country_name
from geo.model.vocabulary import (
    ACTORS,
    FLAGS,
    JURISDICTIONS,
    LATEST_WORDS,
    PROVINCES,
    STRENGTHS,
)
from geo.paths import ASSETS
from geo.releases.withdrawals import withdrawal_lines
from geo.screen.context import Screen
from geo.screen.worklist import quotation_lines, task_groups
from geo.views.rendering import render
from geo.wording import N_, _, ngettext
from geo.words.claimed_figures import claimed_by_country, other_figures, worldwide
from geo.words.corrections import correction_lines
from geo.words.permanent_lines import LICENCE
from geo.words.reporting import contact_link

#: flag -> what has to be in the ledger for it
_FLAG_RULES: dict[str, str] = {
    "told_to_stop": N_("A host authority told or asked China, or the alleged operator, to stop."),
    "inquiry": N_("A host authority said that it was looking into the claim."),
    "inquiry_closed": N_(
        "A host authority closed its inquiry and announced no charge or other action."
    ),
    "no_evidence": N_(
        "A host authority said that it had found no such site or no offence, that it "
        "knew of none, or that the report was wrong."
    ),
    "court_case": N_("An arrest, charge, plea or ruling about the site or the alleged policing."),
    "no_answer": N_(
        "No statement by a host authority, about the record or its country, was found."
    ),
    "accounts_differ": N_("Two accounts in the ledger contradict each other."),
    "named_party_denies": N_("The people or bodies named have answered."),
}


@dataclass(frozen=True, slots=True)
class Credit:
    """Work of others that the atlas is made with."""

    name: str
    licence: str


_SOFTWARE = (
    Credit("Streamlit", "Apache-2.0"),
    Credit("streamlit-folium", "MIT"),
    Credit("folium, branca", "MIT"),
    Credit("pandas, NumPy, Babel, Jinja", "BSD-3-Clause"),
)


def _data() -> tuple[Credit, ...]:
    return (
        Credit(_("City centres: GeoNames"), LICENCE),
        Credit(_("Outlines: Natural Earth"), _("public domain")),
    )


@cache
def _assets() -> tuple[Credit, ...]:
    listed = json.loads((ASSETS / "ASSETS.json").read_text(encoding="utf-8"))["assets"]
    return tuple(Credit(f"{a['name']} {a['version']}", a["licence"]) for a in listed)


def _words() -> list[dict[str, str]]:
    """List the statuses: shape, label, who may set it, and the sentence that it prints."""
    rows = []
    for code, word in LATEST_WORDS.items():
        entitled = [_(ACTORS[actor]) for actor in word.set_by]
        rows.append(
            {
                "code": code,
                "label": _(word.label),
                "who": ", ".join(entitled)
                or _("no one; it applies until another latest word is set"),
                "sentence": _("On (date) (speaker) {phrase}.").format(phrase=_(word.phrase)),
            }
        )
    return rows


def _archived(total: int, kept: int) -> str:
    if not kept:
        return _(
            "None of the {total:,} pages cited has been archived yet; they may change or disappear."
        ).format(total=total)
    return _(
        "{n:,} of the {total:,} pages cited have an archived copy; the others may change or "
        "disappear."
    ).format(n=kept, total=total)


def _gaps(snapshot: Snapshot) -> dict[str, str]:
    """Count the known weaknesses, as of the day shown."""
    records = snapshot.records
    letters = Counter(snapshot.standing(r).strength for r in records)
    cited = {i for r in records for i in r.sources} | {
        i for e in snapshot.events for i in e.sources
    }
    sources = [snapshot.dataset.sources[i] for i in cited if i in snapshot.dataset.sources]
    copies = sum(s.source_class == "copy" for s in sources)
    archived = sum(bool(s.archive_url) for s in sources)
    silent = sum(snapshot.standing(r).named_answer is None for r in records)
    unplaced = sum(r.point is None for r in records)
    return {
        "copies": _(
            "{n:,} of the {total:,} pages cited are copies whose original page was not seen."
        ).format(n=copies, total=len(sources)),
        "archived": _archived(len(sources), archived),
        "thin": ngettext(
            "{n} record rests on one independent newsroom or less.",
            "{n} records rest on one independent newsroom or less.",
            letters["C"] + letters["D"],
        ),
        "silent": ngettext(
            "For {n} record, no answer by the people or bodies named was found.",
            "For {n} records, no answer by the people or bodies named was found.",
            silent,
        ),
        "unplaced": ngettext(
            "{n} record gives only a country or region and has no point on the map.",
            "{n} records give only a country or region and have no point on the map.",
            unplaced,
        ),
    }


def _excluded(snapshot: Snapshot) -> list[dict[str, Any]]:
    rows = sorted(snapshot.dataset.excluded, key=lambda e: (country_name(e.country), e.what))
    return [
        {"country": country_name(code), "rows": list(group)}
        for code, group in groupby(rows, key=lambda e: e.country)
    ]


def _withdrawn(snapshot: Snapshot) -> tuple[str, ...]:
    day = snapshot.day.isoformat()
    return withdrawal_lines(w for w in snapshot.dataset.withdrawals if w.since <= day)


def about(screen: Screen) -> Markup:
    """Write the page; the ledger's own numbers are of the day shown."""

    def address(country: str) -> str:
        return screen.href("map", filters=Filters(country=(country,)), view=None, **NO_CARD)

    snapshot, configuration = screen.snapshot, screen.configuration
    day = spoken(snapshot.day.isoformat())
    return render(
        "about.html",
        day=day,
        words=_words(),
        flags=[(_(label), _(_FLAG_RULES[code])) for code, label in FLAGS.items()],
        strengths=[(letter, _(words)) for letter, words in STRENGTHS.items()],
        provinces=", ".join(map(_, PROVINCES.values())),
        jurisdictions=", ".join(
            f"{name} ({script})" for name, script, _in in JURISDICTIONS.values()
        ),
        gaps=_gaps(snapshot),
        current=shows_undated_texts(snapshot),
        tasks=task_groups(screen) if shows_undated_texts(snapshot) else (),
        quotations=quotation_lines(snapshot),
        checked=spoken(snapshot.dataset.last_checked) if snapshot.dataset.last_checked else "–",
        excluded=_excluded(snapshot) if shows_undated_texts(snapshot) else [],
        claimed=claimed_by_country(snapshot, address),
        world=worldwide(snapshot),
        others=other_figures(snapshot),
        corrections=correction_lines(snapshot.dataset.corrections, snapshot.day),
        withdrawals=_withdrawn(snapshot),
        released=snapshot.dataset.released,
        version=snapshot.dataset.version,
        software=__version__,
        imprint=configuration.imprint,
        published=bool(configuration.publisher),
        contact=configuration.contact,
        contact_link=contact_link(configuration.contact),
        credits=[*_assets(), *_SOFTWARE, *_data()],
    )
