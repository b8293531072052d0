"""What is served of a ledger in any state: never half a story, and nothing withheld."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import AtlasError, LedgerUnreadable, WithholdingUnreadable
from geo.exports.rows import NOWHERE
from geo.exports.selection_files import events_csv, records_csv, records_geojson
from geo.ledger.dataset import Dataset, fingerprint, today
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.words.cards import record_card
from geo.words.sentences import latest_word
from geo.words.summary import sentence
from tests.entities import real
from tests.ledger_files import TODAY, LedgerFiles
from tests.withheld_forms import FORMS, LISTED

RECORD = "nl-amsterdam-1"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "data")


def load(files: LedgerFiles) -> Dataset:
    return Dataset.load(files.folder, TODAY)


def withhold(files: LedgerFiles, kind: str, name: str, field: str = "") -> None:
    files.add(
        "withheld", kind=kind, id=name, field=field, since="2026-11-22", ground="legal", note="x"
    )


def about(data: Dataset, name: str) -> set[str]:
    return {e.id for e in data.events if name in e.about}


def everything(data: Dataset) -> str:
    """All that is shown of the records: the exports, the cards, the sentences."""
    snapshot = Snapshot(data, TODAY)
    selection = Filters().select(snapshot)
    cards = [repr(record_card(r, snapshot, snapshot)) for r in snapshot.records]
    return "\n".join(
        (
            records_csv(selection, NOWHERE),
            events_csv(selection, NOWHERE),
            records_geojson(selection, NOWHERE),
            *cards,
            repr(data.events),
            repr(data.excluded),
            repr(data.counts),
            repr(data.origins),
        )
    )


# what is withheld


def test_a_withheld_record_is_gone_with_the_events_about_it_alone(files: LedgerFiles) -> None:
    whole = load(files)
    alone = {e.id for e in whole.events if e.about == (RECORD,)}
    shared = about(whole, RECORD) - alone
    assert alone
    assert shared
    withhold(files, "record", RECORD)
    data = load(files)
    assert RECORD not in data.records_by_id
    assert len(data.records) == len(whole.records) - 1
    assert about(data, RECORD) == set()
    assert not alone & set(data.events_by_id)
    assert shared <= set(data.events_by_id)
    assert data.set_aside == 0
    shown = everything(data)
    assert f"{RECORD}\n" not in shown
    assert f"'{RECORD}'" not in shown
    assert f",{RECORD}," not in shown
    assert all(name not in shown for name in alone)


def test_a_withheld_event_is_gone_everywhere(files: LedgerFiles) -> None:
    name = "nl-2022-12-20-closure-stated"
    before = load(files)
    naming = [e.id for e in before.events if name in (*e.differs_from, e.repeat_of)]
    assert naming
    assert before.events_by_id[name].sets
    withhold(files, "event", name)
    data = load(files)
    assert name not in data.events_by_id
    assert name not in everything(data)
    assert RECORD in data.records_by_id
    assert len(data.records) == len(before.records)
    for other in naming:
        assert other in data.events_by_id


def test_a_restatement_of_a_withheld_event_stands_for_itself(files: LedgerFiles) -> None:
    repeat = next(e for e in load(files).events if e.repeat_of and e.event_type != "claim")
    withhold(files, "event", repeat.repeat_of)
    data = load(files)
    assert data.events_by_id[repeat.id].repeat_of == ""


def test_a_record_whose_claims_are_withheld_is_not_shown(files: LedgerFiles) -> None:
    data = load(files)
    claims = [e.id for e in data.events if e.event_type == "claim" and RECORD in e.about]
    for claim in claims:
        withhold(files, "event", claim)
    left = load(files)
    assert RECORD not in left.records_by_id
    assert about(left, RECORD) == set()


@pytest.mark.parametrize("field", ["summary", "host_city", "origin_city", "said_open_from"])
def test_a_withheld_field_of_a_record_is_empty(files: LedgerFiles, field: str) -> None:
    files.edit("stations", RECORD, said_open_from="2018")
    before = getattr(load(files).records_by_id[RECORD], field)
    assert before
    withhold(files, "field", RECORD, field)
    data = load(files)
    assert getattr(data.records_by_id[RECORD], field) == ""
    if field == "summary":
        assert before not in everything(data)
    if field == "host_city":
        assert data.records_by_id[RECORD].point is None


@pytest.mark.parametrize("field", ["note", "sets", "differs_from", "repeat_of", "happened_on"])
def test_a_withheld_field_of_an_event_is_empty(files: LedgerFiles, field: str) -> None:
    row = next(
        r for r in files.rows("investigations") if (r[field] and r["country"] == "GB") or r[field]
    )
    withhold(files, "field", row["id"], field)
    event = load(files).events_by_id[row["id"]]
    assert not (event.happened if field == "happened_on" else getattr(event, field))


@pytest.mark.parametrize(
    "field",
    ["id", "country", "said_on", "event_type", "actor_type", "authority", "summary", "about"],
)
def test_an_event_without_what_makes_it_quotable_is_withheld_whole(
    files: LedgerFiles, field: str
) -> None:
    name = "nl-2022-12-20-closure-stated"
    withhold(files, "field", name, field)
    data = load(files)
    assert name not in data.events_by_id
    assert name not in everything(data)
    assert RECORD in data.records_by_id


@pytest.mark.parametrize(
    ("table", "field"),
    [("sources", "title"), ("sources", "url"), ("sources", "publisher"), ("sources", "class"),
     ("counts", "note"), ("counts", "value"), ("counts", "claimed_by")],
)  # fmt: skip
def test_a_withheld_field_of_a_page_or_a_number_is_obeyed(
    files: LedgerFiles, table: str, field: str
) -> None:
    row = next(
        r for r in files.rows(table)
        if len(r[field]) > 15 or (field in ("class", "value") and r[field])
    )  # fmt: skip
    withhold(files, "field", row["id"], field)
    data = load(files)
    things = data.sources if table == "sources" else {c.id: c for c in data.counts}
    shown = things.get(row["id"])
    assert shown is None or not getattr(shown, field)
    everything(data)


@pytest.mark.parametrize("name", ["stations", "investigations", "sources", "counts"])
def test_every_field_of_every_kind_can_be_withheld(files: LedgerFiles, name: str) -> None:
    # one field of one row each: a row would soon be withheld whole
    rows = files.rows(name)
    for row, field in zip(rows[3:], rows[0], strict=False):
        withhold(files, "field", row["id"], field)
    data = load(files)
    assert len(data.records) > 40
    everything(data)
    tables: dict[str, Mapping[str, object]] = {
        "stations": data.records_by_id,
        "investigations": data.events_by_id,
        "sources": data.sources,
        "counts": {c.id: c for c in data.counts},
    }
    things = tables[name]
    for row, field in zip(rows[3:], rows[0], strict=False):
        if row["id"] in things and hasattr(things[row["id"]], field):
            assert not getattr(things[row["id"]], field), field


@pytest.mark.parametrize(
    "content",
    [None, b"", b"\xff\xfek\x00i\x00", b"\x00\x01\x02\x03", LISTED.replace(b",id,", b",it,")],
    ids=["missing", "empty", "utf-16", "binary", "no-ids"],
)
def test_nothing_is_served_when_the_list_cannot_be_read(
    files: LedgerFiles, content: bytes | None
) -> None:
    if content is None:
        (files.folder / "withheld.csv").unlink()
    else:
        files.bytes("withheld", content)
    with pytest.raises(WithholdingUnreadable, match=r"withheld\.csv.*nothing is shown"):
        load(files)


@pytest.mark.parametrize("content", FORMS)
def test_what_can_be_read_of_the_list_is_obeyed(files: LedgerFiles, content: bytes) -> None:
    files.bytes("withheld", content)
    data = load(files)
    assert "nl-amsterdam-1" not in data.records_by_id
    assert "nl-rotterdam-1" in data.records_by_id
    assert "nl-amsterdam-1" not in everything(data)


def test_a_folder_in_the_place_of_the_list_is_no_list(files: LedgerFiles) -> None:
    (files.folder / "withheld.csv").unlink()
    (files.folder / "withheld.csv").mkdir()
    with pytest.raises(WithholdingUnreadable):
        load(files)


# what is broken


def test_a_broken_record_is_set_aside_with_its_events(files: LedgerFiles) -> None:
    alone = {e.id for e in load(files).events if e.about == (RECORD,)}
    files.edit("stations", RECORD, origin_province="CN-ZI")
    data = load(files)
    assert RECORD not in data.records_by_id
    assert not alone & set(data.events_by_id)
    assert about(data, RECORD) == set()
    assert data.set_aside == 1
    assert [p.row for p in data.problems if not p.warning]


@pytest.mark.parametrize(
    "cells",
    [
        {"said_on": "2022-13"},
        {"said_on": "2031"},
        {"said_on": ""},
        {"event_type": "closed"},
        {"actor_type": "china"},
        {"source_ids": "no-such-page"},
        {"source_ids": ""},
        {"authority": ""},
        {"country": "DE"},
        {"country": ""},
        {"id": ""},
        {"sets": "closed"},
    ],
    ids=str,
)
def test_a_broken_answer_takes_its_records_aside(files: LedgerFiles, cells: dict[str, str]) -> None:
    whole = load(files)
    event = whole.events_by_id["nl-2022-12-20-closure-stated"]
    files.edit("investigations", event.id, **cells)
    data = load(files)
    assert not set(event.about) & set(data.records_by_id)
    assert data.set_aside >= len(event.about)
    assert {r.id for r in whole.records if r.host_country not in ("NL", "DE")} <= set(
        data.records_by_id
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"said_on": "2022-13"},
        {"about": ""},
        {"about": "nl-no-such-record"},
        {"about": "Netherlands"},
        {"country": "XX"},
        {"country": ""},
        {"country": "DE"},
        {"sets": "told_to_stop"},
        {"summary": ""},
    ],
    ids=str,
)
def test_a_broken_answer_of_a_country_takes_its_records_aside(
    files: LedgerFiles, cells: dict[str, str]
) -> None:
    whole = load(files)
    event = next(e for e in whole.events if e.country == "FR" and e.about == ("country",))
    files.edit("investigations", event.id, **cells)
    data = load(files)
    french = {r.id for r in whole.records if r.host_country == "FR"}
    assert len(french) > 1
    assert not french & set(data.records_by_id)
    assert data.set_aside >= len(french)
    assert {r.id for r in whole.records if r.host_country not in ("FR", "DE")} <= set(
        data.records_by_id
    )


def test_a_broken_word_of_the_world_takes_nothing_aside(files: LedgerFiles) -> None:
    event = next(e for e in load(files).events if e.about == ("world",))
    files.edit("investigations", event.id, said_on="2022-13")
    data = load(files)
    assert event.id not in data.events_by_id
    assert len(data.records) == len(real().records)


def test_a_record_whose_only_page_is_broken_goes_aside(files: LedgerFiles) -> None:
    rows = files.rows("stations")
    row = next(r for r in rows if " " not in r["source_ids"] and r["review"] == "publish")
    files.edit("sources", row["source_ids"], url="javascript:alert(1)")
    data = load(files)
    assert row["source_ids"] not in data.sources
    assert row["id"] not in data.records_by_id
    assert "javascript" not in everything(data)


def test_a_record_with_another_page_stays_without_the_broken_one(files: LedgerFiles) -> None:
    whole = load(files)
    record = whole.records_by_id[RECORD]
    citing = {s for e in whole.events for s in e.sources if len(e.sources) == 1}
    page = next(s for s in record.sources if s not in citing and len(record.sources) > 1)
    files.edit("sources", page, **{"class": "unheard-of"})
    data = load(files)
    assert page not in data.sources
    assert RECORD in data.records_by_id


def test_a_record_without_a_claim_is_not_shown(files: LedgerFiles) -> None:
    files.add("stations", like=RECORD, id="nl-utrecht-1", host_city="Amsterdam")
    data = load(files)
    assert "nl-utrecht-1" not in data.records_by_id
    assert len(data.records) == len(real().records)
    assert data.set_aside == 1


def test_two_records_with_one_id_both_go_aside(files: LedgerFiles) -> None:
    files.add("stations", like=RECORD, summary="Another text.")
    data = load(files)
    assert RECORD not in data.records_by_id
    assert data.set_aside == 1


def test_rows_on_hold_are_hidden_and_not_counted(files: LedgerFiles) -> None:
    files.edit("stations", RECORD, review="hold")
    data = load(files)
    assert RECORD not in data.records_by_id
    assert about(data, RECORD) == set()
    assert data.set_aside == 0
    files.edit("stations", RECORD, review="hold", origin_province="CN-ZI")
    assert load(files).set_aside == 0
    files.edit("stations", RECORD, review="maybe", origin_province="")
    assert RECORD not in load(files).records_by_id


def test_excluded_rows_of_a_held_country_stay_hidden_when_its_row_breaks(
    files: LedgerFiles,
) -> None:
    held = {r["host_country"] for r in files.rows("stations") if r["review"] == "hold"}
    held -= {r["host_country"] for r in files.rows("stations") if r["review"] == "publish"}
    for row in files.rows("stations"):
        if row["review"] == "hold":
            files.edit("stations", row["id"], origin_province="CN-ZI")
    files.add("excluded", country=min(held), what="a", why="b", decided_on="2026-11-21")
    assert not held & {x.country for x in load(files).excluded}


# lost files and folders


@pytest.mark.parametrize("name", ["stations", "investigations", "sources"])
@pytest.mark.parametrize("damage", ["missing", "empty", "header", "utf-16", "folder"])
def test_without_a_table_that_answers_stand_on_nothing_is_shown(
    files: LedgerFiles, name: str, damage: str
) -> None:
    file = files.folder / f"{name}.csv"
    content = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage != "missing":
        file.write_bytes(
            {"empty": b"", "header": content.replace(b"id,", b"idd,", 1), "utf-16": b"\xff\xfe"}[
                damage
            ]
        )
    with pytest.raises(LedgerUnreadable, match=rf"{name}\.csv cannot be read"):
        load(files)


@pytest.mark.parametrize("name", ["counts", "places", "excluded", "origins"])
def test_without_another_table_the_records_are_still_shown(files: LedgerFiles, name: str) -> None:
    (files.folder / f"{name}.csv").unlink()
    data = load(files)
    assert len(data.records) == len(real().records)
    if name == "places":
        assert all(r.point is None for r in data.records)
    everything(data)


def test_no_folder_and_an_empty_folder_are_told_in_a_sentence(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(LedgerUnreadable, match=f"“{folder.name}” contains no ledger") as caught:
            Dataset.load(folder, TODAY)
        assert isinstance(caught.value, OSError)
        assert isinstance(caught.value, AtlasError)
        assert str(tmp_path.parent) not in str(caught.value)


def test_a_withheld_note_on_a_body_is_gone_and_the_body_stays(files: LedgerFiles) -> None:
    (district,) = [o for o in load(files).origins if o.city == "Wenzhou (Ouhai district)"]
    assert district.note
    withhold(files, "field", "CN-ZJ/Wenzhou (Ouhai district)", "note")
    assert not any(p.file == "withheld.csv" for p in load(files).problems)
    assert district.note not in everything(load(files))
    assert len(load(files).origins) == len(real().origins)
    withhold(files, "field", "CN-FJ/Fuzhou", "public_body")
    assert "Fuzhou" not in {o.city for o in load(files).origins}


# version


def test_the_version_changes_with_every_row_and_not_with_other_files(files: LedgerFiles) -> None:
    version = fingerprint(files.folder)
    assert len(version) == 8
    assert set(version) <= set("0123456789abcdef")
    assert version == load(files).version == real().version
    seen = {version}
    for file in sorted(files.folder.glob("*.csv")):
        content = file.read_bytes()
        file.write_bytes(content + b"x" * 9 + b"," * content.split(b"\n")[0].count(b",") + b"\n")
        seen.add(fingerprint(files.folder))
        file.write_bytes(content)
    assert len(seen) == 1 + len(list(files.folder.glob("*.csv")))
    assert fingerprint(files.folder) == version
    (files.folder / "notes.txt").write_text("x")
    assert fingerprint(files.folder) == version
    for name in ("counts-2.csv", "._counts.csv", "counts copy.csv"):
        shutil.copy(files.folder / "counts.csv", files.folder / name)
    assert fingerprint(files.folder) == version
    (files.folder / "counts.csv").unlink()
    assert fingerprint(files.folder) != version


def test_bytes_do_not_move_between_files_unseen(tmp_path: Path) -> None:
    for name, one, two in (("a", b"xy", b"z"), ("b", b"x", b"yz")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "counts.csv").write_bytes(one)
        (tmp_path / name / "excluded.csv").write_bytes(two)
    assert fingerprint(tmp_path / "a") != fingerprint(tmp_path / "b")


def test_an_empty_ledger_is_a_ledger(files: LedgerFiles) -> None:
    for file in files.folder.glob("*.csv"):
        file.write_bytes(file.read_bytes().split(b"\n")[0] + b"\n")
    data = load(files)
    assert (data.records, data.events, data.last_checked) == ((), (), "")
    assert data.first_day == today()
    assert sentence(Filters().select(Snapshot(data, TODAY))) == "No records match."


# anything in any cell

BAD = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(
        [
            "", " ", "nan", "inf", "-1", "1e999", "2022", "2022-12/2023", "0000", "9999-12-31",
            "country", "world", "=1+1", "javascript:alert(1)", "</script>", "${x}", "\u2028",
            "\x00", "nl-amsterdam-1", "hold", "EU", "ZZ", "١٢", "a" * 3000,
        ]
    ),
)  # fmt: skip
TABLES = (
    "stations", "investigations", "sources", "counts", "withheld", "places", "excluded", "origins",
)  # fmt: skip


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> LedgerFiles:
    files = LedgerFiles(tmp_path_factory.mktemp("scratch") / "data")
    withhold(files, "field", RECORD, "said_open_from")
    return files


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_stands_in_a_cell_is_no_traceback(
    scratch: LedgerFiles, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(TABLES))
    before = scratch.bytes(name)
    rows = scratch.rows(name)
    row = rows[data.draw(st.integers(0, len(rows) - 1))]
    column = data.draw(st.sampled_from(sorted(row)))
    row[column] = data.draw(BAD)
    scratch.write(name, rows)
    try:
        with contextlib.suppress(AtlasError):
            loaded = load(scratch)
            snapshot = Snapshot(loaded, TODAY)
            assert all(latest_word(record, snapshot) for record in snapshot.records)
            records_geojson(Filters().select(snapshot), NOWHERE)
            # an answer is never missing beside its claim
            whole = {e.id: e for e in real().events}
            for event in whole.values():
                if event.about_records and event.id not in loaded.events_by_id and column != "id":
                    kept = set(event.about_records) & set(loaded.records_by_id)
                    assert not kept or name == "withheld", (event.id, kept)
    finally:
        scratch.bytes(name, before)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(TABLES), st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_whatever_stands_in_a_file_is_no_traceback(
    scratch: LedgerFiles, name: str, place: int, bad: bytes
) -> None:
    before = scratch.bytes(name)
    place = min(place, len(before))
    scratch.bytes(name, before[:place] + bad + before[place + len(bad) :])
    try:
        with contextlib.suppress(AtlasError):
            snapshot = Snapshot(load(scratch), TODAY)
            records_csv(Filters().select(snapshot), NOWHERE)
    finally:
        scratch.bytes(name, before)


def test_today_is_the_day_in_utc() -> None:
    before = datetime.now(UTC).date()
    assert before <= today() <= datetime.now(UTC).date()


def test_a_version_has_the_same_latest_words_in_any_order_of_its_rows(files: LedgerFiles) -> None:
    rows = files.rows("investigations")
    place = next(n for n, row in enumerate(rows) if row["id"] == "nl-2022-12-20-closure-stated")
    wider = rows[place] | {
        "id": "eu-2022-12-20-inquiry-opened",
        "country": "EU",
        "event_type": "inquiry_opened",
        "sets": "authority_looking",
        "about": "nl-rotterdam-1",
        "happened_on": "",
    }
    seen = set()
    for start in (place, place + 1):
        files.write("investigations", [*rows[:start], wider, *rows[start:]])
        data = load(files)
        seen.add((fingerprint(files.folder), tuple(event.id for event in data.replay_order)))
    assert len(seen) == 1


def test_a_point_that_is_more_exact_than_a_city_is_not_shown(files: LedgerFiles) -> None:
    rows = files.rows("places")
    (row,) = (row for row in rows if row["city"] == "Amsterdam")
    # as copied from a map of streets
    row["latitude"] += "3712"
    files.write("places", rows)
    data = load(files)
    assert data.records_by_id[RECORD].point is None
    assert data.records_by_id["nl-rotterdam-1"].point
    assert "3712" not in records_geojson(Filters().select(Snapshot(data, TODAY)), NOWHERE)
