"""How many keys lead from the first page to what readers come for, with a keyboard alone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.sizes import size

LIVE = "() => document.documentElement.dataset.live === 'true'"
FOCUSED = "(selector) => document.activeElement.matches(selector)"
AMSTERDAM = "nl-amsterdam-1"
TITLE = "#card-title[data-focus='{}']"
SCREENS = pytest.mark.parametrize(
    "screen", [DESK, PHONE][: size(1, 2)], ids=["desk", "phone"][: size(1, 2)]
)
MOST = 60  # keys after which a way leads nowhere


class Keyboard:
    """A reader with a keyboard alone, whose keys are counted from a fresh first page."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.pressed = 0
        reader.page.goto(reader.url + "/")
        reader.until(LIVE)

    def press(self, key: str, then: str = "") -> None:
        """Press a key, and wait until the focus is on a selector."""
        self.pressed += 1
        self.reader.page.keyboard.press(key)
        if then:
            self.reader.until(FOCUSED, then)

    def letters(self, text: str) -> None:
        """Write a text, a key a letter."""
        for letter in text:
            self.press(letter)

    def tab(self, selector: str) -> None:
        """Go on until the focus is on a selector."""
        for _key in range(MOST):
            self.press("Tab")
            if self.reader.page.evaluate(FOCUSED, selector):
                return
        found = self.reader.page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)")
        raise AssertionError(f"{selector} is not within {MOST} keys; the focus is on {found}")

    def skip(self, part: str) -> None:
        """Use a link that leads past what is before a part of the page."""
        self.tab(f".skips a[href='#{part}']")
        self.press("Enter", f"#{part}")

    def netherlands(self) -> None:
        """Open the card of the Netherlands from the map, without arrows and letters."""
        self.skip("live")
        if self.reader.page.locator("#europe").is_visible():
            self.skip("europe")
        self.tab("[data-place=NL]")
        self.press("Enter", TITLE.format("NL"))

    def amsterdam(self) -> None:
        """Open the record of Amsterdam from the card of the Netherlands."""
        self.tab(f".card a[data-record='{AMSTERDAM}']")
        self.press("Enter", TITLE.format(AMSTERDAM))


@pytest.fixture
def keyboard(readers: Readers, server: Server, screen: dict[str, int]) -> Keyboard:
    """A keyboard at a screen of one of the sizes."""
    return Keyboard(readers(server, screen))


@SCREENS
def test_amsterdam_china_s_answer_there_and_its_link(keyboard: Keyboard) -> None:
    keyboard.netherlands()
    keyboard.amsterdam()
    keyboard.tab(".card [data-copy]:not([data-text])")
    assert keyboard.pressed + 1 <= 40, "the link of the card is copied by one more"
    keyboard.tab("[data-row=answer]:nth-of-type(n+2) a, .voice.answer:not(.host) a")
    assert keyboard.pressed + 1 <= 40, "the source of China’s answer is opened by one more"


@SCREENS
def test_amsterdam_by_letters_and_by_search(keyboard: Keyboard) -> None:
    keyboard.skip("live")
    keyboard.tab("[data-place]")
    keyboard.letters("net")
    keyboard.press("Enter", TITLE.format("NL"))
    keyboard.amsterdam()
    assert keyboard.pressed <= 20

    other = Keyboard(keyboard.reader)
    other.skip("filters")
    other.tab("#f-q")
    other.letters("Amsterdam")
    other.press("Enter", f".matches a[data-record='{AMSTERDAM}']")
    other.press("Enter", TITLE.format(AMSTERDAM))
    assert other.pressed <= 25


@SCREENS
def test_china_s_answer_and_the_link_of_the_view(keyboard: Keyboard) -> None:
    keyboard.tab(".china a")
    keyboard.press("Enter", "#china-title")
    assert keyboard.pressed <= 25

    other = Keyboard(keyboard.reader)
    other.tab("#menu-share > summary")
    other.press("Enter")
    other.tab("[data-copy]")
    assert other.pressed + 1 <= 20


@SCREENS
def test_a_filter_and_a_day(keyboard: Keyboard, screen: dict[str, int]) -> None:
    keyboard.skip("filters")
    if screen is PHONE:
        keyboard.tab("#menu-all > summary")
        keyboard.press("Enter")
    keyboard.tab("#menu-country > summary")
    keyboard.press("Enter")
    keyboard.tab("#narrow-country")
    keyboard.letters("neth")
    keyboard.tab("#f-country-NL")
    keyboard.press("Space")
    keyboard.reader.until("() => document.querySelector('#sentence').dataset.total === '2'")
    assert keyboard.pressed <= 15

    other = Keyboard(keyboard.reader)
    other.skip("filters")
    if screen is PHONE:
        other.tab("#menu-asof > summary")
        other.press("Enter")
    other.tab("#step-back, #menu-asof .days .narrow")
    other.press("Enter")
    other.reader.until("() => location.search.includes('asof')")
    assert other.pressed <= 12


@SCREENS
def test_an_entry_and_a_file(keyboard: Keyboard) -> None:
    keyboard.skip("list")
    keyboard.tab("#list a[data-event]")
    keyboard.press("Enter", "#card-title")
    assert keyboard.pressed <= 12

    other = Keyboard(keyboard.reader)
    other.skip("page")
    other.tab("#sentence a")
    other.press("Enter", "#records-title")
    other.tab("a[download][href*='records.csv']")
    assert other.pressed + 1 <= 12


@pytest.mark.parametrize("screen", [DESK], ids=["desk"])
def test_arrows_go_to_the_nearest_country_in_their_direction(keyboard: Keyboard) -> None:
    keyboard.reader.page.locator("[data-map] [data-place=NL]").focus()
    keyboard.press("ArrowUp")
    keyboard.reader.until("() => document.activeElement.dataset.place !== 'NL'")
    keyboard.press("ArrowDown", "[data-place]")
    for key, sign in (("ArrowLeft", -1), ("ArrowRight", 1)):
        at = keyboard.reader.page.evaluate
        middle = "() => { const r = document.activeElement.getBoundingClientRect();"
        middle += " return (r.left + r.right) / 2; }"
        before = at(middle)
        keyboard.press(key, "[data-place]")
        assert (at(middle) - before) * sign > 0, key
