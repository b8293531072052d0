"""Embeds: who may frame them, what they say, and what they never have."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from geo.configuration import Configuration
from geo.link.embed_addresses import EMBEDS
from tests.asgi import Answer, call
from tests.geo.web.whole_app import whole_app
from tests.ledger_files import DATA, LedgerFiles, released

PAPER = "https://paper.example"
FRAME = "https://frame.example"
ALLOWED = Configuration(publisher="The Publisher", embedded_by=(PAPER,), framed_by=(FRAME,))
CLOSED = Configuration(publisher="The Publisher", framed_by=(FRAME,))
APP, REFUSING = whole_app(configuration=ALLOWED), whole_app(configuration=CLOSED)
#: an embed of each form, and what is drawn or said in it
FORMS = {
    "/embed": "tiles-by-region",
    "/embed?country=NL&asof=2022-12-05": "tiles-by-region",
    "/embed?view=52.00_5.00_6": "map-picture",
    "/embed/timeline?country=NL": "chart timeline",
    "/embed?record=nl-rotterdam-1": "Host authorities",
    "/embed?event=nl-2022-11-01-told-to-stop": "About these records",
    "/embed?place=CA": "Records and the latest word on each",
    "/embed?place=es-madrid": "Records and the latest word on each",
    "/embed/timeline?record=nl-rotterdam-1": "Host authorities",
    "/embed?asof=2022-01-01&record=nl-rotterdam-1": "no claim had been made by 1 January 2022",
}


def ask(address: str, app: object = APP) -> Answer:
    path, _mark, query = address.partition("?")
    return call(app, path, query=query.encode())  # type: ignore[arg-type]


def ancestors(answer: Answer) -> list[str]:
    (policy,) = answer.headers.getlist("content-security-policy")
    (named,) = (part for part in policy.split("; ") if part.startswith("frame-ancestors "))
    return named.split()[1:]


@pytest.mark.parametrize("path", sorted(EMBEDS))
def test_only_the_sites_named_for_embeds_may_frame_them(path: str) -> None:
    for query in ("", "?record=nl-rotterdam-1", "?record=nl-nowhere-9"):
        assert ancestors(ask(path + query)) == [PAPER]
        assert ancestors(ask(path + query, REFUSING)) == ["'none'"]


@pytest.mark.parametrize(
    "path", ["/", "/timeline", "/s/nl-rotterdam-1", "/v", "/api", "/embed/code", "/embed/no", "/no"]
)
def test_no_other_address_may_be_framed_by_them(path: str) -> None:
    assert ancestors(ask(path)) == ["'self'", FRAME]


@pytest.mark.parametrize("address", FORMS)
def test_an_embed_is_whole_and_says_what_it_is(address: str) -> None:
    answer = ask(address)
    text = unescape(answer.text)
    assert answer.status == 200
    assert FORMS[address] in text
    assert "Each record is an attributed public claim, not a finding." in text
    day = "5 December 2022" if "2022-12" in address else "1 January 2022"
    assert f"As of {day if 'asof' in address else '22 November 2026'}." in text
    assert re.search(r"Ledger version [0-9a-f]{8}\. Published by The Publisher\.", text)
    page, query = ("timeline" if "/timeline" in address else ""), address.partition("?")[2]
    full = f"https://atlas.example:8501/{page}{f'?{query}' if query else ''}"
    assert f'<a class="full" href="{full}" target="_blank" rel="noopener">' in text
    assert '<base target="_blank">' in text
    assert "<title>" in text
    assert text.count("<h1") == text.count("<main") == 1


def _headline(address: str) -> str:
    (title,) = re.findall(r'<h2 class="headline">(.*?)</h2>', unescape(ask(address).text))
    return str(title)


def test_a_finding_about_a_selection_names_it() -> None:
    assert re.match(r"(At least )?\d+ of \d+ statements", _headline("/embed/timeline"))
    named = _headline("/embed/timeline?country=IT")
    assert re.match(r"Italy: (at least )?\d+ of \d+ statements", named)


@pytest.mark.parametrize("address", FORMS)
def test_an_embed_runs_nothing_and_leaves_nothing_behind(address: str) -> None:
    answer = ask(address)
    assert "<script" not in answer.text
    assert not re.search(r"\son\w+=", answer.text)
    assert "set-cookie" not in answer.headers
    assert "x-frame-options" not in answer.headers
    assert answer.headers["x-robots-tag"] == "noindex"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy
    assert "connect-src" not in policy
    sources = re.findall(r'<(?:link rel="stylesheet"|img)[^>]* (?:href|src)="([^"]+)"', answer.text)
    assert sources
    assert [s for s in sources if not s.startswith("/assets/")] == []
    assert all(call(APP, *_parts(source)).status == 200 for source in set(sources))


def _parts(address: str) -> tuple[str]:
    return (address.partition("?")[0].partition("#")[0],)


def test_without_the_setting_it_says_so_in_words() -> None:
    for address in (*FORMS, "/embed/code", "/embed/code/timeline?country=NL"):
        answer = ask(address, REFUSING)
        assert answer.status == 403
        assert "cannot be shown inside pages of other sites" in answer.text
        assert answer.headers["cache-control"] == "no-store, no-transform"
    assert 'href="/?record=nl-rotterdam-1"' in ask("/embed?record=nl-rotterdam-1", REFUSING).text


@pytest.mark.parametrize("name", ["record", "event", "place"])
def test_a_card_that_is_not_there_never_becomes_the_map(name: str) -> None:
    answer = ask(f"/embed?{name}=nl-nowhere-9")
    assert answer.status == 404
    assert f"Ignored in this link: {name}=“nl-nowhere-9”" in answer.text
    assert "tiles-by-region" not in answer.text


@pytest.mark.parametrize(("ground", "status"), [("error", 410), ("privacy", 404)])
def test_a_withdrawn_card_is_gone_in_an_embed_too(tmp_path: Path, ground: str, status: int) -> None:
    files = LedgerFiles(tmp_path / "data")
    (files.folder / "withheld.csv").write_text(
        "kind,id,field,since,ground,note\n"
        f"record,nl-rotterdam-1,,2026-11-20,{ground},Withdrawn on request\n",
        encoding="utf-8",
    )
    answer = ask("/embed?record=nl-rotterdam-1", whole_app(files.folder, ALLOWED))
    assert answer.status == status
    assert "Rotterdam" not in answer.text
    assert ("was withdrawn on 20 November 2026" in answer.text) is (status == 410)


def test_what_of_the_address_is_ignored_is_said() -> None:
    text = ask("/embed?country=NL&status=nonsense").text
    assert "Ignored in this link: status=“nonsense”" in text


@pytest.mark.parametrize(
    ("changed", "meant"),
    [
        ("/Embed/?country=nl", "/embed?country=NL"),
        ("/embed/Timeline/?rows=COUNTRY", "/embed/timeline?rows=country"),
        ("/embed?country=NL&amp;asof=2022-12-05", "/embed?country=NL&asof=2022-12-05"),
    ],
)
def test_a_changed_address_leads_to_the_embed_that_was_meant(changed: str, meant: str) -> None:
    answer = ask(changed)
    assert (answer.status, answer.headers["location"]) == (301, meant)


def test_a_fixed_embed_goes_on_showing_its_release(tmp_path: Path) -> None:
    files = released(tmp_path / "data")
    app = whole_app(files.folder, ALLOWED)
    code = unescape(ask("/embed/code?record=nl-rotterdam-1", app).text)
    fixed = next(
        a for a in re.findall(r'src="https://atlas.example:8501([^"]+)"', code) if "v=" in a
    )
    assert "asof=2026-11-22" in fixed
    assert "Not released" not in code
    full = re.findall(r'class="full" href="([^"]+)"', unescape(ask(unescape(fixed), app).text))
    assert full == ["https://atlas.example:8501/" + unescape(fixed).removeprefix("/embed")]


def test_the_code_of_a_fixed_timeline_has_its_rows_and_its_period() -> None:
    code = unescape(unescape(ask("/embed/code/timeline?asof=2026-11-01").text))
    fixed, live = code.split("Kept up to date", 1)
    sources = re.findall(r'src="https://atlas.example:8501([^"]+)"', fixed)
    assert len(sources) == 3
    assert set(sources) == {sources[0]}
    assert re.search(r"rows=speaker&period=\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d&v=", sources[0])
    assert 'src="https://atlas.example:8501/embed/timeline"' in live


def test_the_frozen_ledger_has_no_release() -> None:
    assert not (DATA / "releases").exists()
    assert "Not released" in ask("/embed/code").text
