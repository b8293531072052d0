"""`make tidy` undoes what spreadsheets and systems do to the form of a file, and no more."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.checks.check import examine
from geo.checks.tidying import rewrite, rewritings, standard_content
from geo.errors import AtlasError, FileUnusable, TidyRefused
from geo.files.package import resources
from geo.files.restoring import is_dated, restorers
from geo.files.row_order import _keyed
from geo.files.tables import Row
from geo.ledger.dataset import fingerprint
from geo.model.dates import is_day
from tests.ledger_files import DATA, TODAY, LedgerFiles
from tests.sizes import size

TABLES = {one.name: one for one in resources() if (DATA / one.file).exists()}
ORDERED = ("investigations", "places")
DAYS = {column.name for table in TABLES.values() for column in table.columns if is_dated(column)}


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def records(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def shuffled(name: str, rows: list[list[str]], header: list[str], chance: random.Random) -> None:
    """Move rows, but none past one that is equal in the order of its table."""
    keys = list(_keyed(name, [Row(0, dict(zip(header, row, strict=True))) for row in rows]))
    groups: dict[object, list[list[str]]] = {}
    for key, row in zip(keys, rows, strict=True):
        groups.setdefault(key, []).append(row)
    chance.shuffle(keys)
    rows[:] = [groups[key].pop(0) for key in keys]


def shorter(column: str, cell: str) -> str:
    """A number as a spreadsheet writes it."""
    is_number = column in ("latitude", "longitude") and cell
    return cell.rstrip("0").rstrip(".") if is_number else cell


def abroad(column: str, cell: str) -> str:
    """A number or a day as a spreadsheet writes it where the comma is the decimal sign."""
    if column in ("latitude", "longitude"):
        return cell.replace(".", ",")
    # the first of a month would be the same as the month
    if column in DAYS and is_day(cell) and not cell.endswith("-01"):
        return date.fromisoformat(cell).strftime("%d.%m.%Y")
    return cell


def damaged(name: str, content: bytes, kinds: set[str], chance: random.Random) -> bytes:
    """What programs make of the form of a file; all of it can be undone."""
    header, *rows = records(content)
    if "numbers" in kinds:
        rows = [[shorter(c, v) for c, v in zip(header, row, strict=True)] for row in rows]
    if "rows" in kinds and name in ORDERED:
        shuffled(name, rows, header, chance)
    if "German" in kinds:
        rows = [[abroad(c, v) for c, v in zip(header, row, strict=True)] for row in rows]
    if "NFD" in kinds:
        rows = [[unicodedata.normalize("NFD", cell) for cell in row] for row in rows]
    if "blanks" in kinds:
        ends = ("", "", " ", "\t", "  ")
        rows = [[chance.choice(ends) + cell + chance.choice(ends) for cell in row] for row in rows]
    if "columns" in kinds:
        places = chance.sample(range(len(header)), len(header))
        header, rows = [header[p] for p in places], [[row[p] for p in places] for row in rows]
    if "more columns" in kinds:
        header, rows = [*header, "", ""], [[*row, "", ""] for row in rows]
    if "blank rows" in kinds:
        rows.insert(chance.randint(0, len(rows)), [""] * len(header))
    return written([header, *rows], kinds)


def written(table: list[list[str]], kinds: set[str]) -> bytes:
    """A table as a program writes it."""
    text = io.StringIO(newline="")
    dialect = "unix" if "quotes" in kinds else "excel"
    delimiter = ";" if "semicolons" in kinds else "\t" if "tabs" in kinds else ","
    end = "\r\n" if "CR LF" in kinds else "\r" if "CR" in kinds else "\n"
    writer = csv.writer(text, dialect, delimiter=delimiter, lineterminator=end)
    writer.writerows(table)
    out = text.getvalue()
    if "no last line end" in kinds:
        out = out.removesuffix(end)
    if "separator line" in kinds:
        out = f"sep={delimiter}{end}{out}"
    if "UTF-16" in kinds:
        return out.encode("utf-16")
    return ("\ufeff" if "BOM" in kinds else "").encode() + out.encode()


FORMS = (
    "BOM",
    "CR LF",
    "CR",
    "semicolons",
    "tabs",
    "separator line",
    "quotes",
    "columns",
    "more columns",
    "numbers",
)
#: what cannot be read as it is; tidying restores it
FOREIGN = ("German", "UTF-16")
CELLS = ("NFD", "blanks", "rows", "blank rows", "no last line end")


@pytest.mark.no_cover
@settings(
    max_examples=size(60, 600),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.sampled_from(sorted(TABLES)),
    kinds=st.sets(st.sampled_from(FORMS + FOREIGN + CELLS)),
    chance=st.randoms(use_true_random=False),
)
def test_every_reversible_damage_is_undone(
    files: LedgerFiles, name: str, kinds: set[str], chance: random.Random
) -> None:
    before = (DATA / f"{name}.csv").read_bytes()
    broken = damaged(name, before, kinds, chance)
    assert standard_content(TABLES[name], broken) == before
    # the check says something exactly where tidying changes something but zeros of a number
    files.bytes(name, broken)
    changed = broken != before
    assert bool(files.new()) == changed or ("numbers" in kinds and name == "places")
    assert fingerprint(files.folder) == fingerprint(DATA)
    rewrite(files.folder, rewritings(files.folder))
    assert files.bytes(name) == before
    assert rewritings(files.folder) == []


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind != "numbers"])
@pytest.mark.parametrize("name", ["stations", "places", "withheld"])
def test_a_file_in_another_form_has_one_warning_that_names_the_command(
    files: LedgerFiles, name: str, kind: str
) -> None:
    before = files.bytes(name)
    files.bytes(name, damaged(name, before, {kind}, random.Random(1)))
    found = files.new()
    assert len(found) == (files.bytes(name) != before)
    assert all(line.startswith(f"warning: {name}.csv: ") and "make tidy" in line for line in found)


def test_a_row_out_of_order_is_named_with_the_place_where_it_belongs(files: LedgerFiles) -> None:
    rows = files.rows("investigations")
    last = rows.pop(200)
    rows.append(last)
    files.write("investigations", rows)
    first = next(n for n, row in enumerate(rows, 2) if row["country"] > last["country"])
    (line,) = [line for line in files.new() if "belongs above row" in line]
    assert line.startswith("warning: investigations.csv:291: belongs above row ")
    assert int(line.split()[5]) <= first
    (one,) = rewritings(files.folder)
    assert (one.changed, one.moved) == (0, 1)


def test_rows_of_one_day_keep_their_order(files: LedgerFiles) -> None:
    one = files.rows("investigations")[10]
    rows = files.rows("investigations")
    rows += [{**one, "id": f"{one['id']}-{number}"} for number in (8, 7)]
    files.write("investigations", rows)
    rewrite(files.folder, rewritings(files.folder))
    ids = [row["id"] for row in files.rows("investigations")]
    place = ids.index(f"{one['id']}-8")
    assert ids[place + 1] == f"{one['id']}-7"
    assert place > 10


def test_a_row_without_a_readable_date_stays_below_the_row_before_it(files: LedgerFiles) -> None:
    before = files.rows("investigations")
    files.edit("investigations", before[20]["id"], said_on="2022-13")
    assert rewritings(files.folder) == []


def test_unknown_columns_and_invisible_characters_stay(files: LedgerFiles) -> None:
    rows = [{"mine": "x\u200by", **row} for row in files.rows("counts")]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    files.bytes("counts", text.getvalue().encode())
    rewrite(files.folder, rewritings(files.folder))
    header, *after = records(files.bytes("counts"))
    assert header[-1] == "mine"
    assert {row[-1] for row in after} == {"x\u200by"}
    assert examine(files.folder, TODAY).problems


@pytest.mark.parametrize(
    ("name", "column", "cell", "meant"),
    [
        ("investigations", "said_on", "05.12.2022", "2022-12-05"),
        ("investigations", "said_on", "5.12.2022", "2022-12-05"),
        ("sources", "published", "2022/12/05", "2022-12-05"),
        ("sources", "published", "2022-12-5", "2022-12-05"),
        ("sources", "published", "2022-12-05 00:00:00", "2022-12-05"),
        # a column without months
        ("stations", "last_checked", "01.12.2022", "2022-12-01"),
        ("places", "latitude", "-34,61", "-34.61"),
        ("places", "longitude", "4,4", "4.40"),
    ],
)
def test_what_is_certain_is_restored(
    files: LedgerFiles, name: str, column: str, cell: str, meant: str
) -> None:
    rows = files.rows(name)
    rows[7][column] = cell
    files.write(name, rows)
    (line,) = [line for line in files.new() if line.startswith(f"{name}.csv:9 {column}")]
    assert line.endswith(f'"{cell}" is how a spreadsheet writes {meant}: run `make tidy`')
    rewrite(files.folder, rewritings(files.folder))
    rows[7][column] = meant
    assert sorted(map(repr, files.rows(name))) == sorted(map(repr, rows))


@pytest.mark.parametrize(
    "cell", ["2022", "2022-12", "2022-12-01", "2022-12/2023-01", "12.2022", "31.02.2022", "x"]
)
def test_no_other_date_is_touched(cell: str) -> None:
    assert restorers(TABLES["sources"])["published"](cell) == cell


DAMAGE = {
    "Dec-22": ("investigations", "said_on"),
    "5-Dec-22": ("investigations", "happened_on"),
    "01.12.2022": ("investigations", "said_on"),
    "2022-12-01 00:00:00": ("sources", "published"),
    "14.07.1905": ("investigations", "happened_on"),
    "05.12.22": ("investigations", "said_on"),
    "12/5/2022": ("sources", "published"),
    "44900": ("stations", "said_open_from"),
    "déc-22": ("counts", "period"),
    "1,000": ("counts", "value"),
    "3.44E+06": ("places", "gazetteer_id"),
    "#NAME?": ("sources", "title"),
    "#BEZUG!": ("stations", "summary"),
    "#N/A": ("stations", "host_region"),
    "########": ("investigations", "note"),
    "Err:502": ("excluded", "why"),
    "SÃ£o Paulo": ("stations", "host_city"),
    "??? ??": ("sources", "title"),
    "Jan 22": ("origins", "stations_claimed"),
}


@pytest.mark.parametrize("cell", DAMAGE)
def test_what_cannot_be_undone_is_refused_with_its_place_and_nothing_is_written(
    files: LedgerFiles, cell: str
) -> None:
    name, column = DAMAGE[cell]
    rows = files.rows(name)
    rows[7][column] = cell
    files.write(name, rows)
    other = "counts" if name != "counts" else "sources"
    files.bytes(other, b"\xef\xbb\xbf" + files.bytes(other))
    before = {file.name: file.read_bytes() for file in files.folder.iterdir()}
    with pytest.raises(TidyRefused) as refused:
        rewritings(files.folder)
    (sentence,) = refused.value.sentences
    assert sentence.startswith(f'{name}.csv:9 {column}: "{cell}" ')
    assert sentence.endswith("take the cell from an older copy of the file")
    assert {file.name: file.read_bytes() for file in files.folder.iterdir()} == before
    # the check says the same of the cell, and nothing else
    (line,) = [line for line in files.new() if line.startswith(f"{name}.csv:9 {column}")]
    assert line == sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"id,country\nx,NL,\n", "counts.csv:1: the header lacks "),
        (b"", "counts.csv: the file is empty"),
        ("id,country\nx,NL\n".encode("utf-16") + b"x", "counts.csv: line 1 is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused(
    files: LedgerFiles, content: bytes, sentence: str
) -> None:
    files.bytes("counts", content)
    with pytest.raises(TidyRefused) as refused:
        rewritings(files.folder)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize("damage", [b"x,y\n", b'"x\n', b"\xe9" + b"," * 10 + b"\n"])
def test_a_row_that_would_lose_something_is_refused(files: LedgerFiles, damage: bytes) -> None:
    row = len(files.rows("counts")) + 2
    files.bytes("counts", files.bytes("counts") + damage)
    with pytest.raises(TidyRefused, match=rf"counts\.csv:{row}: "):
        rewritings(files.folder)
    # and its version is not that of another file
    assert fingerprint(files.folder) != fingerprint(DATA)


def test_a_release_and_other_folders_are_not_edited(files: LedgerFiles, tmp_path: Path) -> None:
    release = files.release()
    with pytest.raises(AtlasError, match="is a release, and is never edited"):
        rewritings(release)
    (tmp_path / "empty").mkdir()
    with pytest.raises(AtlasError, match="There is no file of a ledger"):
        rewritings(tmp_path / "empty")
    (files.folder / "counts.csv").unlink()
    (files.folder / "counts.csv").mkdir()
    with pytest.raises(FileUnusable, match=r"counts\.csv cannot be read: Is a directory"):
        rewritings(files.folder)


def test_a_release_that_was_interrupted_comes_first(files: LedgerFiles) -> None:
    files.release()
    first = files.rows("stations")[0]["id"]
    files.edit("stations", first, summary="Other words.")
    files.release(TODAY, {first: "Why"})
    files.bytes("corrections", files.bytes("corrections").split(b"\n")[0] + b"\n")
    draft = files.folder / ".corrections.csv.1.tmp"
    draft.write_text("half", encoding="utf-8")
    with pytest.raises(AtlasError, match="A release was interrupted"):
        rewritings(files.folder)
    assert draft.exists()


def test_a_file_that_changes_meanwhile_is_not_overwritten(files: LedgerFiles) -> None:
    files.bytes("counts", b"\xef\xbb\xbf" + files.bytes("counts"))
    files.bytes("sources", b"\xef\xbb\xbf" + files.bytes("sources"))
    found = rewritings(files.folder)
    saved = files.bytes("counts", files.bytes("counts") + b"\n")
    with pytest.raises(FileUnusable, match=r"counts\.csv has been changed meanwhile"):
        rewrite(files.folder, found)
    assert files.bytes("counts") == saved
    assert files.bytes("sources").startswith(b"\xef\xbb\xbf")
    assert sorted(p.name for p in files.folder.iterdir()) == sorted(
        p.name for p in DATA.glob("*.csv")
    )


def test_modes_and_links_stay(files: LedgerFiles, tmp_path: Path) -> None:
    file, real = files.folder / "counts.csv", tmp_path / "elsewhere.csv"
    before = file.read_bytes()
    real.write_bytes(b"\xef\xbb\xbf" + before)
    real.chmod(0o640)
    file.unlink()
    file.symlink_to(real)
    rewrite(files.folder, rewritings(files.folder))
    assert file.is_symlink()
    assert real.read_bytes() == before
    assert real.stat().st_mode & 0o777 == 0o640


def with_columns(files: LedgerFiles, name: str, *cells: str, first: bool = False) -> None:
    """Add columns with the same cell in each row."""
    header, *rows = records(files.bytes(name))
    added = [([heading], [cell]) for heading, cell in (one.split("=") for one in cells)]
    for heading, cell in added:
        header = heading + header if first else header + heading
        rows = [cell + row if first else row + cell for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    files.bytes(name, text.getvalue().encode())


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("counts", ("=7",)),
        ("counts", (" =7",)),
        ("counts", ("x=one", "x=two")),
        ("counts", ("=", "=7")),
        ("withheld", ("Note=more",)),
    ],
)
def test_no_cell_of_a_further_column_is_lost(
    files: LedgerFiles, name: str, columns: tuple[str, ...]
) -> None:
    files.add("withheld", kind="record", id="zm-1", since="2026-01-01", ground="legal", note="x")
    with_columns(files, name, *columns, first=True)
    before = files.bytes(name)
    with pytest.raises(TidyRefused, match=r"twice|without a name"):
        rewritings(files.folder)
    assert files.bytes(name) == before


def test_an_empty_column_without_a_name_is_dropped_at_once(files: LedgerFiles) -> None:
    before = files.bytes("counts")
    with_columns(files, "counts", "=", first=True)
    (said,) = [p for p in examine(files.folder, TODAY).problems if p.code == "form"]
    assert "columns without a name" in said.message
    rewrite(files.folder, rewritings(files.folder))
    assert files.bytes("counts") == before
