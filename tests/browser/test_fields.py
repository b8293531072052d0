"""What is written into a field, sign by sign, by whichever keys or input method."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from geo.model.names import country_codes, country_name
from geo.model.searchable import words
from tests.browser.conftest import Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.sizes import size

DAY = "#f-asof"
SENTENCE_AS_OF = re.compile("As of 5 December 2022")
#: more than the rest after which a field is looked at
SLOWLY = 450


def _steps(reader: Reader) -> int:
    steps: int = reader.page.evaluate("() => history.length")
    return steps


def _open_day(reader: Reader, address: str) -> None:
    reader.open(address)
    reader.page.click("#menu-asof > summary")
    reader.page.focus(DAY)


@pytest.mark.parametrize("script", [True, False][: size(1, 2)])
def test_a_day_that_is_typed_is_shown_once_it_is_whole(
    readers: Readers, server: Server, script: bool
) -> None:
    reader = readers(server)
    if not script:  # before Streamlit, or without its socket
        reader.context.route_web_socket("**/_stcore/stream", lambda _socket: None)
        reader.page.goto(server.url + "/?asof=2023-05-15")
        reader.until("() => window.atlas?.go !== undefined")
        reader.page.click("#menu-asof > summary")
        reader.page.focus(DAY)
    else:
        _open_day(reader, "/?asof=2023-05-15")
    page, before = reader.page, _steps(reader)
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    page.keyboard.type("12052022", delay=SLOWLY)
    expect(page.locator("#sentence")).to_contain_text(SENTENCE_AS_OF)
    days = [found.group(1) for url in seen if (found := re.search(r"asof=([\d-]+)", url))]
    assert [day for day in days if day < "2022"] == [], "a year that is not whole was sent"
    assert all("asof=" in url for url in seen if url.startswith(server.url)), "the day was lost"
    assert _steps(reader) == before + 1
    assert page.locator(".notice").count() == 0
    expect(page.locator(DAY)).to_be_focused()


def test_a_day_that_is_none_keeps_the_view_and_escape_restores_it(reader: Reader) -> None:
    _open_day(reader, "/?asof=2022-12-05")
    page, address = reader.page, reader.page.url
    for typed in ("12052099", "12051990"):
        page.keyboard.type(typed)
        expect(page.locator("#fault-asof")).to_be_visible()
        expect(page.locator(DAY)).to_have_attribute("aria-describedby", "fault-asof")
        assert page.url == address
        page.keyboard.press("Escape")
        expect(page.locator(DAY)).to_have_value("2022-12-05")
        expect(page.locator("#fault-asof")).to_be_hidden()
        page.click("#menu-asof label")  # the keys go to its first part again
    page.keyboard.press("Delete")
    page.click("#menu-asof > summary")  # left half empty
    assert page.url == address
    expect(page.locator("#sentence")).to_contain_text(SENTENCE_AS_OF)


@pytest.mark.parametrize("typed", ["2022-13", "2022-02-30", "soon"][: size(2, 3)])
def test_a_range_that_is_none_keeps_the_view(reader: Reader, typed: str) -> None:
    page = reader.open("/?country=NL&from=2022-09")
    page.click("#menu-more > summary")
    page.fill("#f-from", typed)
    page.keyboard.press("Enter")
    expect(page.locator("#fault-from")).to_be_visible()
    assert reader.query["from"] == ["2022-09"]
    # and holds back no other field
    page.fill("#f-to", "2023")
    page.keyboard.press("Enter")
    reader.until("() => location.search.includes('to=2023')")
    assert reader.query["from"] == ["2022-09"]


def test_a_word_is_searched_for_once_it_is_composed(reader: Reader) -> None:
    page = reader.open("/?record=nl-rotterdam-1")
    page.focus("#f-q")
    method, before = page.context.new_cdp_session(page), _steps(reader)
    for half in ("q", "qing", "qing t"):
        method.send(
            "Input.imeSetComposition",
            {"text": half, "selectionStart": len(half), "selectionEnd": len(half)},
        )
        page.wait_for_timeout(SLOWLY)  # the reader's own time between two signs
    # Escape puts the candidates away; browsers tell it in two ways
    page.locator("#f-q").evaluate(
        "(field) => { for (const told of [{ isComposing: true }, { keyCode: 229 }])"
        " field.dispatchEvent(new KeyboardEvent('keydown',"
        " { key: 'Escape', bubbles: true, cancelable: true, ...told })); }"
    )
    assert "q" not in reader.query
    assert _steps(reader) == before
    assert reader.query["record"] == ["nl-rotterdam-1"]
    method.send("Input.insertText", {"text": "青田"})
    reader.until("() => new URLSearchParams(location.search).get('q') === '青田'")
    assert _steps(reader) == before + 1
    assert reader.query["record"] == ["nl-rotterdam-1"]


@pytest.mark.parametrize(
    "held",
    [{"altKey": True}, {"ctrlKey": True, "altKey": True}, {"modifierAltGraph": True}],
    ids=["option", "ctrl-alt", "altgr"],
)
def test_a_sign_counts_however_it_is_typed(reader: Reader, held: dict[str, bool]) -> None:
    page = reader.open("/")
    press = (
        "([where, key, held]) => document.querySelector(where).dispatchEvent("
        "new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }))"
    )
    page.evaluate(press, ["#step-back", "[", {"ctrlKey": True}])  # the browser's own
    page.evaluate(press, ["#f-q", "[", held])  # writing
    page.evaluate(press, ["body", "[", held])  # elsewhere single keys do nothing (WCAG 2.1.4)
    assert "asof" not in reader.query
    page.evaluate(press, ["#step-back", "[", held])
    reader.until("() => location.search.includes('asof=')")


def test_lists_are_searched_as_the_server_searches_in_any_language(
    readers: Readers, server: Server
) -> None:
    reader = readers(server, locale="tr-TR")
    page = reader.open("/")
    names = [country_name(code) for code in sorted(country_codes())]
    texts = [
        *names,
        "İSTANBUL Iğdır ıI",
        "STRASSE Straße",
        "Łódź Ærø Đà",
        "ʻOkina-l’Île",
        "New‑York",
    ]
    folded = page.evaluate(
        "async (texts) => {"
        " const { fold } = await window.atlas.fetched(window.atlas.modules.folding);"
        " return texts.map(fold); }",
        texts,
    )
    assert folded == [" ".join(words(text)).replace("_", "") for text in texts]
    page.click("#menu-country > summary")
    for typed, name in (("ITALY", "Italy"), ("ırelAND", "Ireland"), ("cote d ivoire", "")):
        page.fill("#narrow-country", typed)
        shown = page.locator("#menu-country label.option:visible span:first-of-type")
        expect(shown).to_have_text([name] if name else [])


def test_a_refused_clipboard_asks_to_copy_by_hand(reader: Reader) -> None:
    page = reader.open("/?country=NL")
    told: list[str] = []
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); }")
    page.click("#menu-share > summary")
    button = page.locator("#menu-share [data-copy]").first
    button.click()
    field = page.get_by_label("Copy it by hand")
    expect(field).to_be_focused()
    link = f"{reader.url}{button.get_attribute('data-copy')}"
    expect(field).to_have_value(link)
    assert page.evaluate("() => getSelection().toString()") == link
    expect(page.locator("#menu-share")).not_to_contain_text("copied")
    assert told == []
