"""The columns of the tables that only workbooks and data packages have: words and figures."""

from __future__ import annotations

from geo.model.columns import Column, Kind, dated
from geo.model.vocabulary import ACTORS, SPEECH
from geo.wording import N_

QUOTES = (
    Column("event", N_("ID of the event that rests on the words.")),
    Column("source", N_("ID of the page on which they were read.")),
    Column(
        "quote",
        N_("The words as on the page, in its language; […] marks what is left out."),
    ),
    Column("language", N_("Language of the words (BCP 47).")),
    Column(
        "translation",
        N_("The same in English, translated by the atlas; empty where they are English."),
        empty=True,
    ),
    Column(
        "speech",
        N_("Whether they are the speaker’s own words, or the page reports what was said."),
        codes=tuple(SPEECH),
    ),
)

COUNTS = (
    Column("id", N_("ID of the figure.")),
    Column(
        "country",
        N_(
            "Code of the country that it is about (ISO 3166-1), or EU for the European Union and "
            "ZZ for worldwide. NA is Namibia, and no missing value."
        ),
    ),
    Column("subject", N_("What is counted.")),
    Column("value", N_("The number, as claimed."), kind=Kind.NUMBER),
    Column("unit", N_("What one of the things counted is.")),
    Column(
        "period",
        N_("The time that it covers; a slash at the end means: and since."),
        empty=True,
    ),
    Column("claimed_by", N_("Who claims it.")),
    Column("actor_type", N_("Kind of speaker."), codes=tuple(ACTORS)),
    *dated("claimed_on", N_("When it was claimed in public.")),
    Column(
        "note",
        N_("What it includes and what it does not. Empty on days before the ledger’s own date."),
        empty=True,
    ),
    Column("source_ids", N_("IDs of the pages that show it."), several=" "),
)
