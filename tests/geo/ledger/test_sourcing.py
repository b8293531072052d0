"""The strength of sourcing: a letter about sources, never about guilt."""

from __future__ import annotations

import pytest

from geo.ledger.sourcing import strength
from geo.model.entities import Source
from tests.entities import event, on, real, record, source
from tests.ledger_files import TODAY

PRESS = source("a", publisher="Paper A")
SAME = source("b", publisher="Paper A")
SPELT = source("k", publisher="PAPER-A Ltd")
OTHER = source("c", publisher="Paper B")
COPY = source("d", publisher="Paper C", source_class="copy")
CAMPAIGN = source("e", publisher="Paper D", source_class="campaign_press")
FORUM = source("f", publisher="Forum", source_class="forum_or_blog")
OFFICIAL = source("g", publisher="Ministry", source_class="official")
OWN = source("h", publisher="Safeguard Defenders", source_class="party")
OWN_COPY = source("i", publisher="Safeguard Defenders", source_class="copy")
PARTY = source("j", publisher="Embassy", source_class="party")


@pytest.mark.parametrize(
    ("of_record", "of_claim", "letter"),
    [
        ([OFFICIAL], [], "A"),
        ([FORUM], [OFFICIAL], "A"),
        ([OWN], [], "A"),
        ([PRESS], [OWN], "A"),
        ([OWN_COPY], [], "D"),
        ([PRESS, OTHER], [], "B"),
        ([PRESS], [OTHER], "B"),
        ([PRESS, SAME], [], "C"),
        ([PRESS, SPELT], [], "C"),
        ([PRESS, COPY, CAMPAIGN, FORUM, PARTY], [], "C"),
        ([COPY], [], "D"),
        ([CAMPAIGN, FORUM, COPY], [], "D"),
        ([PARTY], [], "D"),
    ],
)  # fmt: skip
def test_strength_is_about_the_sources(
    of_record: list[Source], of_claim: list[Source], letter: str
) -> None:
    claim = event(
        "nl-c",
        authority="the NGO Safeguard Defenders",
        sources=tuple(s.id for s in of_claim or of_record),
    )
    shown = record(sources=tuple(s.id for s in of_record))
    known = {s.id: s for s in (*of_record, *of_claim)}
    assert strength(shown, [claim], known) == letter


def test_who_relays_a_claim_is_not_the_claimant() -> None:
    claim = event("nl-c", authority="the NGO Safeguard Defenders, per Paper A", sources=("a",))
    shown = record(sources=("a",))
    assert strength(shown, [claim], {"a": PRESS}) == "C"
    own = event("nl-c", authority="reporters of Paper A", sources=("a",))
    assert strength(shown, [own], {"a": PRESS}) == "A"


def test_sources_that_may_not_be_shown_count_for_nothing() -> None:
    claim = event("nl-c", sources=("a", "c"))
    assert strength(record(sources=("g",)), [claim], {"a": PRESS}) == "C"


def test_records_that_rest_on_one_newsroom_say_so() -> None:
    for name in ("ao-1", "mg-1"):
        assert on(TODAY).standing(real().records_by_id[name]).strength == "C"
    letters = {on(TODAY).standing(r).strength for r in on(TODAY).records}
    assert letters <= set("ABCD")
    assert len(letters) > 2
