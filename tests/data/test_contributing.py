"""
What CONTRIBUTING.md tells curators to do, done to a copy of ``data/`` by the real commands.

The rules of `tests.data.rules` are true of the copy after each step. The steps name no row
of the ledger: they take what they add themselves, or the first row that will do.
"""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.configuration import ROLES
from geo.ledger.dataset import fingerprint, today
from geo.paths import PROJECT
from geo.releases.listing import releases
from tests.data.rules import RULES, no_problem
from tests.ledger_files import LedgerFiles

DATA = PROJECT / "data"
#: large cities of which the gazetteer knows one each; the first that has no record is taken
CITIES = (("IS", "Reykjavík"), ("FI", "Helsinki"), ("EE", "Tallinn"), ("LV", "Riga"))
UNEXPLAINED = r"^\w+\.csv (.+): changed, but no reason was given\.$"
SIGNED = [word for role in ROLES for word in ("--signed-off", role)]


class Project:
    """A copy of ``data/`` and ``docs/LATEST_WORDS.md``, with the commands of a curator."""

    def __init__(self, folder: Path) -> None:
        self.data, self.words = folder / "data", folder / "docs" / "LATEST_WORDS.md"
        shutil.copytree(DATA, self.data)
        self.files = LedgerFiles(self.data, DATA)
        self.words.parent.mkdir()
        shutil.copy(PROJECT / "docs" / "LATEST_WORDS.md", self.words)

    def run(self, command: str, *arguments: str) -> int:
        """Run ``python -m geo`` over the copy."""
        return main([command, "--data", str(self.data), *arguments])

    def rewrite_words(self) -> None:
        """``make words``."""
        assert self.run("words", "--to", str(self.words)) == 0

    def broken(self) -> list[str]:
        """What breaks a rule now."""
        return [line for rule in RULES for line in rule(self.data)]

    def unexplained(self, capsys: pytest.CaptureFixture[str]) -> list[str]:
        """Ids of the rows for which a release asks a reason."""
        capsys.readouterr()
        self.run("release", *SIGNED, "--reason", "no-such-row=So that nothing is released")
        return re.findall(UNEXPLAINED, capsys.readouterr().err, re.MULTILINE)

    def release(self, *changed: str) -> int:
        """``make release`` with a reason for each row that changed."""
        reasons = [
            word for row in changed for word in ("--reason", f"{row}=A source was read again")
        ]
        return self.run("release", *reasons, *SIGNED)

    def insert(self, **cells: str) -> None:
        """Add an event at its place in the order: by country, then by the day it was said."""
        rows = self.files.rows("investigations")
        key = (cells["country"], cells["said_on"])
        places = (n for n, row in enumerate(rows) if (row["country"], row["said_on"]) > key)
        rows.insert(next(places, len(rows)), {**dict.fromkeys(rows[0], ""), **cells})
        self.files.write("investigations", rows)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def _day(before: int) -> str:
    return (today() - timedelta(days=before)).isoformat()


def _source(project: Project, name: str, published: str) -> str:
    """Add a source, which something has to cite."""
    project.files.add(
        "sources",
        **{
            "id": name,
            "url": f"https://newsroom.example/{name}",
            "publisher": "An Example Newsroom",
            "title": "A title",
            "published": published,
            "language": "en",
            "kind": "news",
            "class": "independent_press",
        },
    )
    return name


def _record(project: Project, source: str) -> tuple[str, str]:
    """Add a record, its claim and an answer; return the ids of record and answer."""
    used = {row["host_country"] for row in project.files.rows("stations")}
    country, city = next(place for place in CITIES if place[0] not in used)
    code = country.lower()
    record, answer = f"{code}-example-1", f"{code}-{_day(20)}-none-known"
    project.files.add(
        "stations",
        id=record,
        host_country=country,
        host_city=city,
        claim_list="other",
        claimed_function="unspecified",
        summary="A newsroom lists the city. The interior ministry knows of no such place.",
        review="publish",
        last_checked=_day(0),
        source_ids=source,
    )
    both = {"country": country, "said_on_basis": "statement", "about": record, "source_ids": source}
    project.insert(
        **both,
        id=f"{code}-{_day(30)}-claim",
        said_on=_day(30),
        event_type="claim",
        actor_type="press",
        authority="reporters of An Example Newsroom",
        summary="They list one site in the city.",
    )
    project.insert(
        **both,
        id=answer,
        said_on=_day(20),
        event_type="none_known",
        actor_type="host_authority",
        authority="the interior ministry of the host country",
        summary="Said that it knew of no such place.",
        sets="says_none_known",
    )
    return record, answer


def _released(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Release the copy as it is, unless nothing has changed since the last release."""
    before = releases(project.data)
    if not before:
        assert project.release() == 0
    elif before[-1].version != fingerprint(project.data):
        assert project.release(*project.unexplained(capsys)) == 0


def test_the_steps_of_contributing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert project.broken() == []

    # a record: its sources, its row, its claim and answer, its city, the signed sentences
    source = _source(project, "an-example-newsroom-1", _day(20))
    record, answer = _record(project, source)
    assert project.run("geocode") == 0
    assert project.run("check") == 0
    project.rewrite_words()
    assert project.broken() == []
    assert f"`{record}`" in project.words.read_text(encoding="utf-8")

    # a release
    _released(project, capsys)
    assert project.broken() == []
    first = releases(project.data)[-1]
    assert record in (first.folder / "stations.csv").read_text(encoding="utf-8")

    # a source more, and what cites it: a published row, so a release has to say why
    added = _source(project, "an-example-newsroom-2", _day(10))
    project.files.edit("stations", record, source_ids=f"{source} {added}", last_checked=_day(0))
    assert [line for line in no_problem(project.data) if "source_ids" in line]
    assert project.unexplained(capsys) == [record]
    assert project.release() == 1
    assert project.release(record) == 0
    assert project.broken() == []

    # a correction: the day of an answer that was published
    project.files.edit("investigations", answer, said_on=_day(19))
    assert project.broken() != []
    project.rewrite_words()
    assert project.run("release", "--reason", f"{answer}=The page names the day") == 1
    assert project.release(answer) == 0
    assert project.broken() == []
    (entry,) = [r for r in project.files.rows("corrections") if r["record"] == answer]
    assert (entry["before"], entry["after"]) == (_day(20), _day(19))

    # something must not be shown: the first record of the ledger that is shown
    shown = next(row["id"] for row in project.files.rows("stations") if row["review"] == "publish")
    project.files.add("withheld", kind="record", id=shown, since=_day(0), ground="privacy")
    project.rewrite_words()
    assert project.broken() == []
    assert f"`{shown}`" not in project.words.read_text(encoding="utf-8")

    # and the release after it, which takes it out of the older ones
    assert project.release(*project.unexplained(capsys)) == 0
    assert project.broken() == []
    for release in releases(project.data):
        rows = (release.folder / "stations.csv").read_text(encoding="utf-8")
        assert f"\n{shown}," not in rows
