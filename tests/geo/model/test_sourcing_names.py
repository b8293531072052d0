"""One publisher has one key, and whoever relays a claim is no claimant."""

from __future__ import annotations

import pytest

from geo.model.sourcing_names import RELAY, claimant_of, publisher_key, relay_of


@pytest.mark.parametrize(
    "spelling",
    [
        *("the times", "Times", "THE TIMES", "The\u00a0Times", "The Times Ltd", "The Times, Ltd."),
        *("The Times Co. Ltd", "Thé-Times", "Times Limited"),
    ],
)
def test_spellings_of_one_publisher(spelling: str) -> None:
    assert publisher_key(spelling) == publisher_key("The Times")


@pytest.mark.parametrize("other", ["The Times of Israel", "Le Times", "Times 2", "The", "Ltd", ""])
def test_other_publishers_stay_others(other: str) -> None:
    assert publisher_key(other) != publisher_key("The Times")


def test_a_name_of_such_words_alone_stays_a_name() -> None:
    assert publisher_key("The") == "the"
    assert publisher_key("Co") == "co"
    assert publisher_key("朝日新聞") == "朝日新聞"


@pytest.mark.parametrize(
    "relay",
    [
        *(", per ", ",\u00a0per ", ",  per ", ", Per ", "; per ", " (per ", " per ", ", PER\u202f"),
        *(" – per ", ", as read by ", " as quoted in ", ", according to ", ", via ", " [per "),
    ],
)
def test_every_form_of_a_relay_is_seen(relay: str) -> None:
    assert (
        claimant_of(f"the NGO Safeguard Defenders{relay}JBpress") == "the NGO Safeguard Defenders"
    )
    assert relay_of(f"the NGO Safeguard Defenders{relay}JBpress")
    assert (relay_of(f"the NGO X{relay}JBpress") == RELAY) == (relay == RELAY)


@pytest.mark.parametrize(
    "authority",
    [
        *(
            "El Periódico",
            "the Permanent Mission",
            "a lawmaker briefed by the service",
            "Viasat",
            "per",
        ),
        *("the mayor, who read it in May", "Persian, perhaps"),
    ],
)
def test_other_words_are_no_relay(authority: str) -> None:
    assert (claimant_of(authority), relay_of(authority)) == (authority, "")
