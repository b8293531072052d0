"""Whoever tries ids cannot tell one withdrawn for privacy or safety from one that never was."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import app
from geo.link.last_good import STILL
from geo.link.readings import require_still
from geo.model.vocabulary import GROUNDS
from tests.asgi import Answer, call
from tests.geo.link.changing_files import Clock
from tests.geo.ui.runs import Session
from tests.ledger_files import LedgerFiles
from tests.served_addresses import every_address
from tests.sizes import size

#: withdrawn, and never used, of the same length
IDS = {
    "record": ("nl-rotterdam-1", "nl-rotterdam-7"),
    "event": ("nl-2023-02-protest", "nl-2023-02-prequel"),
}
CARD = {"record": "/s/{id}", "event": "/e/{id}"}
#: addresses that name an id: every page, file, feed and picture takes one
QUERIES = ("{kind}={id}", "country=NL&{kind}={id}&asof=2024", "lang=nl&v=1a2b3c4d&{kind}={id}")
SECRET = [ground for ground, told in GROUNDS.items() if not told]
#: hashes of the address, which has the id in it
DIGESTS = {"etag"}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LedgerFiles:
    made = LedgerFiles(tmp_path / "data")
    monkeypatch.setenv("ATLAS_DATA", str(made.folder))
    return made


def withdraw(files: LedgerFiles, kind: str, ground: str) -> None:
    files.add(
        "withheld", kind=kind, id=IDS[kind][0], field="", since="2026-10-02", ground=ground, note=""
    )


def said(answer: Answer, name: str) -> tuple[object, ...]:
    def plain(text: str) -> str:
        return text.replace(name, "?")

    fields = sorted((n, plain(v)) for n, v in answer.headers.items())
    body = plain(answer.body.decode("utf-8", "backslashreplace"))
    return answer.status, len(answer.raw), [f for f in fields if f[0] not in DIGESTS], body


def addresses(kind: str) -> list[str]:
    # a picture of pixels is drawn from the same state as the one that is text
    plain = [
        r.path for r in app.routes
        if "{" not in r.path and not r.path.endswith((".png", ".ico"))
    ]  # fmt: skip
    return [CARD[kind], *(f"{path}?{query}" for path in plain for query in QUERIES[: size(1, 3)])]


@pytest.mark.parametrize(("ground", "kind"), list(zip(SECRET, IDS, strict=True)))
def test_a_secret_withdrawal_is_answered_as_an_id_that_never_was(
    files: LedgerFiles, kind: str, ground: str
) -> None:
    before = [call(app.app, CARD[kind].format(id=name)).status for name in IDS[kind]]
    assert before == [200, 404]
    withdraw(files, kind, ground)
    for address in addresses(kind):
        answers = []
        for name in IDS[kind]:
            path, _mark, query = address.format(id=name, kind=kind).partition("?")
            answer = call(
                app.app, path, query=query.encode(), headers={"accept-encoding": "identity"}
            )
            answers.append(said(answer, name))
        withdrawn, unknown = answers
        assert withdrawn == unknown, address


@pytest.mark.parametrize("kind", IDS)
def test_a_socket_does_not_tell_them_apart_either(files: LedgerFiles, kind: str) -> None:
    withdraw(files, kind, "privacy")
    session = Session()
    sent = []
    for name in IDS[kind]:
        blocks = session.open("map", f"{kind}={name}")
        sent.append({block: html.replace(name, "?") for block, html in blocks.items()})
    assert sent[0] == sent[1]


@pytest.mark.parametrize("ground", [ground for ground, told in GROUNDS.items() if told])
def test_another_withdrawal_is_told_by_kind_and_day_on_page_and_preview(
    files: LedgerFiles, ground: str
) -> None:
    withdraw(files, "record", ground)
    withdraw(files, "event", ground)
    for kind, word in (("record", "record"), ("event", "entry")):
        sentence = f"The {word} in this link was withdrawn on 2 October 2026."
        page = call(app.app, CARD[kind].format(id=IDS[kind][0]))
        assert (page.status, sentence in page.text) == (410, True)
        text = call(app.app, "/", query=f"{kind}={IDS[kind][0]}".encode()).text
        assert f'name="description" content="{sentence}' in text
        assert f'property="og:description" content="{sentence}' in text
        assert text.count(sentence) > 2
    about = call(app.app, "/about").text
    assert "2 October 2026: 1 record, 1 entry withdrawn" in about


@pytest.mark.parametrize("refused", [False, True], ids=["taken", "refused"])
def test_a_ground_that_is_changed_is_obeyed(files: LedgerFiles, refused: bool) -> None:
    def ask(name: str) -> Answer:
        return call(app.app, f"/s/{name}", headers={"accept-encoding": "identity"})

    def change(ground: str, since: str = "2026-10-02") -> None:
        files.edit("withheld", "record", ground=ground, since=since)

    withdraw(files, "record", "legal")
    name, unknown = IDS["record"]
    assert ask(name).status == 410
    if refused:
        files.bytes("stations", b"<html>")
    for ground in (*SECRET, "legal", *SECRET[::-1], "because", "error"):
        change(ground)
        if GROUNDS.get(ground):
            assert (ask(name).status, "2 October 2026" in ask(name).text) == (410, True)
        else:
            # not even the day may show
            assert said(ask(name), name) == said(ask(unknown), unknown)
            assert ask(name).status == 404
    change("legal", since="2026-10-03")
    assert "3 October 2026" in ask(name).text
    assert "2 October 2026" not in ask(name).text
    health = json.loads(call(app.app, "/healthz").body)
    assert (bool(health["refused"]), health["lifted"]) == (refused, 0)


def test_a_ground_that_becomes_secret_is_obeyed_before_the_file_is_still(
    files: LedgerFiles,
) -> None:
    clock = Clock()
    require_still(STILL, clock)
    try:
        withdraw(files, "record", "legal")
        address = CARD["record"].format(id=IDS["record"][0])
        assert call(app.app, address).status == 410
        for ground, at_once, soon in (("privacy", 404, 404), ("legal", 404, 410)):
            with clock.writing():
                files.edit("withheld", "record", ground=ground)
                files.bytes("stations", b"<html>")
                assert call(app.app, address).status == at_once
            assert call(app.app, address).status == soon
            assert json.loads(call(app.app, "/healthz").body)["refused"]
    finally:
        require_still(0)


#: tables whose rows have an id, and what withholds one of them
WHOLE = {
    "stations": ("record", ""), "investigations": ("event", ""),
    "sources": ("field", "publisher"), "counts": ("field", "value"),
}  # fmt: skip
TEXTS = ("text/", "application/", "image/svg")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def test_no_answer_names_an_id_once_all_are_withheld(files: LedgerFiles) -> None:
    ledger = {name: files.rows(name) for name in WHOLE}
    every = every_address(ledger)
    for name, (kind, field) in WHOLE.items():
        for row in ledger[name]:
            files.add(
                "withheld", kind=kind, id=row["id"], field=field, since="2026-10-02",
                ground="safety", note="",
            )  # fmt: skip
    ids = {row["id"] for rows in ledger.values() for row in rows}
    for path, query in every:
        answer = call(app.app, path, query=query.encode())
        text = answer.body.decode("utf-8", "replace")
        if answer.headers["content-type"].startswith(TEXTS):
            named = set(_NAME.findall(text)) & ids
            assert named <= set(_NAME.findall(path)), path
