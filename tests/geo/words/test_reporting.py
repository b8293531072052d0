"""A problem is reported where the publisher says, or nowhere."""

from __future__ import annotations

import pytest

from geo.words.reporting import contact_link, report_link


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("https://example.org/contact", "https://example.org/contact"),
        ("desk@example.org", "mailto:desk@example.org"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("https://user:secret@example.org/", ""),
        ("javascript:alert(1)", ""),
        ("the newsroom", ""),
        ("", ""),
    ],
)
def test_a_contact_is_a_page_or_a_letter_or_no_link(contact: str, link: str) -> None:
    assert contact_link(contact) == link
    reported = report_link(contact, "nl-a-1", "1a2b3c4d", "https://atlas.example/?record=nl-a-1")
    if link.startswith("mailto:"):
        assert reported.startswith(f"{link}?subject=Record%20nl-a-1%2C%20ledger%201a2b3c4d&body=")
        assert "%3Frecord%3Dnl-a-1" in reported
    else:
        assert reported == link
