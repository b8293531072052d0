"""Every kind of broken file is named, read without harm, and shown to no reader."""

from __future__ import annotations

import os
import re
import resource
import stat
from contextlib import nullcontext
from pathlib import Path

import pytest

from geo.checks.check import examine
from geo.errors import LedgerUnreadable
from geo.files.regular import LARGEST, read_regular
from geo.ledger.reading import Reading
from geo.link.last_good import LastGood
from geo.link.opening import open_address
from geo.link.permalink import parse_query
from tests.geo.checks.damage import CELL, FILE, KINDS, MEGABYTE, Damage
from tests.ledger_files import TODAY, LedgerFiles
from tests.sizes import size
from tests.small_ledger import cut

EVERY = ("stations", "investigations", "sources")
TABLES = EVERY[: size(1, 3)]
WITHHELD = "record,ao-1,,2026-11-20,privacy,\n"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    files = LedgerFiles(tmp_path / "data", cut(tmp_path / "small"))
    files.bytes("withheld", files.bytes("withheld") + WITHHELD.encode())
    return files


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= 42
    assert len(KINDS) * len(EVERY) >= 115


def named(folder: Path, table: str, place: str) -> list[str]:
    """What the check says of a table, with the place that is asked for."""
    form = rf"{table}\.csv" + {FILE: "", CELL: r":\d+ [a-z_]+"}.get(place, r":\d+") + "[ :]"
    said = [str(problem) for problem in examine(folder, TODAY).problems]
    return [line for line in said if re.match(form, line)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_broken_file_is_named_and_readers_keep_the_last_good_ledger(
    files: LedgerFiles, kind: Damage, table: str
) -> None:
    good = LastGood(files.folder, seconds=0)
    before = good.current(TODAY).reading
    kind.do(files.folder / f"{table}.csv")
    assert named(files.folder, table, kind.place)
    after = good.current(TODAY)
    assert "ao-1" not in after.reading.dataset.records_by_id
    if after.refused:
        # the same to readers; its digest may be new, as damage can look like a row's new name
        kept, known = after.reading.dataset, before.dataset
        assert (kept.version, kept.records, kept.events) == (
            known.version,
            known.records,
            known.events,
        )
        assert kept.sources == known.sources
        # where rows are wrong and not the file, what is set aside with them is named
        assert any(table in reason or "set aside" in reason for reason in after.refused)
    else:
        # it can be read: what readers lose is a row whose own cells are wrong
        assert len(after.reading.dataset.records) > len(before.dataset.records) // 2
        assert [p for p in after.reading.dataset.problems if p.file == f"{table}.csv"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_broken_list_never_shows_what_it_hid(files: LedgerFiles, kind: Damage) -> None:
    good = LastGood(files.folder, seconds=0)
    assert "ao-1" not in good.current(TODAY).reading.dataset.records_by_id
    kind.do(files.folder / "withheld.csv")
    assert named(files.folder, "withheld", FILE)
    after = good.current(TODAY).reading.dataset
    assert "ao-1" not in after.records_by_id
    assert after.records


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_without_a_good_ledger_a_start_ends_in_a_sentence_or_a_ledger(
    files: LedgerFiles, kind: Damage
) -> None:
    kind.do(files.folder / "stations.csv")
    lost = "stations" in examine(files.folder, TODAY).lost
    with (
        pytest.raises(LedgerUnreadable, match=r"stations\.csv cannot be read")
        if lost
        else (nullcontext())
    ):
        assert Reading.load(files.folder, TODAY).dataset.problems


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("file", ["release.json", "stations.csv"][: size(1, 2)])
def test_a_broken_release_takes_nothing_else_away(
    tmp_path: Path, files: LedgerFiles, kind: Damage, file: str
) -> None:
    release = files.release()
    kind.do(release / file)
    opened = open_address(files.folder, parse_query(f"v={release.name[-8:]}"), TODAY)
    assert len(opened.newest.records) > 5


def test_large_and_odd_files_are_looked_at_and_not_read(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for kind in KINDS:
        if kind.name in ("63 MB", "a pipe", "a link to a pipe", "a link to a device"):
            file = tmp_path / kind.name / "data" / "counts.csv"
            file.parent.mkdir(parents=True)
            file.write_text("id\n", encoding="utf-8")
            kind.do(file)
            with pytest.raises(OSError, match=r"it has 63 MB|it is a pipe|it is a device"):
                read_regular(file)
    # in KiB: less than the large file
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_bytes(b"x" * LARGEST)
    assert len(read_regular(file)) == LARGEST == 20 * MEGABYTE
    with file.open("ab") as handle:
        handle.write(b"x")
    with pytest.raises(OSError, match="it has 21 MB, and at most 20 MB are read"):
        read_regular(file)


def test_a_link_to_a_file_is_read(files: LedgerFiles, tmp_path: Path) -> None:
    file = files.folder / "stations.csv"
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert stat.S_ISLNK(os.lstat(file).st_mode)
    assert Reading.load(files.folder, TODAY).dataset.set_aside == 0
