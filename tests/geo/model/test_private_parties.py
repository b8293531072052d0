"""What may lead to a private party is found, and what the ledger uses such words for is not."""

from __future__ import annotations

import time

import pytest

from geo.model.private_parties import private_party


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It is at 12 Baker Street.", "a street"),
        ("at 107 East Broadway", "a street"),
        ("in the Rue de la Paix", "a street"),
        ("Via Paolo Sarpi", "a street"),
        ("in via Paolo Sarpi 8", "a street"),
        ("Friedrichstraße 5", "a street"),
        ("Schiedamseweg 101", "a street"),
        ("Váci út", "a street"),
        ("朝阳路12号", "a street"),
        ("SW1A 1AA", "a postcode"),
        ("1012 AB Amsterdam", "a postcode"),
        ("M5V 2T6", "a postcode"),
        ("NY 10013", "a postcode"),
        ("in New York 10013.", "a postcode"),
        ("75001 Paris", "a postcode"),
        ("call +31 20 555 0123", "a telephone number"),
        ("tel. 020 7946 0958", "a telephone number"),
        ("(212) 555-0147", "a telephone number"),
        ("Hotline 0591-87500110.", "a telephone number"),
        ("0171 123456.", "a telephone number"),
        ("13800000000", "a telephone number"),
        ("desk@example.org", "an e-mail address"),
        ("desk [at] example.org", "an e-mail address"),
        ("a Chinese restaurant", "a business or an association"),
        ("the shops", "a business or an association"),
        ("an evangelical church", "a business or an association"),
        ("a hometown association", "a business or an association"),
        ("a travel agency, said the news agency", "a business or an association"),
    ],
)
def test_what_may_lead_to_a_private_party_is_found(text: str, kind: str) -> None:
    found, what = private_party(text)
    assert found in text
    assert what == kind


@pytest.mark.parametrize(
    "text",
    [
        "The news agency said that security agencies had looked.",
        "A law-enforcement agency and the agency’s report, relayed by an agency",
        "the agency adds; with inputs from agencies; the agency ČTK",
        "checks on Chinese associations went on, and checks on associations",
        "said the agency had no evidence; no information from the agencies",
        "The Wall Street Journal and a spokesman of Downing Street",
        "via The Guardian, via Yahoo 2022",
        "On 12 December 2022 it named 102 sites in 53 countries (question 3-00060).",
        "2022 EU report; 11 Nov 2022; 10 000 people; about 1500 Chinese citizens",
        "from 2022-12-05 to 2023-01; 20/2022",
    ],
)
def test_what_leads_to_nobody_is_not(text: str) -> None:
    assert private_party(text) == ("", "")


def test_names_of_publishers_may_have_such_words() -> None:
    assert private_party("The Church Times", trades=False) == ("", "")


@pytest.mark.parametrize("letter", ["a", "A", "1", "1 ", "a.", "+1", "A a ", "via A "])
def test_a_cell_of_any_length_is_looked_at_quickly(letter: str) -> None:
    started = time.process_time()
    private_party(letter * 500_000)
    assert time.process_time() - started < 1
