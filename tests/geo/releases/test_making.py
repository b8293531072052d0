"""A release: what it holds, what stands against it, and the register that it leaves."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.__main__ import main
from geo.checks.check import examine
from geo.configuration import ROLES, Configuration
from geo.errors import ReleaseUnreadable
from geo.files.building import ROW
from geo.ledger.dataset import Dataset, fingerprint
from geo.releases.changes import differences
from geo.releases.folders import unreleased
from geo.releases.listing import releases
from geo.releases.planning import plan
from geo.visibility.withholding import WITHHELD
from tests.ledger_files import FIRST, TODAY, LedgerFiles

RECORD = "nl-rotterdam-1"
CLAIM = "nl-2022-10-25-claim"
SECOND, THIRD = date(2026, 10, 1), date(2026, 11, 22)
SIGNED = [word for role in ROLES for word in ("--signed-off", role)]
PHRASE = "an unsayable phrase"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "data")


def make(files: LedgerFiles, day: date = FIRST, reasons: Mapping[str, str] | None = None) -> Path:
    return files.release(day, reasons)


def register(files: LedgerFiles) -> list[dict[str, str]]:
    return files.rows("corrections") if (files.folder / "corrections.csv").exists() else []


def withhold(files: LedgerFiles, kind: str, name: str, field: str = "") -> None:
    files.add(
        "withheld", kind=kind, id=name, field=field, since="2026-10-02", ground="legal", note=""
    )


def everything(folder: Path) -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file())


def wrong(folder: Path) -> list[str]:
    return [str(p) for p in examine(folder, TODAY).problems if not p.warning]


# the first release


def test_a_first_release_holds_what_readers_see_and_corrects_nothing(files: LedgerFiles) -> None:
    version = fingerprint(files.folder)
    target = make(files)
    assert target == files.folder / "releases" / f"2026-09-01-{version}"
    assert register(files) == []
    assert fingerprint(files.folder) == version
    said = json.loads((target / "release.json").read_text(encoding="utf-8"))
    # one of itself, without this list
    assert set(said.pop("sha256")) == {path.name for path in target.iterdir()}
    assert said == {
        "number": 1,
        "date": "2026-09-01",
        "version": version,
        "signed_off": ["standards editor", "data editor"],
        "note": "The roles are recorded as typed; the tool cannot know who typed them.",
    }
    assert {p.suffix for p in target.iterdir()} == {".csv", ".json"}
    assert not list(files.folder.rglob("*.part"))


@pytest.mark.parametrize(
    "withheld",
    [
        [],
        [("record", RECORD, "")],
        [("event", CLAIM, ""), ("field", "nl-amsterdam-1", "origin_city")],
        [("field", CLAIM, "summary"), ("field", "br-ngo-2022-12", "note")],
    ],
)
def test_a_release_is_a_ledger_that_shows_the_same(
    files: LedgerFiles, withheld: Sequence[tuple[str, str, str]]
) -> None:
    for kind, name, field in withheld:
        withhold(files, kind, name, field)
    target = make(files, THIRD)
    assert wrong(target) == []
    one, other = Dataset.load(files.folder, TODAY), Dataset.load(target, TODAY)
    assert one.records == other.records
    assert [replace(e, position=0) for e in one.events] == [
        replace(e, position=0) for e in other.events
    ]
    assert set(one.sources) <= set(other.sources)
    assert (one.counts, one.excluded) == (other.counts, other.excluded)
    with (target / "stations.csv").open(encoding="utf-8", newline="") as file:
        held = [row["review"] for row in csv.DictReader(file)]
    assert set(held) == {"publish"}
    assert [r.name for r in target.iterdir() if r.name == "corrections.csv"] == []


# the register


def test_the_entries_are_the_differences_of_two_releases(files: LedgerFiles) -> None:
    first = make(files)
    files.edit("stations", RECORD, summary="Other words.", last_checked="2026-09-30")
    files.edit("investigations", CLAIM, note="")
    files.drop("counts", "br-ngo-2022-12")
    files.add("counts", "ca-ngo-2022-09", id="ca-other-2022-09")
    reasons = {RECORD: "Said too much", CLAIM: "Note was wrong", "br-ngo-2022-12": "Twice"}
    second = make(files, SECOND, reasons)
    found = differences(first, second)
    entered = register(files)
    assert [(e["record"], e["field"], e["before"], e["after"]) for e in entered] == [
        (c.id, c.field, c.before, c.after) for c in found
    ]
    assert len(found) == 5
    assert [e["id"] for e in entered] == [f"{second.name}-{n}" for n in range(1, 6)]
    assert {e["date"] for e in entered} == {"2026-10-01"}
    by_field = {(e["record"], e["field"]): e for e in entered}
    assert by_field[RECORD, "summary"]["reason"] == "Said too much"
    assert by_field[RECORD, "summary"]["stood_days"] == "30"
    added = by_field["ca-other-2022-09", ""]
    assert (added["before"], added["after"], added["stood_days"]) == ("", ROW, "")
    assert added["reason"] == "new in this release"
    assert wrong(files.folder) == []
    assert [r.number for r in releases(files.folder)] == [1, 2]


def test_how_long_a_value_stood_is_counted_from_what_brought_it(files: LedgerFiles) -> None:
    make(files)
    files.edit("stations", RECORD, summary="Second words.")
    files.add("counts", "ca-ngo-2022-09", id="ca-other-2022-09")
    make(files, SECOND, {RECORD: "a"})
    files.edit("stations", RECORD, summary="Third words.", said_open_from="2019")
    files.edit("counts", "ca-other-2022-09", note="Other.")
    make(files, THIRD, {RECORD: "b", "ca-other-2022-09": "c"})
    stood = {
        (e["record"], e["field"]): e["stood_days"]
        for e in register(files)
        if e["date"] == "2026-11-22"
    }
    assert stood == {
        (RECORD, "summary"): "52",
        (RECORD, "said_open_from"): "82",
        ("ca-other-2022-09", "note"): "52",
    }


def test_releases_of_one_day_stay_in_their_order(files: LedgerFiles) -> None:
    names = [make(files).name]
    for words in ("Second words.", "Third words.", "Fourth words."):
        files.edit("stations", RECORD, summary=words)
        names.append(make(files, FIRST, {RECORD: "a"}).name)
    assert [r.folder.name for r in releases(files.folder)] == names
    assert [e["after"] for e in register(files)] == [
        "Second words.",
        "Third words.",
        "Fourth words.",
    ]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(["nl-rotterdam-1", "nl-amsterdam-1", "ao-1", "ae-1"]),
        st.fixed_dictionaries(
            {"said_open_from": st.sampled_from(["", "2018", "2019-02"])},
            optional={"summary": st.sampled_from(["One text.", "Another text."])},
        ),
    )
)
def test_any_changes_are_entered_exactly(
    tmp_path_factory: pytest.TempPathFactory, edits: dict[str, dict[str, str]]
) -> None:
    files = LedgerFiles(tmp_path_factory.mktemp("any") / "data")
    first = make(files)
    for record, cells in edits.items():
        files.edit("stations", record, **cells)
    made = plan(files.folder, SECOND)
    if made.version == made.before[-1].version:
        assert made.changes == ()
        return
    second = make(files, SECOND, {c.id: f"why {c.id}" for c in made.changes})
    assert [(e["record"], e["field"], e["before"], e["after"]) for e in register(files)] == [
        (c.id, c.field, c.before, c.after) for c in differences(first, second)
    ]
    assert unreleased(files.folder) == []


# what stands against a release


def run(files: LedgerFiles, *arguments: str) -> int:
    return main(["release", "--data", str(files.folder), *arguments])


def test_a_change_without_a_reason_is_refused_by_its_row(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    make(files)
    files.edit("stations", RECORD, summary="Other words.")
    files.edit("investigations", CLAIM, note="")
    before = everything(files.folder)
    for reason in ([], ["--reason", f"{RECORD}=  "]):
        assert run(files, *SIGNED, "--reason", f"{CLAIM}=Wrong", *reason) == 1
        sentence = f"stations.csv {RECORD}: changed, but no reason was given.\n"
        assert capsys.readouterr().err == sentence
    assert everything(files.folder) == before


@pytest.mark.parametrize(
    "signed",
    [[], SIGNED[:2], SIGNED[:2] * 2, [*SIGNED[:2], "--signed-off", "the intern"]],
    ids=["nobody", "one", "one twice", "somebody else"],
)
def test_without_a_second_role_every_changed_row_is_refused(
    files: LedgerFiles, signed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    make(files)
    files.edit("stations", RECORD, summary="Other words.")
    assert run(files, *signed, "--reason", f"{RECORD}=Wrong") == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[-2:] == [
        "A release must be signed off in two different roles (“standards editor”, "
        "“data editor”): give --signed-off twice.",
        f"stations.csv {RECORD}: changed, but not signed off in two different roles.",
    ]
    unknown = "“the intern” may not sign off; the roles that may are: “standards editor”, "
    assert any(line.startswith(unknown) for line in lines) == ("the intern" in signed)
    assert len(releases(files.folder)) == 1


def test_roles_are_the_publishers(files: LedgerFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_ROLES", " lawyer ,head  of data,lawyer,")
    assert Configuration.from_environment().roles == ("lawyer", "head of data")
    assert run(files, *SIGNED) == 1
    assert run(files, "--signed-off", "lawyer", "--signed-off", "head of data") == 0
    monkeypatch.setenv("ATLAS_ROLES", " ,")
    assert Configuration.from_environment().roles == ROLES


def test_a_ledger_with_a_problem_is_not_released(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    row = files.edit("stations", RECORD, claim_list="somewhere")
    assert run(files, *SIGNED) == 1
    assert capsys.readouterr().err.startswith(f'stations.csv:{row} claim_list: "somewhere" is not')
    assert not (files.folder / "releases").exists()


def test_nothing_is_released_twice(files: LedgerFiles, capsys: pytest.CaptureFixture[str]) -> None:
    make(files)
    assert run(files, *SIGNED) == 1
    said = capsys.readouterr().err
    assert said == "Nothing has changed since the release of 1 September 2026.\n"


def test_reasons_come_from_a_file_too(
    files: LedgerFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(files)
    files.edit("stations", RECORD, summary="Other words.")
    listed = tmp_path / "reasons.csv"
    listed.write_text(f'record,reason\n{RECORD},"One, two"\n', encoding="utf-8")
    assert run(files, *SIGNED, "--reasons", str(listed), "--reason", "ao-1=Nothing") == 1
    said = capsys.readouterr().err
    assert said == "ao-1: a reason was given, but nothing has changed.\n"
    assert run(files, *SIGNED, "--reasons", str(listed)) == 0
    assert "with 1 correction entered" in capsys.readouterr().out
    assert [e["reason"] for e in register(files)] == ["One, two"]
    listed.write_text(f"record;reason\n{RECORD};One\n{RECORD};Two\n", encoding="utf-8")
    assert run(files, *SIGNED, "--reasons", str(listed)) == 1
    assert capsys.readouterr().err == f'reasons.csv:3: a second reason for "{RECORD}"; give one.\n'
    listed.write_text("id,why\n", encoding="utf-8")
    for options in (["--reasons", str(listed)], ["--reason", "no sign"]):
        assert run(files, *SIGNED, *options) == 1
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("reason", ["x" * 281, "turned\u202eround", " withheld "])
def test_a_reason_that_the_register_could_not_hold_is_refused(
    files: LedgerFiles, reason: str
) -> None:
    make(files)
    files.edit("stations", RECORD, summary="Other words.")
    assert run(files, *SIGNED, "--reason", f"{RECORD}={reason}") == 1


# the check


def lines(files: LedgerFiles) -> list[str]:
    return [str(problem) for problem in unreleased(files.folder)]


def test_a_published_row_that_changed_without_an_entry_fails_the_check(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    files.edit("stations", RECORD, summary="First words.")
    assert lines(files) == []
    make(files)
    assert lines(files) == []
    files.add("counts", "ca-ngo-2022-09", id="ca-other-2022-09")
    assert lines(files) == []
    row = files.edit("stations", RECORD, summary="Other words.")
    files.drop("counts", "br-ngo-2022-12")
    rest = "entry in corrections.csv: run `make release`"
    release = "the release of 1 September 2026"
    said = [
        f"stations.csv:{row} summary: differs from {release} without an {rest}",
        f"counts.csv: br-ngo-2022-12 was in {release} and has gone, with no {rest}",
    ]
    assert lines(files) == said
    assert main(["check", "--data", str(files.folder)]) == 1
    assert said[0] in capsys.readouterr().out
    make(files, SECOND, {RECORD: "a", "br-ngo-2022-12": "b"})
    assert lines(files) == []
    # an old entry is no leave to go back to what it said
    files.edit("stations", RECORD, summary="First words.")
    make(files, THIRD, {RECORD: "c"})
    files.edit("stations", RECORD, summary="Other words.")
    assert len(lines(files)) == 1


def test_what_is_withheld_after_a_release_is_no_silent_change(files: LedgerFiles) -> None:
    make(files)
    withhold(files, "record", RECORD)
    withhold(files, "field", "nl-amsterdam-1", "summary")
    assert lines(files) == []


def test_a_release_that_cannot_be_read_is_a_problem(files: LedgerFiles) -> None:
    target = make(files)
    (target / "release.json").write_text("{}", encoding="utf-8")
    (said,) = lines(files)
    assert "its release.json is missing or broken" in said
    with pytest.raises(ReleaseUnreadable):
        plan(files.folder, SECOND)


# withholding


@pytest.mark.parametrize("way", ["record", "field"])
def test_what_is_withheld_later_leaves_releases_and_register(files: LedgerFiles, way: str) -> None:
    files.edit("stations", RECORD, summary=f"First: {PHRASE}.")
    first = make(files)
    files.edit("stations", RECORD, summary=f"Second: {PHRASE}.")
    make(files, SECOND, {RECORD: f"Why: {PHRASE}"})
    files.edit("stations", "ao-1", summary="Other words.")
    withhold(files, way, RECORD, "summary" if way == "field" else "")
    third = make(files, THIRD, {"ao-1": "Wrong"})
    assert PHRASE in files.bytes("stations").decode()
    assert PHRASE not in everything(files.folder / "releases")
    entered = register(files)
    assert [(e["record"], e["before"], e["reason"]) for e in entered[:1]] == [
        (RECORD, WITHHELD, WITHHELD)
    ]
    assert PHRASE not in repr(entered)
    # and so the releases and the register still say the same of what may be said
    assert [c.id for c in differences(first, third)] == ["ao-1"]
    assert [e["record"] for e in entered] == [RECORD, "ao-1"]
    assert wrong(files.folder) == []
