"""One address, four ways to read it: dashboard, plain page, data API, exported file."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from geo.api.routes import api_routes
from geo.configuration import Configuration
from geo.ledger.dataset import today
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.link.state import State, encode
from geo.paths import data_folder
from geo.web.plain_pages import share_routes
from tests.asgi import call
from tests.entities import real
from tests.geo.link.test_selection import random_filters
from tests.geo.ui.runs import Session
from tests.geo.views.test_rendering import Page as Blocks
from tests.geo.web.share_app import Page
from tests.sizes import size

BATCH = 100
STATES = size(2 * BATCH, 1000)


def _open(query: str) -> Opened:
    return open_address(data_folder(), parse_query(query), today())


WEB = Starlette(routes=[*share_routes(_open, Configuration, ["/"]), *api_routes(_open, lambda: ())])


def random_state(seed: int) -> State:
    chance = random.Random(seed)
    filters = random_filters(seed)
    if chance.random() < 0.2:
        ends: dict[str, Any] = {"since": chance.choice(["2022", "2022-10", "2022-09-12"])}
        if chance.random() < 0.5:
            ends["until"] = chance.choice(["2022-12", "2023", "2024-05-01"])
        filters = filters.replace(**ends, certain=chance.random() < 0.5)
    first, last = real().first_day, date(2026, 11, 20)
    day = first + timedelta(days=chance.randrange((last - first).days))
    return State(filters=filters, as_of=day if chance.random() < 0.5 else None)


def _column(text: str, name: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return [row[name] for row in rows]


def _asked(path: str, query: str) -> str:
    answer = call(WEB, path, query=query.encode())
    assert answer.status == 200
    return answer.text


@pytest.mark.parametrize("start", range(0, STATES, BATCH))
def test_random_states_select_the_same_everywhere(start: int) -> None:
    session, sizes = Session(), set()
    for seed in range(start, start + BATCH):
        query = encode(random_state(seed))
        dashboard = Blocks(session.open("map", query)["map"])
        marks = [id_ for ids in dashboard.values("data-records") for id_ in ids.split()]
        records = sorted(set(marks))
        # each has one mark on a map and one on a tile
        assert sorted(marks) == sorted(records * 2), query
        sizes.add(len(records))
        assert sorted(Page(call(WEB, "/v", query=query.encode())).ids) == sorted(records), query
        assert sorted(_column(_asked("/api/records.csv", query), "record")) == sorted(records), (
            query
        )
        features = json.loads(_asked("/api/records.geojson", query))["features"]
        assert sorted(f["id"] for f in features) == sorted(records), query
        told = json.loads(_asked("/api/events.json", query))["events"]
        entries = Blocks(session.open("timeline", f"{query}&listed=9999")["timeline-list"])
        assert sorted(entries.values("data-event")) == sorted(e["id"] for e in told), query
    # states that all select nothing, or everything, would prove little
    assert len(sizes) > BATCH // 10
