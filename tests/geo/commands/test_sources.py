"""The command sources: copies that a person has opened go in, addresses made by pattern do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.__main__ import main
from geo.commands.archiving import archive_fault
from geo.files.tables import Row
from tests.ledger_files import TODAY, LedgerFiles

PAGE = "https://www.example.org/news/a?id=1"
SOURCE = Row(2, {"id": "example-2022-12-05", "url": PAGE, "published": "2022-12-05"})
WEB = "https://web.archive.org/web"


@pytest.mark.parametrize(
    "address",
    [
        f"{WEB}/20221206101112/{PAGE}",
        f"{WEB}/20221206101112id_/{PAGE}",
        f"{WEB}/20221206101112/http://example.org/news/a/?id=1",
        f"{WEB}/20221206101112/https:/www.example.org/news/a?id=1",
        "https://archive.ph/AbC12",
        "https://archive.today/AbC12",
        f"https://archive.is/20221206101112/{PAGE}",
        f"https://archive.md/2022.12.06-101112/{PAGE}",
    ],
)
def test_a_copy_that_was_opened_is_taken(address: str) -> None:
    assert archive_fault(address, SOURCE, TODAY) == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"{WEB}/{PAGE}", "is not a copy"),
        (f"{WEB}/*/{PAGE}", "is not a copy"),
        (f"https://web.archive.org/save/{PAGE}", "is not a copy"),
        ("https://web.archive.org/", "is not a copy"),
        (f"{WEB}/2022/{PAGE}", "no capture time"),
        (f"{WEB}/20221306101112/{PAGE}", "no capture time"),
        (f"{WEB}/00000000000000/{PAGE}", "no capture time"),
        (f"{WEB}/20221206000000/{PAGE}", "midnight"),
        (f"{WEB}/20991206101112/{PAGE}", "in the future"),
        (f"{WEB}/20211206101112/{PAGE}", "before the page was published"),
        (f"{WEB}/20221206101112/https://www.example.org/", "a page other than"),
        (f"{WEB}/20221206101112/https://www.example.org/news/a?id=2", "a page other than"),
        (f"{WEB}/20221206101112/https://[::1", "a page other than"),
        ("https://archive.ph/newest", "is not a copy"),
        (f"https://archive.ph/newest/{PAGE}", "is not a copy"),
        (f"https://archive.ph/{PAGE}", "is not a copy"),
        ("https://archive.ph/", "is not a copy"),
        (f"https://archive.ph/20221206101112/{PAGE}2", "a page other than"),
        ("https://example.com/copy", "not on a known archive"),
        (
            f"https://web.archive.org.example.com/web/20221206101112/{PAGE}",
            "not on a known archive",
        ),
        ("https://me@archive.ph/AbC12", "user name"),
        ("javascript:alert(1)", "does not begin with"),
    ],
)
def test_an_address_that_was_made_by_pattern_is_refused(address: str, words: str) -> None:
    assert words in archive_fault(address, SOURCE, TODAY)


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def _pair(files: LedgerFiles, place: int = 0) -> tuple[str, str]:
    source = files.rows("sources")[place]
    return source["id"], f"{WEB}/20260102030405/{source['url']}"


def _run(files: LedgerFiles, content: str, *options: str) -> int:
    file = files.folder.parent / "copies.csv"
    file.write_text(content, encoding="utf-8")
    return main(["sources", "--data", str(files.folder), "--archive", str(file), *options])


@pytest.mark.parametrize("header", ["", "id,archive_url\n", "source_id,archive url\n"])
def test_copies_are_shown_first_and_written_when_asked(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str], header: str
) -> None:
    before = files.bytes("sources")
    source, address = _pair(files)
    assert _run(files, f"{header}{source},{address}\n") == 1
    assert f"{source}: {address}" in capsys.readouterr().out
    assert files.bytes("sources") == before
    assert _run(files, f"{header}{source},{address}\n", "--write") == 0
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), files.bytes("sources").splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) == 1
    assert files.rows("sources")[0]["archive_url"] == address
    assert files.new() == []
    # a second run has nothing to do
    assert _run(files, f"{header}{source},{address}\n") == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("nobody-2022,https://archive.ph/AbC12", "no source has the id"),
        ("{first},https://archive.ph/AbC12", "is in row 1 already"),
        ("{second},{copy}", "is in row 1 already"),
        ("{second},https://example.com/copy", "not on a known archive"),
        ("{second}", "has 1 cells"),
        ("{second},https://archive.ph/AbC12,more", "has 3 cells"),
        ('{second},"https://archive.ph/AbC12', "has an unclosed or stray"),
    ],
)
def test_a_list_with_a_refused_row_changes_nothing(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str], wrong: str, words: str
) -> None:
    before = files.bytes("sources")
    (first, copy), (second, _copy) = _pair(files), _pair(files, 1)
    row = wrong.format(first=first, second=second, copy=copy)
    assert _run(files, f"{first},{copy}\n{row}\n", "--write") == 1
    complaint = capsys.readouterr().err
    assert words in complaint
    assert "copies.csv:2: " in complaint or "has an unclosed or stray" in complaint
    assert files.bytes("sources") == before


def test_a_copy_that_is_there_is_not_replaced(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    source, address = _pair(files)
    assert _run(files, f"{source},{address}\n", "--write") == 0
    assert _run(files, f"{source},https://archive.ph/AbC12\n", "--write") == 1
    assert "has an archived copy already" in capsys.readouterr().err


@pytest.mark.parametrize("damage", [b"\xef\xbb\xbf%s", b"%s\n\n", b"%sa,b\n"])
def test_a_file_whose_other_rows_would_change_is_not_written(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str], damage: bytes
) -> None:
    source, address = _pair(files)
    files.bytes("sources", damage % files.bytes("sources"))
    before = files.bytes("sources")
    assert _run(files, f"{source},{address}\n", "--write") == 1
    assert "sources.csv" in capsys.readouterr().err
    assert files.bytes("sources") == before


def test_files_that_are_not_there_are_named(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = files.folder.parent / "missing.csv"
    assert main(["sources", "--data", str(files.folder), "--archive", str(missing)]) == 1
    assert "missing.csv" in capsys.readouterr().err
    assert main(["sources", "--data", str(missing), "--archive", str(missing)]) == 1
    assert "sources.csv" in capsys.readouterr().err
