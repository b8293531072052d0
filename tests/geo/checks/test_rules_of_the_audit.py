"""The rules that an audit asked for, at their edges: what they leave alone, and who is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger_files import LedgerFiles

CLAIM = "ie-2022-09-12-claim"
STOP = "ie-2022-10-25-told-to-stop"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def _page(files: LedgerFiles, published: str) -> None:
    """Let a latest word cite a page of a day."""
    event = next(row for row in files.rows("investigations") if row["id"] == STOP)
    source = event["source_ids"].split()[0]
    row = next(row for row in files.rows("sources") if row["id"] == source)
    files.add("sources", source, id="later-undated", url="https://example.org/later", published="")
    files.edit("sources", "later-undated", published=published, title=row["title"])
    files.edit("investigations", STOP, source_ids=f"{event['source_ids']} later-undated")


@pytest.mark.parametrize(
    ("published", "is_late"),
    [
        ("2022-10-28", False),
        ("2022-10-29", True),
        ("2022-10", False),
        ("2022-11", True),
        ("", False),
    ],
)
def test_a_page_may_be_three_days_younger(
    files: LedgerFiles, published: str, is_late: bool
) -> None:
    _page(files, published)
    found = files.new()
    assert len(found) == is_late
    assert all("later-undated" in line and "source_ids" in line for line in found)


def test_a_day_that_was_worked_out_from_a_page_is_older_than_it(files: LedgerFiles) -> None:
    _page(files, "2023-05-01")
    files.edit("investigations", STOP, said_on_basis="inferred")
    assert files.new() == []


@pytest.mark.parametrize("happened", ["2022-10-25", "2022-10", "2022", "2022-10/2022-12", ""])
def test_an_act_may_have_happened_on_the_day(files: LedgerFiles, happened: str) -> None:
    files.edit("investigations", STOP, happened_on=happened)
    assert files.new() == []


@pytest.mark.parametrize(("said", "differs"), [("2022-11", 0), ("2022", 0), ("2022-11-16", 1)])
def test_a_day_may_be_less_exact_than_its_id(files: LedgerFiles, said: str, differs: int) -> None:
    row = files.edit("investigations", "ca-2022-11-15-protest", said_on=said)
    place = f"warning: investigations.csv:{row} said_on: "
    assert len([line for line in files.new() if line.startswith(place)]) == differs


def test_a_corrected_day_is_no_warning_once_the_register_says_so(files: LedgerFiles) -> None:
    row = files.edit("counts", "ca-ngo-2022-09", claimed_on="2022-08-12")
    assert [line.split(": ")[1] for line in files.new()] == [f"counts.csv:{row} claimed_on"]
    header = "id,date,record,field,before,after,reason,stood_days\n"
    entry = (
        "2026-11-20-1a2b3c4d-1,2026-11-20,ca-ngo-2022-09,claimed_on,2022-09-12,2022-08-12,Read,3\n"
    )
    (files.folder / "corrections.csv").write_text(header + entry, encoding="utf-8")
    assert not [line for line in files.new() if line.startswith("warning: counts.csv")]


def test_a_claim_that_comes_after_all_its_answers_is_named_and_they_are_not(
    files: LedgerFiles,
) -> None:
    rows = files.rows("investigations")
    claims = [r for r in rows if r["event_type"] == "claim" and "ie-dublin-1" in r["about"].split()]
    for claim in claims:
        new = claim["id"].replace(claim["said_on"], "2024-01-02")
        for row in rows:
            for column in ("repeat_of", "differs_from"):
                row[column] = " ".join(new if i == claim["id"] else i for i in row[column].split())
        claim.update(id=new, said_on="2024-01-02")
    files.write("investigations", rows)
    found = [line for line in files.new() if "ie-2022" in line]
    assert len(found) == 1
    assert 'said_on: "2024-01-02" is after the day of an answer to this claim' in found[0]


def test_a_wrong_row_of_origins_is_named_once(files: LedgerFiles) -> None:
    rows = files.rows("origins")
    index = next(n for n, row in enumerate(rows) if row["origin_city"] == "Fuzhou")
    rows[index]["origin_province"] = "CN-JS"
    files.write("origins", rows)
    assert files.new() == [
        f'origins.csv:{index + 2} origin_province: "Fuzhou" belongs to CN-FJ in stations.csv, '
        'not to "CN-JS"'
    ]


def test_a_police_body_that_is_not_known_is_asked_for_once(files: LedgerFiles) -> None:
    row = files.edit("stations", "ie-dublin-1", origin_city="Atlantis")
    assert files.new() == [
        f'warning: stations.csv:{row} origin_city: "Atlantis" has no row in origins.csv: add one, '
        "or correct the name"
    ]


def test_the_account_that_lacks_the_other_is_named(files: LedgerFiles) -> None:
    row = files.edit("investigations", STOP)
    other = files.edit("investigations", "ie-2022-10-25-closure-stated", differs_from=STOP)
    assert files.new() == [
        f"warning: investigations.csv:{row} differs_from: does not name "
        f'"ie-2022-10-25-closure-stated", whose row {other} names this event: two accounts that '
        "differ name each other"
    ]
    files.edit("investigations", STOP, differs_from="ie-2022-10-25-closure-stated")
    assert files.new() == []


@pytest.mark.parametrize(
    "spelling",
    ["the journal", "Thé Journal", "The-Journal", "Journal", "The Journal Ltd."],
)
def test_one_publisher_in_two_spellings(files: LedgerFiles, spelling: str) -> None:
    rows = files.rows("sources")
    for n in (0, 1, 2):
        rows[n]["publisher"] = "The Journal" if n < 2 else spelling
    files.write("sources", rows)
    (line,) = files.new()
    assert line.startswith("warning: sources.csv:4 publisher: ")
    assert '"The Journal" in row 2' in line


@pytest.mark.parametrize("relay", ["; per JBpress", " (per JBpress)", ", as read by JBpress"])
def test_a_relay_in_other_words(files: LedgerFiles, relay: str) -> None:
    row = files.edit("investigations", "ao-2022-12-05-claim", authority=f"the NGO X{relay}")
    (line,) = files.new()
    assert line.startswith(f"warning: investigations.csv:{row} authority: names who relays it by ")


def test_months_that_have_become_days(files: LedgerFiles) -> None:
    rows = files.rows("sources")
    for row in rows:
        if len(row["published"]) == 7:
            row["published"] += "-01"
    files.write("sources", rows)
    (line,) = [line for line in files.new() if "first of a month" in line]
    assert line.startswith("warning: sources.csv published: ")


def test_a_day_that_is_more_exact_than_its_id(files: LedgerFiles) -> None:
    row = files.edit("counts", "ca-ngo-2022-09", claimed_on="2022-09-01")
    (line,) = files.new()
    assert line.startswith(f'warning: counts.csv:{row} claimed_on: "2022-09-01" ')
    assert "2022-09" in line
