"""The strength of sourcing, A to D, which says how well a claim is sourced, not if it is true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geo.model.entities import Event, Record, Source
from geo.model.sourcing_names import claimant_of, publisher_key


def strength(record: Record, claims: Sequence[Event], sources: Mapping[str, Source]) -> str:
    """
    Grade how well sourced a record and its claims are.

    Parameters
    ----------
    record : Record
        Its own sources count.
    claims : sequence of Event
        The claims that are public, whose sources count too.
    sources : mapping of str to Source
        The ledger's sources by id; an id that is not among them counts as none.

    Returns
    -------
    str
        ``A`` with at least one official source or the claimant's own text, ``B`` with two
        independent publishers, ``C`` with one, else ``D`` (docs/DATA_MODEL.md, sources.csv).
    """
    ids = dict.fromkeys([*record.sources, *(i for claim in claims for i in claim.sources)])
    cited = [sources[i] for i in ids if i in sources]
    if any(s.source_class == "official" for s in cited) or _own_text(claims, cited):
        return "A"
    newsrooms = {publisher_key(s.publisher) for s in cited if s.source_class == "independent_press"}
    return {0: "D", 1: "C"}.get(len(newsrooms), "B")


def _own_text(claims: Iterable[Event], sources: Sequence[Source]) -> bool:
    """Say whether a claimant published one of the sources."""
    return any(
        # "…, per a newspaper" names who relays the claim: its text is not the claimant's own
        source.source_class != "copy" and source.publisher in claimant_of(claim.authority)
        for claim in claims
        for source in sources
    )
