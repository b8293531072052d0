"""The register repeats nothing that may not be shown, wherever it is written or served."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.configuration import ROLES
from geo.files.writing import Draft
from geo.ledger.dataset import Dataset
from geo.releases.finishing import finish
from geo.releases.making import write
from geo.releases.planning import plan, refusals
from geo.visibility.withholding import WITHHELD
from tests.asgi import call
from tests.geo.api.data_app import serve
from tests.ledger_files import FIRST, TODAY
from tests.small_ledger import cut, read
from tests.small_ledger import write as write_rows

SECOND, THIRD = date(2026, 10, 1), date(2026, 11, 1)
RECORD = "nl-rotterdam-1"
WORLD_CLAIM = "zz-2022-09-12-claim"
LIST = ("kind", "id", "field", "since", "ground", "note")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return cut(tmp_path / "data")


def edit(folder: Path, name: str, key: str, **cells: str) -> None:
    rows = read(folder / f"{name}.csv")
    for row in rows:
        if row["id"] == key:
            row.update(cells)
    write_rows(folder / f"{name}.csv", rows[0], rows)


def cell(folder: Path, name: str, key: str, column: str) -> str:
    return next(row[column] for row in read(folder / f"{name}.csv") if row["id"] == key)


def hide(folder: Path, *entries: tuple[str, str, str]) -> None:
    rows = [dict(zip(LIST, (*entry, "2026-10-20", "legal", ""), strict=True)) for entry in entries]
    write_rows(folder / "withheld.csv", LIST, rows)


def release(folder: Path, day: date, why: str = "A reason") -> Path:
    made = plan(folder, day)
    reasons = {change.id: why for change in made.changes if not change.added}
    assert refusals(made, reasons, ROLES, ROLES) == []
    return write(made, reasons, ROLES)


def served(folder: Path) -> str:
    """Everything of the register that readers get."""
    feed = call(serve(folder), "/feeds/corrections.atom")
    assert feed.status == 200
    return repr(Dataset.load(folder, TODAY).corrections) + feed.text


def written(folder: Path) -> str:
    """What the register quotes in files; it may still name a row for curators."""
    told = [
        f"{entry['before']} {entry['after']} {entry['reason']}"
        for entry in read(folder / "corrections.csv")
    ]
    descriptions = (folder / "releases").rglob("release.json")
    return "\n".join([*told, *(path.read_text(encoding="utf-8") for path in descriptions)])


# a cell that names a hidden row

#: column, the row in which a reference is dropped, the id, and what hides the row with this id
REFERENCES: Mapping[str, tuple[str, str, str, tuple[str, str, str]]] = {
    "about": ("investigations", WORLD_CLAIM, RECORD, ("record", RECORD, "")),
    "repeat_of": (
        "investigations", "fr-2022-09-12-claim", WORLD_CLAIM, ("event", WORLD_CLAIM, ""),
    ),
    "differs_from": (
        "investigations", "nl-2023-02-protest", "nl-2022-11-01-told-to-stop",
        ("event", "nl-2022-11-01-told-to-stop", ""),
    ),
    "source_ids": (
        "investigations", "fr-2022-09-12-claim", "jbpress-undated",
        ("field", "jbpress-undated", "publisher"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("column", REFERENCES)
def test_a_cell_of_an_entry_does_not_name_what_is_withheld(folder: Path, column: str) -> None:
    table, row, secret, entry = REFERENCES[column]
    ids = cell(folder, table, row, column).split()
    edit(folder, table, row, **{column: " ".join(dict.fromkeys([*ids, secret]))})
    release(folder, FIRST)
    edit(folder, table, row, **{column: " ".join(i for i in ids if i != secret)})
    release(folder, SECOND, f"No longer {secret}.")
    assert secret in served(folder)
    hide(folder, entry)
    assert secret not in served(folder)
    if column == "about":
        (change,) = Dataset.load(folder, TODAY).corrections
        before = [WITHHELD if i == secret else i for i in ids]
        assert (change.record, change.before) == (row, " ".join(before))
        assert change.reason == f"No longer {WITHHELD}."
    release(folder, THIRD)
    assert secret not in served(folder)
    assert secret not in written(folder)


def test_a_cell_of_an_entry_does_not_name_what_is_on_hold(folder: Path) -> None:
    ids = cell(folder, "investigations", WORLD_CLAIM, "about")
    release(folder, FIRST)
    edit(folder, "investigations", WORLD_CLAIM, about=ids.replace(f" {RECORD}", ""))
    release(folder, SECOND, f"No longer {RECORD}")
    assert RECORD in served(folder)
    edit(folder, "stations", RECORD, review="hold")
    assert RECORD not in served(folder)
    # what is on hold may be published one day: the file keeps it for curators
    release(folder, THIRD)
    assert RECORD not in served(folder)
    assert RECORD in (folder / "corrections.csv").read_text(encoding="utf-8")


# a row that is gone from the files


def drop(folder: Path, record: str) -> None:
    """Remove a record, and all that is about it alone, as a curator would."""
    tables = {name: read(folder / f"{name}.csv") for name in (*CITING, "sources", "places")}
    columns = {name: list(rows[0]) for name, rows in tables.items()}
    tables["stations"] = [row for row in tables["stations"] if row["id"] != record]
    for row in tables["investigations"]:
        row["about"] = " ".join(i for i in row["about"].split() if i != record)
    tables["investigations"] = [row for row in tables["investigations"] if row["about"]]
    ids = {row["id"] for row in tables["investigations"]}
    for row in tables["investigations"]:
        for column in ("repeat_of", "differs_from"):
            row[column] = " ".join(i for i in row[column].split() if i in ids)
    cited = {i for name in CITING for row in tables[name] for i in row["source_ids"].split()}
    tables["sources"] = [row for row in tables["sources"] if row["id"] in cited]
    there = {(r["host_country"], r["host_region"], r["host_city"]) for r in tables["stations"]}
    tables["places"] = [
        row for row in tables["places"] if (row["country"], row["region"], row["city"]) in there
    ]
    for name, rows in tables.items():
        write_rows(folder / f"{name}.csv", columns[name], rows)


CITING = ("stations", "investigations", "counts", "origins")
PHRASE = "an unsayable phrase"


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("field", ["host_country", "claim_list", "last_checked"])
def test_a_field_hides_its_row_after_this_was_removed(
    folder: Path, field: str, again: bool
) -> None:
    release(folder, FIRST)
    edit(folder, "stations", RECORD, summary=f"Second: {PHRASE}.")
    release(folder, SECOND, f"Why: {PHRASE}")
    assert PHRASE in served(folder)
    drop(folder, RECORD)
    if again:
        release(folder, date(2026, 10, 2))
    hide(folder, ("field", RECORD, field))
    for day in (THIRD, None):
        told = served(folder)
        assert PHRASE not in told
        assert RECORD not in told
        # the link says so too, before the next release and after it
        assert Dataset.load(folder, TODAY).withdrawn[RECORD] == "2026-10-20"
        if day:
            release(folder, day)
    assert PHRASE not in written(folder)


def test_a_field_that_a_row_can_lack_hides_itself_only(folder: Path) -> None:
    release(folder, FIRST)
    edit(folder, "stations", RECORD, summary=f"Second: {PHRASE}.", said_open_from="2018")
    release(folder, SECOND)
    drop(folder, RECORD)
    hide(folder, ("field", RECORD, "summary"))
    data = Dataset.load(folder, TODAY)
    assert PHRASE not in repr(data.corrections)
    # its removal is in no release yet
    assert {c.record for c in data.corrections} == {""}
    assert RECORD not in data.withdrawn
    release(folder, THIRD)
    data = Dataset.load(folder, TODAY)
    assert PHRASE not in repr(data.corrections)
    assert [c.after for c in data.corrections if c.field == "said_open_from"] == ["2018"]


def test_a_source_that_is_gone_hides_what_was_seen_there_alone(folder: Path) -> None:
    edit(folder, "stations", "zm-1", summary="First words.")
    release(folder, FIRST)
    edit(folder, "stations", "zm-1", summary=f"Second: {PHRASE}.")
    release(folder, SECOND)
    assert PHRASE in served(folder)
    for record in ("ao-1", "mg-1", "zm-1"):
        drop(folder, record)
    assert "jbpress-undated" not in {row["id"] for row in read(folder / "sources.csv")}
    hide(folder, ("field", "jbpress-undated", "publisher"))
    assert PHRASE not in served(folder)
    release(folder, THIRD)
    assert PHRASE not in served(folder)
    assert PHRASE not in written(folder)


def test_a_withheld_city_is_not_the_name_of_an_entry(folder: Path) -> None:
    release(folder, FIRST)
    places = read(folder / "places.csv")
    for row in places:
        if row["city"] == "Rotterdam":
            row["geocoded_on"] = "2026-09-20"
    write_rows(folder / "places.csv", places[0], places)
    release(folder, SECOND)
    assert "NL//Rotterdam" in served(folder)
    edit(folder, "stations", RECORD, host_city="", place_label="")
    rest = [row for row in places if row["city"] != "Rotterdam"]
    write_rows(folder / "places.csv", places[0], rest)
    hide(folder, ("field", RECORD, "host_city"))
    assert "NL//Rotterdam" not in served(folder)
    release(folder, THIRD)
    assert "NL//Rotterdam" not in served(folder)


def test_an_event_that_is_gone_and_was_about_what_is_on_hold_is_not_quoted(folder: Path) -> None:
    event = "nl-2023-02-protest"
    edit(folder, "investigations", event, about=RECORD, repeat_of="", differs_from="")
    release(folder, FIRST)
    edit(folder, "investigations", event, summary=f"Second: {PHRASE}.")
    release(folder, SECOND)
    assert PHRASE in served(folder)
    events = [row for row in read(folder / "investigations.csv") if row["id"] != event]
    write_rows(folder / "investigations.csv", events[0], events)
    edit(folder, "stations", RECORD, review="hold")
    assert PHRASE not in served(folder)


# what is on hold, and the files of a release


def descriptions(folder: Path) -> str:
    found = (folder / "releases").rglob("release.json")
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def test_a_release_does_not_name_what_it_does_not_show(folder: Path) -> None:
    release(folder, FIRST)
    edit(folder, "stations", RECORD, summary=f"Second: {PHRASE}.")
    release(folder, SECOND)
    assert PHRASE in descriptions(folder)
    edit(folder, "stations", RECORD, review="hold")
    release(folder, THIRD)
    for text in (RECORD, PHRASE, "NL//Rotterdam"):
        assert text not in descriptions(folder)
    # the file keeps all of it for curators, and the check passes
    register = (folder / "corrections.csv").read_text(encoding="utf-8")
    assert all(text in register for text in (RECORD, PHRASE, "NL//Rotterdam"))
    assert main(["check", "--data", str(folder)]) == 0
    # without the file, its entries are there and say nothing
    (folder / "corrections.csv").unlink()
    assert main(["check", "--data", str(folder)]) == 0
    assert RECORD not in served(folder)
    edit(folder, "stations", RECORD, review="publish")
    assert PHRASE not in repr(Dataset.load(folder, TODAY).corrections)


def test_a_killed_release_leaves_the_register_of_curators(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(folder, FIRST)
    edit(folder, "stations", RECORD, review="hold")
    whole = folder.with_name("whole")
    shutil.copytree(folder, whole)
    release(whole, SECOND)

    def killed(draft: Draft) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Draft, "drop", lambda draft: None)
        patch.setattr("geo.releases.making._put_register", killed)
        with pytest.raises(KeyboardInterrupt):
            release(folder, SECOND)
    assert not (folder / "corrections.csv").exists() or not read(folder / "corrections.csv")
    assert "are now" in finish(folder)
    assert read(folder / "corrections.csv") == read(whole / "corrections.csv")
    assert [path.name for path in folder.rglob(".*")] == []


# what cannot be cleared


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("way", ["quotes", "encoding", "missing"])
def test_an_older_release_that_cannot_be_read_is_named(
    folder: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = release(folder, FIRST) / "stations.csv"
    edit(folder, "stations", "ao-1", summary="Other words.")
    release(folder, SECOND)
    text = file.read_text(encoding="utf-8")
    if way == "quotes":
        file.write_text(text.replace(f"{RECORD},", f'{RECORD},"x"y', 1), encoding="utf-8")
    elif way == "encoding":
        file.write_bytes(text.encode("utf-16"))
    else:
        file.unlink()
    hide(folder, ("record", RECORD, ""))
    before = contents(folder)
    signed = [word for role in ROLES for word in ("--signed-off", role)]
    assert main(["release", "--data", str(folder), *signed]) == 1
    told = capsys.readouterr().err
    fault = "is missing" if way == "missing" else "has changed"
    assert told.startswith(f"The release “{file.parent.name}” is damaged and not shown: ")
    assert f"stations.csv {fault}" in told
    assert told.count("\n") == 1
    assert contents(folder) == before


def as_nobody(work: Callable[[], int]) -> int:
    """Do something in a process that may not write where the modes do not let it."""
    process = os.fork()
    if not process:
        with contextlib.suppress(BaseException):
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            os._exit(work())
        os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def given_away(folder: Path) -> None:
    """Let the user of `as_nobody` own a folder, and come to it."""
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 65534, 65534)
        for above in folder.parents:
            if above.stat().st_uid == 0 and not above.stat().st_mode & 0o001:
                above.chmod(above.stat().st_mode | 0o011)


def test_a_release_that_may_not_be_written_is_cleared_and_not_left(folder: Path) -> None:
    made = release(folder, FIRST)
    hide(folder, ("record", RECORD, ""))
    given_away(folder)
    made.chmod(0o555)
    signed = [word for role in ROLES for word in ("--signed-off", role)]
    assert as_nobody(lambda: main(["release", "--data", str(folder), *signed])) == 0
    assert [path.name for path in folder.rglob(".*")] == []
    found = contents(folder / "releases").values()
    assert not any(RECORD.encode() in content for content in found)


def test_a_draft_that_cannot_be_removed_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    release(folder, FIRST)
    hide(folder, ("record", RECORD, ""))
    signed = [word for role in ROLES for word in ("--signed-off", role)]

    def refused(*arguments: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    for _attempt in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(os, "rmdir", refused)
            assert main(["release", "--data", str(folder), *signed]) == 1
        left = [path for path in folder.rglob(".*") if path.is_dir()]
        end = "could not be removed, and may contain what is withheld: delete it.\n"
        assert capsys.readouterr().err in [f"{path} {end}" for path in left]
    assert main(["release", "--data", str(folder), *signed]) == 0
    assert [path.name for path in folder.rglob(".*")] == []


def test_a_cleared_release_keeps_its_modes_and_folders(folder: Path) -> None:
    made = release(folder, FIRST)
    (made / "notes").mkdir()
    for path in made.glob("*.csv"):
        path.chmod(0o640)
    made.chmod(0o2750)
    before = {path.name: path.stat().st_mode for path in (made, *made.iterdir())}
    hide(folder, ("record", RECORD, ""))
    release(folder, THIRD)
    assert RECORD not in (made / "stations.csv").read_text(encoding="utf-8")
    assert {path.name: path.stat().st_mode for path in (made, *made.iterdir())} == before


@pytest.mark.parametrize("name", ["", "stations.csv", "extra.txt"])
def test_a_release_with_links_is_not_cleared_and_named(
    folder: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = release(folder, FIRST)
    link, target = made / name if name else made, tmp_path / "elsewhere"
    if link.exists():
        link.rename(target)
    link.symlink_to(target)
    hide(folder, ("record", RECORD, ""))
    before = contents(tmp_path)
    signed = [word for role in ROLES for word in ("--signed-off", role)]
    assert main(["release", "--data", str(folder), *signed]) == 1
    told = capsys.readouterr().err
    assert f"The release “{made.name}” contains withheld text" in told
    assert f"{link} is a link" in told
    assert contents(tmp_path) == before
    assert link.is_symlink()
