"""Figures become text as they are, and what is missing says so."""

from __future__ import annotations

import math

import pytest

from tools.bench import clicks, first_load, session_load
from tools.bench.browsers import DESKTOP, SLOW_PHONE, Traffic
from tools.bench.click_timing import Times
from tools.bench.report import MISSING, median, number, percentile, ratio, table
from tools.bench.views import EMPTY, atlas_views
from tools.session_client import Figures


def test_a_median_leaves_out_what_did_not_come() -> None:
    assert median([3.0, None, 1.0, math.nan, 2.0]) == 2.0
    assert median([None]) is None


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.0, 1)]
)
def test_a_percentile_is_one_of_the_values(share: float, expected: float) -> None:
    assert percentile(list(range(100, 0, -1)), share) == expected


def test_one_value_is_every_percentile_and_none_is_none() -> None:
    assert percentile([7.0], 0.95) == 7.0
    assert percentile([], 0.95) is None


def test_figures_are_written_with_thousands_apart() -> None:
    assert number(1234.56) == "1,235"
    assert number(0.0204, 3) == "0.020"
    assert number(None) == number(math.nan) == MISSING
    assert ratio(45, 100) == "0.45 ×"
    assert ratio(45, None) == ratio(None, 45) == ratio(45, 0) == MISSING


def test_a_table_has_its_figures_in_line() -> None:
    lines = table(("page", "ms"), [("/", "1,234"), ("/timeline", "5")]).splitlines()
    assert lines == [
        "| page      |    ms |",
        "| --------- | ----: |",
        "| /         | 1,234 |",
        "| /timeline |     5 |",
    ]


def test_a_row_of_another_length_is_no_table() -> None:
    with pytest.raises(ValueError, match="shorter"):
        table(("page", "ms"), [("/",)])


def _load(live: float | None, shift: float = 0.0) -> first_load.Load:
    return first_load.Load(
        paint=100, largest=150, shift=shift, readable=120, live=live, requests=9, received=2048
    )


def test_loads_are_compared_with_the_first_peer_of_the_same_table() -> None:
    page = first_load.Subject(atlas_views("x")[0], "http://a")
    peer = first_load.Subject(EMPTY, "http://b", peer=True)
    loads = {
        (page, DESKTOP, False): [_load(500, 0.01), _load(700, 0.03), _load(None)],
        (peer, DESKTOP, False): [_load(1000)],
        (page, SLOW_PHONE, False): [_load(5000)],
    }
    desk, _desk_warm, phone, _phone_warm = first_load.tables(loads)
    row = next(line for line in desk.splitlines() if line.startswith("| / "))
    # medians of those that came, the worst shift
    assert [cell.strip() for cell in row.split("|")[2:-1]] == [
        "100", "150", "120", "600", "0.60 ×", "0.030", "2", "9",
    ]  # fmt: skip
    assert MISSING in next(line for line in phone.splitlines() if line.startswith("| / "))


def test_an_option_is_compared_with_its_own_direction_and_a_card_with_the_slower() -> None:
    others = {
        clicks.PLAIN: {"option on": Times([40.0]), "option off": Times([50.0])},
        clicks.DASH: {"option on": Times([20.0]), "option off": Times([25.0])},
    }
    atlas = {"option on": Times([60.0]), "open a card": Times([60.0]), "lost": Times(missed=1)}
    text = clicks.atlas_table("3 records", atlas, others)
    cells = {
        line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]]
        for line in text.splitlines()
        if line.startswith("|")
    }
    assert cells["option on"][3:5] == ["1.50 ×", "2.40 ×"]
    assert cells["open a card"][3:5] == ["1.20 ×", "2.40 ×"]
    assert cells["lost"][0] == f"{MISSING} (1 missed)"


def test_memory_is_told_for_a_session() -> None:
    figures = Figures(first=[0.05], reruns=[0.010, 0.020])
    figures.errors["TimeoutError"] = 2
    measured = {"the atlas, 4": session_load.Loaded(4, figures, before=200.0, most=202.0)}
    (text,) = session_load.tables(measured)
    last = [cell.strip() for cell in text.splitlines()[-1].split("|")[1:-1]]
    assert last == ["the atlas, 4", "50", "2", "10", "20", "20", "2", "202", "0.50"]


def test_traffic_leaves_out_what_the_cache_had_and_counts_messages_as_they_were() -> None:
    traffic = Traffic()
    for name, url in (("1", "http://localhost/"), ("2", "http://localhost/a.js"), ("3", "data:,")):
        traffic._asked({"requestId": name, "request": {"url": url}})
    assert (traffic.requests, traffic.pending) == (2, 2)
    traffic._answered({"requestId": "2", "response": {"fromDiskCache": True}})
    for name in ("1", "2", "3"):
        traffic._finished({"requestId": name, "encodedDataLength": 1000})
    assert (traffic.requests, traffic.received, traffic.pending) == (1, 1000, 0)
    traffic._message({"response": {"opcode": 2, "payloadData": "AAAA"}})
    traffic._message({"response": {"opcode": 1, "payloadData": "text"}})
    assert traffic.received == 1007
