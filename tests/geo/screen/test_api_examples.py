"""The examples of the documentation are run as they are printed, by what they are for."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

from geo.ledger.dataset import Dataset
from geo.screen.api_examples import EXAMPLES
from tests.asgi import call
from tests.entities import event, ledger, record
from tests.geo.api.data_app import serve_things

#: read as a number it would be another version, or infinite
VERSIONS = ("00123456", "12e45678")
LINES = {example.program: example.lines for example in EXAMPLES}


def _ledger() -> Dataset:
    """A record in Namibia without a city, claimed in a month, and one with a comma and accents."""
    records = [
        record("na-1", host_country="NA", host_city="", point=None, origin_city=""),
        record("nl-a-1", summary="Zoë, “quoted”;\tand 阿姆斯特丹"),
    ]
    events = [
        event("na-2022-12-claim", "2022-12", country="NA", about=("na-1",)),
        event("nl-2022-09-12-claim", happened="2022"),
    ]
    return replace(ledger(events, records), version=VERSIONS[0])


def _served(app: object) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _mark, query = self.path.partition("?")
            answer = call(app, path, query=query.encode())  # type: ignore[arg-type]
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.raw)

        def log_message(self, format: str, *args: object) -> None:
            """Write nothing: the tests say what they got."""

    return Handler


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """The data API over HTTP, as the examples read it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _served(serve_things(_ledger())))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _run(words: list[str], folder: Path) -> str:
    done = subprocess.run(
        words, cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr.lower()
    return done.stdout


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"not run: no {name} on this machine")
    return found


def _python(program: str, more: str, origin: str, folder: Path) -> dict[str, list[str]]:
    lines = LINES[program].format(origin=origin) + more
    answer: dict[str, list[str]] = json.loads(_run([sys.executable, "-c", lines], folder))
    return answer


#: what each program has to find in these columns
WANTED = {
    "record": ["na-1", "nl-a-1"],
    "host_country": ["NA", "NL"],
    "claimed_on": ["2022-12", "2022-09-12"],
    "claimed_on_first": ["2022-12-01", "2022-09-12"],
    "claimed_on_last": ["2022-12-31", "2022-09-12"],
    "ledger_version": ["v00123456", "v00123456"],
    "host_city": ["", "Amsterdam"],
    "summary": ["A short text.", "Zoë, “quoted”;\tand 阿姆斯特丹"],
}
COLUMNS = list(WANTED)


def test_pandas_reads_what_is_there(origin: str, tmp_path: Path) -> None:
    more = f"""
assert str(records["claimed_on_first"].dtype).startswith("datetime64")
records["claimed_on_first"] = records["claimed_on_first"].dt.strftime("%Y-%m-%d")
print(records[{COLUMNS}].to_json(orient="columns"))
"""
    found = _python("Python, pandas", more, origin, tmp_path)
    assert {name: list(cells.values()) for name, cells in found.items()} == WANTED  # type: ignore[attr-defined]


def test_pythons_csv_reads_what_is_there(origin: str, tmp_path: Path) -> None:
    more = f"""
import json
print(json.dumps({{name: [row[name] for row in records] for name in {COLUMNS}}}))
"""
    assert _python("Python, csv", more, origin, tmp_path) == WANTED


def test_r_reads_what_is_there(origin: str, tmp_path: Path) -> None:
    named = ", ".join(f'"{name}"' for name in COLUMNS)
    more = f"""
stopifnot(inherits(records$claimed_on_first, "Date"), !anyNA(records$host_country))
records[is.na(records)] <- ""
write.csv(lapply(records[c({named})], as.character), "out.csv", row.names = FALSE,
          fileEncoding = "UTF-8")
"""
    script = tmp_path / "read.R"
    script.write_text(LINES["R"].format(origin=origin) + more, encoding="utf-8")
    _run([_program("Rscript"), "--vanilla", str(script)], tmp_path)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert {name: [row[name] for row in rows] for name in COLUMNS} == WANTED


def test_ogr2ogr_reads_what_is_there(origin: str, tmp_path: Path) -> None:
    words = LINES["ogr2ogr"].format(origin=origin).replace('"', "").split()
    _run([_program(words[0]), *words[1:]], tmp_path)
    # what QGIS opens is written back as text, to be compared
    _run([_program("ogr2ogr"), "back.csv", "records.gpkg", "-lco", "GEOMETRY=AS_XY"], tmp_path)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "back.csv").read_text(encoding="utf-8"))))
    found = {name: [row[name].replace("/", "-") for row in rows] for name in COLUMNS}
    assert found == WANTED
    assert [(row["X"], row["Y"]) for row in rows] == [("", ""), ("4.89", "52.37")]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_of_digits_stays_text_without_being_told(version: str) -> None:
    app = serve_things(replace(_ledger(), version=version))
    text = call(app, "/api/records.csv").body.decode("utf-8-sig")
    assert set(pd.read_csv(io.StringIO(text)).ledger_version) == {f"v{version}"}
    # as it is in the file it can be put into an address
    for written in (version, f"v{version}"):
        answer = call(app, "/api/records.csv", query=f"v={written}".encode())
        assert answer.body.decode("utf-8-sig").replace("\ufeff", "") == text


def test_every_program_is_tested_and_every_example_is_three_lines() -> None:
    assert set(LINES) == {"Python, pandas", "Python, csv", "R", "ogr2ogr"}
    for lines in LINES.values():
        assert lines.count("\n") <= 4
        assert re.search(r"\{origin\}/api/records\.(csv|geojson)", lines)
