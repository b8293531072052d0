"""What is withheld under its name of today is withheld in releases that have it under another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest

import app
from geo.checks.check import examine
from geo.checks.renaming import former_names, renames
from geo.files.register import released_tables
from geo.link.readings import require_still
from geo.releases.planning import plan
from tests.asgi import call
from tests.ledger_files import TODAY, LedgerFiles

SECOND = date(2026, 10, 1)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LedgerFiles:
    made = LedgerFiles(tmp_path / "data")
    monkeypatch.setenv("ATLAS_DATA", str(made.folder))
    return made


def replace_word(files: LedgerFiles, old: str, new: str) -> None:
    """Rename a row wherever its id stands in a cell."""
    for file in files.folder.glob("*.csv"):
        if file.name not in ("corrections.csv", "withheld.csv"):
            rows = files.rows(file.stem)
            for row in rows:
                for column in ("id", "about", "repeat_of", "differs_from", "source_ids"):
                    if column in row:
                        words = [new if word == old else word for word in row[column].split()]
                        row[column] = " ".join(words)
            files.write(file.stem, rows)


def recase(name: str, column: str, old: str, new: str) -> Callable[[LedgerFiles], None]:
    """Spell a cell of a key differently, in the place and in its records."""

    def change(files: LedgerFiles) -> None:
        tables = {name: column} | ({"stations": "host_city"} if name == "places" else {})
        for table, cell in tables.items():
            rows = files.rows(table)
            for row in rows:
                row[cell] = new if row[cell] == old else row[cell]
            files.write(table, rows)

    return change


POST = "a police post in a Chinese district of Luanda"
#: what is renamed: how; the entry under the new name; the old name; a text, and where it is told
CASES: dict[str, tuple[Callable[[LedgerFiles], None], tuple[str, str, str], str, str]] = {
    "record": (
        lambda files: replace_word(files, "nl-rotterdam-1", "nl-rotterdam-9"),
        ("record", "nl-rotterdam-9", ""), "nl-rotterdam-1", "/s/nl-rotterdam-1",
    ),
    "event": (
        lambda files: replace_word(files, "nl-2023-02-protest", "nl-2023-02-statement"),
        ("event", "nl-2023-02-statement", ""), "nl-2023-02-protest", "/e/nl-2023-02-protest",
    ),
    "source": (
        lambda files: replace_word(files, "swr-2022-11-29", "swr-2022-11"),
        ("field", "swr-2022-11", "publisher"), "swr-2022-11-29", "/api/sources.json",
    ),
    "origin": (
        recase("origins", "origin_city", "Qingtian", "Qingtian county"),
        ("field", "CN-ZJ/Qingtian county", "note"), "CN-ZJ/Qingtian", "/countries",
    ),
    "excluded": (
        recase("excluded", "what", POST, "a police post in Luanda"),
        ("field", "AO/a police post in Luanda", "why"), f"AO/{POST}", "/about",
    ),
}  # fmt: skip
TEXTS = {
    "record": "nl-rotterdam-1", "event": "nl-2023-02-protest", "source": "swr-2022-11-29",
    "origin": "Chief of the bureau wrote", "excluded": "Angola’s own police",
}  # fmt: skip


def rename_and_release(files: LedgerFiles, rename: Callable[[LedgerFiles], None]) -> None:
    rename(files)
    changes = plan(files.folder, SECOND).changes
    files.release(SECOND, {c.id: "Spelling." for c in changes if not c.added})


def withhold(files: LedgerFiles, kind: str, key: str, field: str) -> None:
    files.add(
        "withheld", kind=kind, id=key, field=field, since="2026-11-20", ground="privacy", note=""
    )


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("released", [False, True])
def test_a_release_withholds_it_under_its_former_name(
    files: LedgerFiles, case: str, released: bool
) -> None:
    rename, entry, old, path = CASES[case]
    first = files.release()
    query = f"v={first.name[-8:]}".encode()
    assert TEXTS[case] in call(app.app, path, query=query).text
    if released:
        rename_and_release(files, rename)
    else:
        rename(files)
    versions = [*released_tables(files.folder), examine(files.folder, TODAY).tables]
    assert former_names({entry[1]}, renames(versions)) == {old}
    withhold(files, *entry)
    answer = call(app.app, path, query=query)
    assert TEXTS[case] not in answer.text.replace(path, "")
    made = plan(files.folder, TODAY)
    files.release(TODAY, {c.id: "Spelling." for c in made.changes if not c.added})
    for file in first.iterdir():
        assert unescape(TEXTS[case]) not in file.read_text(encoding="utf-8"), file


def test_a_record_on_hold_is_not_shown_under_its_former_id(files: LedgerFiles) -> None:
    query = f"v={files.release().name[-8:]}".encode()
    replace_word(files, "nl-rotterdam-1", "nl-rotterdam-9")
    assert call(app.app, "/s/nl-rotterdam-1", query=query).status == 200
    files.edit("stations", "nl-rotterdam-9", review="hold")
    assert call(app.app, "/s/nl-rotterdam-1", query=query).status == 404


def said(files: LedgerFiles) -> list[str]:
    problems = examine(files.folder, TODAY).problems
    return [str(p) for p in problems if p.code == "withheld-renamed"]


def test_a_curator_is_asked_about_a_name_that_is_used_now(files: LedgerFiles) -> None:
    files.release()
    replace_word(files, "nl-rotterdam-1", "nl-rotterdam-9")
    withhold(files, "record", "nl-rotterdam-1", "")
    (sentence,) = said(files)
    assert sentence.startswith(
        'withheld.csv:2 id: the row "nl-rotterdam-1" is called "nl-rotterdam-9" now, and is shown'
    )
    withhold(files, "record", "nl-rotterdam-9", "")
    assert said(files) == []


def test_a_curator_is_asked_about_a_row_that_may_be_the_same(files: LedgerFiles) -> None:
    files.release()
    replace_word(files, "nl-rotterdam-1", "nl-rotterdam-9")
    # no text of its own is left as it was
    files.edit("stations", "nl-rotterdam-9", summary="Another one.", host_city="", place_label="")
    withhold(files, "record", "nl-rotterdam-9", "")
    (sentence,) = said(files)
    assert sentence.startswith('withheld.csv:2 id: a release has the row "nl-rotterdam-1", which')
    withhold(files, "record", "nl-rotterdam-1", "")
    assert said(files) == []


def test_nothing_is_asked_where_no_name_has_changed(files: LedgerFiles) -> None:
    files.release()
    withhold(files, "record", "nl-rotterdam-1", "")
    withhold(files, "field", "CN-ZJ/Qingtian", "note")
    assert said(files) == []


def test_a_row_in_the_place_of_another_is_not_the_same(files: LedgerFiles) -> None:
    before = [examine(files.folder, TODAY).tables]
    files.drop("places", "AO")
    files.add("places", like="AE", country="AF")
    replace_word(files, "es-madrid-3", "es-madrid-9")
    files.edit("stations", "es-madrid-9", summary="Another one.", place_label="")
    assert renames([*before, examine(files.folder, TODAY).tables]) == ()


def status(path: str, query: bytes = b"") -> int:
    return call(app.app, path, query=query).status


def test_former_names_are_withheld_while_newer_files_are_refused(files: LedgerFiles) -> None:
    require_still(0)
    query = f"v={files.release().name[-8:]}".encode()
    replace_word(files, "nl-rotterdam-1", "nl-rotterdam-9")
    assert status("/s/nl-rotterdam-1", query) == status("/s/nl-rotterdam-9") == 200
    files.bytes("sources", b"<html>")
    withhold(files, "record", "nl-rotterdam-9", "")
    assert '"refused": ["sources.csv' in call(app.app, "/healthz").text
    assert status("/s/nl-rotterdam-1", query) == status("/s/nl-rotterdam-9") == 404


def test_a_later_name_is_obeyed_while_the_files_that_have_it_are_refused(
    files: LedgerFiles,
) -> None:
    require_still(0)
    assert status("/s/nl-rotterdam-1") == 200
    replace_word(files, "nl-rotterdam-1", "nl-rotterdam-9")
    files.bytes("counts", b"<html>")
    withhold(files, "record", "nl-rotterdam-9", "")
    assert status("/s/nl-rotterdam-1") == 404
    files.bytes("withheld", files.bytes("withheld").splitlines(keepends=True)[0])
    assert status("/s/nl-rotterdam-1") == 200


def test_a_row_is_withheld_under_the_number_that_it_had(files: LedgerFiles) -> None:
    query = f"v={files.release().name[-8:]}".encode()
    for name in ("stations", "investigations"):
        rows = files.rows(name)
        for row in rows:
            about = [word for word in row.get("about", "").split() if word != "es-madrid-1"]
            row |= {"about": " ".join(about)} if "about" in row else {}
        files.write(name, [r for r in rows if r["id"] != "es-madrid-1" and r.get("about", "x")])
    replace_word(files, "es-madrid-2", "es-madrid-1")
    assert status("/s/es-madrid-2", query) == 200
    withhold(files, "record", "es-madrid-1", "")
    assert status("/s/es-madrid-2", query) == status("/s/es-madrid-1") == 404


def test_a_row_that_is_back_is_not_the_one_that_stood_in_for_it(files: LedgerFiles) -> None:
    back, other = "nl-rotterdam-1", "nl-rotterdam-2"
    summary = next(row for row in files.rows("stations") if row["id"] == back)["summary"]
    versions = []
    for rows in (
        {back: summary},
        {other: "Another text."},
        {back: summary, other: "Another text."},
    ):
        files.write(
            "stations",
            [
                row | {"id": name, "summary": text}
                for row in LedgerFiles(files.folder.parent / "copy").rows("stations")
                if row["id"] == back
                for name, text in rows.items()
            ],
        )
        versions.append(examine(files.folder, TODAY).tables)
    # the city is the same
    assert renames(versions[:2]) == ((back, other),)
    assert renames(versions) == ()
