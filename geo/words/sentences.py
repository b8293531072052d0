"""
Sentences that say who said what, made from the ledger's cells.

The *signed sentence* has a fixed form: “{On/In date} {authority} {fixed phrase}.” and no
other words. Entries in one line are in `geo.words.lines`.
"""

from __future__ import annotations

from collections.abc import Mapping

from geo.ledger.snapshot import Snapshot
from geo.ledger.standing import Standing
from geo.model.dates import spoken, spoken_on
from geo.model.entities import Event, Record
from geo.model.names import country_name, in_a_sentence
from geo.model.vocabulary import (
    CLAIM_ONLY,
    COUNTRY,
    FUNCTIONS,
    JURISDICTIONS,
    LATEST_WORDS,
    PROVINCES,
    WORLD,
)
from geo.wording import _
from geo.words.lines import line


def _speaker(event: Event) -> str:
    # "the embassy, per the minister," — the relay is an aside and wants its second comma
    return f"{event.authority}," if ", " in event.authority else event.authority


def signed(event: Event, code: str) -> str:
    """
    Return the signed sentence of an event for the latest word that it sets.

    Parameters
    ----------
    event : Event
        Whose date and speaker sign.
    code : str
        A code of `LATEST_WORDS`.

    Returns
    -------
    str
        One sentence in the fixed form.
    """
    return f"{spoken_on(event.said.text)} {_speaker(event)} {_(LATEST_WORDS[code].phrase)}."


def latest_word(record: Record, snapshot: Snapshot) -> str:
    """
    Return the record's latest word as a signed sentence.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    str
        Signed by the claimant for a record that has only its claim; the country's answer,
        if there is one, follows.
    """
    standing = snapshot.standing(record)
    if standing.word is not None:
        return signed(standing.word, standing.code)
    claim, answer = standing.claim, standing.host_answer
    if answer is not None and record.id in answer.about:
        return _(
            "{when} {speaker} made the claim. Most recent statement by a host authority "
            "about this record: {answer}"
        ).format(
            when=spoken_on(claim.said.text),
            speaker=_speaker(claim),
            answer=line(answer, snapshot, record.id),
        )
    return f"{signed(claim, CLAIM_ONLY)} {country_answer(standing, snapshot)}".rstrip()


def latest_line(standing: Standing) -> tuple[str, str]:
    """
    Return the latest word as the first line of a card, on which the answers follow.

    Parameters
    ----------
    standing : Standing
        What is known of the record on the day.

    Returns
    -------
    tuple of (str, str)
        The signed sentence; and for a record that has only its claim, when its host
        authorities last spoke, so that the line is never without their answer. The second
        is empty where they have not spoken, or where the sentence is theirs.
    """
    if standing.word is not None:
        return signed(standing.word, standing.code), ""
    claim, answer = standing.claim, standing.host_answer
    if answer is None:
        return signed(claim, CLAIM_ONLY), ""
    when = spoken(answer.said.text)
    if standing.record.id in answer.about:
        # the fixed phrase would deny what the authority has said of the record
        first = _("{when} {speaker} made the claim.").format(
            when=spoken_on(claim.said.text), speaker=_speaker(claim)
        )
        aside = _("Most recent statement by a host authority about this record: {when}, below.")
    else:
        first = signed(claim, CLAIM_ONLY)
        aside = _("Answer from the country’s authorities, not naming this record: {when}, below.")
    return first, aside.format(when=when)


def country_answer(standing: Standing, snapshot: Snapshot) -> str:
    """
    Return the host country's answer as a whole, for a record that it did not name.

    Parameters
    ----------
    standing : Standing
        What is known of the record on the day.
    snapshot : Snapshot
        The day.

    Returns
    -------
    str
        One sentence; empty if there is no such answer.
    """
    answer = standing.host_answer
    if standing.word is not None or answer is None or answer.about != (COUNTRY,):
        return ""
    # a minister may name the city and tie his words to no entry: hence "as a site"
    return _(
        "Answer from the country’s authorities, not naming this place as a site: {answer}."
    ).format(answer=line(answer, snapshot, standing.record.id).rstrip("."))


def place(record: Record, language: str = "en") -> str:
    """
    Return the place of a record, as coarse as in the ledger: “Rotterdam, Netherlands”.

    Parameters
    ----------
    record : Record
        With a label, a city, a region, or its country alone.
    language : str
        Code of the language of the country's name.

    Returns
    -------
    str
        Place and country; the country alone where nothing else is known.
    """
    country = country_name(record.host_country, language)
    label = record.place_label or record.host_city or record.host_region
    if not label or country in label:
        return label or country
    return f"{label}, {country}"


def claimed_police_body(record: Record) -> str:
    """Name the police body of the claim: “Fuzhou police (Fujian)”."""
    if not record.origin_city:
        return _("none named in the sources consulted")
    name, script, _holder = JURISDICTIONS.get(record.jurisdiction, (record.origin_city, "", ""))
    return _("{name} police ({script}, {province})").format(
        name=name, script=script, province=_(PROVINCES.get(record.origin_province, "?"))
    )


def functions(record: Record) -> str:
    """List the functions that the claim ascribes to the place, in words."""
    return ", ".join(_(FUNCTIONS[code]) for code in record.functions if code in FUNCTIONS)


def none_found(last_checked: str) -> str:
    """Say that no answer was found, and when the sources were last checked."""
    return _("None found in the sources consulted (last checked {date}).").format(
        date=spoken(last_checked) if last_checked else "–"
    )


def about_what(event: Event, records: Mapping[str, Record], shown: str = "") -> str:
    """
    Say whether an answer is about the record shown, others, its country or the world.

    Parameters
    ----------
    event : Event
        The answer.
    records : mapping of str to Record
        The ledger's records, to name the places of others.
    shown : str
        Id of the record whose card prints it; empty on a country's or an event's card.

    Returns
    -------
    str
        A phrase; more than four places are counted and not named.
    """
    if event.about == (WORLD,):
        return _("worldwide")
    if event.elsewhere:
        return _("about another place in {country}").format(country=in_a_sentence(event.country))
    if event.about == (COUNTRY,):
        return _("about {country}, no record named").format(country=in_a_sentence(event.country))
    if shown in event.about:
        return _("about this record")
    named = dict.fromkeys(place(records[i]) for i in event.about if i in records)
    if len(named) > 4:
        return _("about {n} records").format(n=len(event.about))
    return _("about {places}").format(places="; ".join(named))
