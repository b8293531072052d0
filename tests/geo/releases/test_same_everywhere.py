"""What is served, released and answered is the same, whatever is withheld or on hold."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from geo.__main__ import main
from geo.checks.check import examine
from geo.configuration import ROLES
from geo.errors import ReleaseRefused
from geo.files.tables import Row, key_of
from geo.ledger.dataset import Dataset, fingerprint
from geo.ledger.reading import Reading
from geo.releases.folders import unreleased
from geo.releases.listing import releases
from geo.releases.making import write
from geo.releases.pinned import pinned
from geo.releases.planning import plan, refusals
from geo.visibility.visible import visible
from geo.visibility.withholding import withheld
from tests.asgi import call
from tests.geo.api.data_app import serve
from tests.ledger_files import FIRST, TODAY
from tests.sizes import size
from tests.small_ledger import cut, read, small_rows
from tests.small_ledger import write as write_rows

SECOND = date(2026, 10, 1)
LIST = ("kind", "id", "field", "since", "ground", "note")
#: tables whose rows the list can name
NAMED = (
    "stations", "investigations", "sources", "counts", "places", "origins", "excluded", "quotes",
)  # fmt: skip
#: what a reader is shown; the rest of a dataset tells of the folder
SHOWN = ("records", "sources", "counts", "excluded", "origins", "quotations")
FILES = (
    "/api/records.csv", "/api/records.geojson", "/api/events.csv", "/api/events.json",
    "/api/sources.json", "/api/workbook.xlsx", "/api/package.zip",
)  # fmt: skip
Entry = tuple[str, str, str]
WHOLE: list[Entry] = [
    *(("record", row["id"], "") for row in small_rows()["stations"]),
    *(("event", row["id"], "") for row in small_rows()["investigations"]),
]
FIELDS: list[list[Entry]] = [
    [("field", key_of(name, Row(2, row)), column) for row in small_rows()[name] for column in row]
    for name in NAMED
]
ENTRY = st.one_of(st.sampled_from(WHOLE), *(st.sampled_from(entries) for entries in FIELDS))
RECORD_IDS = st.sampled_from([row["id"] for row in small_rows()["stations"]])


@dataclass(frozen=True)
class Shown:
    """The same ledger as served, as released, and as its first release shows it today."""

    served: Dataset
    released: Dataset
    pinned: Dataset
    release: Path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small ledger, released once before anything is hidden."""
    folder = cut(tmp_path_factory.mktemp("small") / "data")
    write(plan(folder, FIRST), {}, ROLES)
    return folder


def hide(folder: Path, listed: list[Entry], held: list[str]) -> None:
    """Write the list, and put records on hold."""
    entries = [
        {"kind": kind, "id": name, "field": field, "since": "2026-10-01", "ground": "legal"}
        for kind, name, field in dict.fromkeys(listed)
    ]
    write_rows(folder / "withheld.csv", LIST, entries)
    stations = read(folder / "stations.csv")
    for row in stations:
        if row["id"] in held:
            row["review"] = "hold"
    write_rows(folder / "stations.csv", stations[0], stations)


def content(dataset: Dataset) -> dict[str, object]:
    """Ids and cells that a reader is shown, without the rows' places in their files."""
    events = [replace(event, position=0) for event in dataset.events]
    return {name: getattr(dataset, name) for name in SHOWN} | {"events": events}


def released(folder: Path) -> Shown:
    """Release a folder a second time, and read it in each way."""
    served = Dataset.load(folder, TODAY)
    (first,) = releases(folder)
    before = pinned(first, Reading.load(folder, TODAY), TODAY).dataset
    made = plan(folder, SECOND)
    reasons = {change.id: "A reason" for change in made.changes if not change.added}
    assert refusals(made, reasons, ROLES, ROLES) == []
    release = write(made, reasons, ROLES)
    return Shown(served, Dataset.load(release, TODAY), before, release)


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in examine(folder, TODAY).problems if not problem.warning]


def answers(folder: Path) -> list[str]:
    """The data API's files, without the version that they name."""
    version, app = Dataset.load(folder, TODAY).version, serve(folder)
    return [call(app, path).readable.replace(version, "") for path in FILES]


@pytest.mark.no_cover
@settings(
    max_examples=size(60, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(ENTRY, max_size=4), st.lists(RECORD_IDS, max_size=2, unique=True), st.integers(0, 7)
)
@example([("field", "jbpress-undated", "publisher")], [], 0)
@example([("field", "nl-rotterdam-1", "summary")], [], 0)
@example([("field", "nl-rotterdam-1", "host_city")], [], 0)
@example([("field", "CN-FJ/Fuzhou", "origin_province")], [], 0)
@example([("record", "zm-1", "")], ["zm-1"], 0)
def test_served_released_and_answered_are_the_same(
    small: Path,
    tmp_path_factory: pytest.TempPathFactory,
    listed: list[Entry],
    held: list[str],
    turn: int,
) -> None:
    folder = tmp_path_factory.mktemp("hidden") / "data"
    shutil.copytree(small, folder)
    hide(folder, listed, held)
    # without a change there is nothing to release
    assume(fingerprint(folder) != releases(folder)[0].version)
    shown = released(folder)
    assert content(shown.served) == content(shown.released)
    # what is hidden today is hidden in a release of before, and nothing else is
    assert content(shown.served) == content(shown.pinned)
    assert problems(shown.release) == []
    assert problems(folder) == []
    assert unreleased(folder) == []
    if turn == 0:
        # the first release, which has been cleared, passes its check and shows the same
        first = releases(folder)[0]
        assert problems(first.folder) == []
        opened = pinned(first, Reading.load(folder, TODAY), TODAY)
        assert content(opened.dataset) == content(shown.pinned)
        examination = examine(folder, TODAY)
        once = visible(examination.tables, withheld(examination), held=True)
        assert visible(once, withheld(examination), held=True) == once
    if turn < size(1, 4):
        given = answers(folder)
        assert given == answers(shown.release)
        features = json.loads(given[FILES.index("/api/records.geojson")])["features"]
        assert {feature["id"] for feature in features} == set(shown.served.records_by_id)
    shutil.rmtree(folder.parent)


def test_a_withheld_publisher_hides_what_was_seen_there_alone(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(small, folder)
    gone = {"ao-1", "mg-1", "zm-1"}
    assert gone <= set(Dataset.load(folder, TODAY).records_by_id)
    hide(folder, [("field", "jbpress-undated", "publisher")], [])
    shown = released(folder)
    for dataset in (shown.served, shown.released, shown.pinned):
        assert gone.isdisjoint(dataset.records_by_id)
    # the list took them and no check did
    assert shown.served.set_aside == 0
    assert gone <= shown.served.withdrawn.keys()
    assert main(["check", "--data", str(shown.release)]) == 0


def test_what_a_withheld_cell_says_is_in_no_release(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(small, folder)
    (record,) = [r for r in read(folder / "stations.csv") if r["id"] == "ie-dublin-1"]
    hide(folder, [("field", record["id"], "host_city"), ("field", record["id"], "summary")], [])
    shown = released(folder)
    assert shown.released.records_by_id[record["id"]].host_city == ""
    for release in releases(folder):
        assert read(release.folder / "withheld.csv") == [
            {"kind": "field", "id": record["id"], "field": field, "since": "2026-10-01",
             "ground": "legal", "note": ""}
            for field in ("host_city", "summary")
        ]  # fmt: skip
        assert "Dublin" not in {row["city"] for row in read(release.folder / "places.csv")}


def test_a_row_whose_key_is_withheld_is_hidden_whole(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(small, folder)
    origins = read(folder / "origins.csv")
    twin = {**origins[0], "origin_province": "CN-ZJ"}
    write_rows(folder / "origins.csv", origins[0], [*origins, twin])
    name = key_of("origins", Row(2, twin))
    hide(folder, [("field", name, "origin_province")], [])
    shown = released(folder)
    for dataset in (shown.served, shown.released, shown.pinned):
        found = [(origin.province, origin.city) for origin in dataset.origins]
        assert (twin["origin_province"], twin["origin_city"]) not in found
        assert (origins[0]["origin_province"], twin["origin_city"]) in found


def test_a_release_that_would_fail_its_check_is_refused_by_its_row(
    small: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(small, folder)
    made = plan(folder, SECOND)
    origins = made.published["origins"]
    *others, last = origins.rows
    broken = origins.with_rows([*others, Row(last.number, {**last.cells, "source_ids": ""})])
    before = sorted(folder.rglob("*"))
    with pytest.raises(ReleaseRefused, match=rf"origins\.csv:{last.number}"):
        write(replace(made, published={**made.published, "origins": broken}), {}, ROLES)
    assert sorted(folder.rglob("*")) == before
