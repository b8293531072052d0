"""Filters change the symbols and nothing else; and the numbers agree everywhere."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, expect

from geo.ledger.snapshot import Snapshot
from geo.link.parameters import facets
from geo.link.selection import Filters, Selection
from geo.model.latest_word import Circle, Path
from geo.model.vocabulary import LATEST_WORDS
from tests.browser.driver import FRAME, Reader
from tests.sizes import size

SEQUENCES = size(12, 50)

#: keeps, for every frame that is painted and every 50 ms, what the map shows
SAMPLER = """() => {
  const frame = document.querySelector('iframe[title*="st_folium"]');
  frame.mark = "the same node";
  window.samples = [];
  const take = () => {
    const now = document.querySelector('iframe[title*="st_folium"]');
    const map = now && now.contentWindow.map;
    const shown = map ? [...now.contentDocument.querySelectorAll(".atlas-symbol")]
      .filter((e) => e.getClientRects().length).length : 0;
    const centre = map ? map.getCenter() : { lat: 0, lng: 0 };
    window.samples.push([now && now.mark, shown, map && map.getZoom(), centre.lat, centre.lng]);
  };
  window.sampling = setInterval(take, 50);
  const paint = () => { take(); window.painting = requestAnimationFrame(paint); };
  paint();
}"""
STOP = """() => { clearInterval(window.sampling); cancelAnimationFrame(window.painting);
  return window.samples; }"""

CHANGES = [
    ("province", "CN-ZJ"),
    ("country", "IT"),
    ("country", "ES"),
    ("province", "CN-ZJ"),
    ("flag", "inquiry"),
    ("status", "authority_looking"),
    ("country", "IT"),
    ("status", "authority_looking"),
    ("flag", "inquiry"),
    ("country", "ES"),
]


def _toggled(filters: Filters, facet: str, code: str) -> Filters:
    picked = getattr(filters, facet)
    left = tuple(c for c in picked if c != code) if code in picked else (*picked, code)
    return filters.replace(**{facet: left})


def _wait(reader: Reader, selection: Selection) -> None:
    """Wait until sentence, list and map show exactly this selection's countries, or fail."""
    reader.until(
        """([total, countries]) => {
          const frame = document.querySelector('iframe[title*="st_folium"]');
          const sentence = document.querySelector("#sentence");
          if (!frame || !sentence || Number(sentence.dataset.total) !== total) return false;
          const symbols = [...frame.contentDocument.querySelectorAll(".atlas-country")];
          const rows = [...document.querySelectorAll("[data-panel=list] [data-country]")];
          const n = Object.keys(countries).length;
          return symbols.length === n && rows.length === n &&
            symbols.every((e) => countries[e.dataset.id] === Number(e.dataset.count)) &&
            rows.every((e) => countries[e.dataset.country] === Number(e.textContent));
        }""",
        [len(selection.records), dict(selection.countries)],
    )


@pytest.mark.parametrize("view", ["", "&view=43.00_5.00_4.5"], ids=["countries", "cities"])
def test_a_filter_keeps_the_frame_its_zoom_and_centre_and_never_empties_it(
    reader: Reader, snapshot: Snapshot, view: str
) -> None:
    reader.open(f"/?lang=en{view}")
    if view:
        reader.until(
            "() => document.querySelector('iframe[title*=st_folium]').contentDocument"
            ".querySelectorAll('.atlas-city').length > 5"
        )
    before = reader.view()
    reader.page.evaluate(SAMPLER)
    filters = Filters()
    for facet, code in CHANGES:
        filters = _toggled(filters, facet, code)
        selection = filters.select(snapshot)
        assert selection.records, "an empty result may show no symbol: choose other changes"
        reader.pick(facet, code)
        _wait(reader, selection)
    samples = reader.page.evaluate(STOP)
    assert len(samples) > 50
    assert {sample[0] for sample in samples} == {"the same node"}
    assert min(sample[1] for sample in samples) > 0
    for sample in samples:
        assert tuple(sample[2:]) == pytest.approx((before[2], before[0], before[1]), abs=1e-9)
    assert filters.empty


def test_the_first_view_shows_every_country_of_the_selection(reader: Reader) -> None:
    reader.open("/")
    outside = reader.frame.evaluate(
        "() => [...document.querySelectorAll('.atlas-country')].filter((e) => {"
        " const r = e.getBoundingClientRect();"
        " return r.left < 0 || r.top < 0 || r.right > innerWidth || r.bottom > innerHeight; })"
        ".map((e) => e.dataset.id)"
    )
    assert outside == []


def _views() -> Iterator[tuple[float, float]]:
    """Centres from which a map of city level shows every inhabited part of the world."""
    for lat in (66, 58, 48, 36, 22, 6, -10, -26, -42):
        for lon in range(-165, 180, 15):
            yield lat, lon


def test_city_symbols_add_up_to_the_records_with_a_city_over_the_whole_world(
    reader: Reader, snapshot: Snapshot
) -> None:
    reader.open("/")
    everything = Filters().select(snapshot)
    found: dict[str, int] = {}
    # only what can be seen counts: the map draws no symbol far outside its frame
    seen = reader.frame.evaluate(
        """async (centres) => {
          const found = {};
          for (const [lat, lon] of centres) {
            map.setView([lat, lon], 4.5, { animate: false });
            await new Promise((done) => requestAnimationFrame(done));
            for (const e of document.querySelectorAll(".atlas-symbol")) {
              const r = e.getBoundingClientRect();
              if (!r.width || r.right < 0 || r.bottom < 0 || r.left > innerWidth
                || r.top > innerHeight) continue;
              found[(e.classList.contains("atlas-city") ? "" : "country ") + e.dataset.id] =
                Number(e.dataset.count);
            }
          }
          return found;
        }""",
        list(_views()),
    )
    found |= seen
    assert not [name for name in found if name.startswith("country ")], "rings at city level"
    assert sum(found.values()) == len(everything.with_city)
    without = len(everything.records) - len(everything.with_city)
    assert without > 0
    expect(reader.page.locator(".legend")).to_contain_text(f"{without} selected records")
    expect(reader.page.locator(".legend")).to_contain_text("only a country or region")


@pytest.mark.parametrize(
    ("country", "view"),
    [("ES", "39.00_-5.00_5"), ("IT", "42.50_12.00_5.5"), ("CA", "48.00_-98.00_4.25")],
)
def test_city_symbols_of_one_country_add_up(
    reader: Reader, snapshot: Snapshot, country: str, view: str
) -> None:
    reader.open(f"/?country={country}&view={view}")
    selection = Filters(country=(country,)).select(snapshot)
    reader.until(
        "(n) => [...document.querySelector('iframe[title*=st_folium]').contentDocument"
        ".querySelectorAll('.atlas-city')].reduce((s, e) => s + Number(e.dataset.count), 0) === n",
        len(selection.with_city),
    )
    shown = reader.shown()
    assert shown.countries == {}
    assert sum(shown.cities.values()) == len(selection.with_city)
    assert shown.total == shown.list[country] == len(selection.records)
    missing = len(selection.records) - len(selection.with_city)
    assert ("only a country or region" in reader.page.locator(".legend").inner_text()) == (
        missing > 0
    )


def _steps(chance: random.Random, reader: Reader) -> list[tuple[str, str]]:
    """One to three options at random, most often of the filters that stand in sight."""
    offered: list[list[str]] = reader.page.evaluate(
        "() => [...document.querySelector('#filters').elements]"
        ".filter((b) => b.type === 'checkbox').map((b) => [b.name, b.value])"
    )
    known = {row.name for row in facets()}
    by_facet: dict[str, list[str]] = {}
    for facet, code in offered:
        if facet in known and code not in ("EU", "ZZ"):
            by_facet.setdefault(facet, []).append(code)
    assert set(by_facet) == known
    return [
        (facet, chance.choice(sorted(by_facet[facet])))
        for facet in chance.choices(sorted(by_facet), k=chance.randint(1, 3))
    ]


def _agree(reader: Reader, selection: Selection) -> None:
    _wait(reader, selection)
    shown = reader.shown()
    countries = dict(selection.countries)
    assert shown.total == len(selection.records)
    assert shown.list == countries
    assert shown.countries == countries
    said = re.match(r"(\d+) record", shown.sentence)
    assert (int(said.group(1)) if said else 0) == len(selection.records)


def test_the_numbers_agree_over_random_filter_sequences(reader: Reader, snapshot: Snapshot) -> None:
    page = reader.open("/")
    chance = random.Random(20221205)
    filters = Filters()
    sizes: Counter[bool] = Counter()
    for _number in range(SEQUENCES):
        for facet, code in _steps(chance, reader):
            reader.pick(facet, code)
            filters = _toggled(filters, facet, code)
            selection = filters.select(snapshot)
            _agree(reader, selection)
            sizes[bool(selection.records)] += 1
        if len(filters.active) > 1 or not selection.records:
            page.get_by_role("link", name="Clear all").click()
            filters = Filters()
            _agree(reader, filters.select(snapshot))
    # the sequences must have seen something, and nothing
    assert sizes[True] > SEQUENCES / 2
    assert sizes[False] > 0


def test_a_click_beside_an_open_menu_is_made_where_it_was_aimed(reader: Reader) -> None:
    page = reader.open("/?province=CN-JS&status=told_to_stop&jurisdiction=nantong")
    for menu in page.locator("details.menu").all():
        if not menu.is_visible():
            continue
        menu.locator("summary").click()
        expect(menu.locator(".pop")).to_be_visible()
        # a menu that is wider than the rest of the row moves the page when it is closed
        reader.until("() => document.documentElement.scrollWidth <= innerWidth")
    page.locator("#menu-more summary").click()
    page.evaluate("() => scrollTo(1000, 0)")
    page.get_by_role("link", name="Clear all").click()
    reader.until("() => !location.search.includes('province')")
    expect(page.locator("details.menu[open]")).to_have_count(0)


def test_quick_clicks_are_all_kept(reader: Reader, snapshot: Snapshot) -> None:
    reader.open("/")
    reader.page.locator("#menu-country summary").click()
    # faster than any answer of the server
    for code in ("ES", "IT", "FR", "CA", "NL"):
        reader.page.locator(f"#f-country-{code}").dispatch_event("click")
    selection = Filters(country=("CA", "ES", "FR", "IT", "NL")).select(snapshot)
    _agree(reader, selection)
    reader.until("() => location.search.split('country=').length === 6")


def test_a_click_right_after_clear_all_brings_nothing_back(
    reader: Reader, snapshot: Snapshot
) -> None:
    page = reader.open("/?country=ES&province=CN-ZJ&flag=inquiry&q=madrid&view=25.00_15.00_1.75")
    page.evaluate(
        "() => { document.querySelector('.clear').click();"
        " document.querySelector('#f-country-NL').click(); }"
    )
    _agree(reader, Filters(country=("NL",)).select(snapshot))
    reader.until("() => location.search.startsWith('?country=NL&view=')")
    reader.checked("f-country-NL")


def test_a_symbol_opens_its_card_by_mouse_and_by_keyboard(reader: Reader) -> None:
    page = reader.open("/?country=NL&view=52.00_5.00_6")
    frame = page.frame_locator(FRAME)
    city = frame.locator('.atlas-city[data-id="nl-rotterdam-1"]')
    city.click()
    expect(page.locator("article.card h2")).to_contain_text("Rotterdam")
    page.keyboard.press("Escape")
    expect(page.locator("article.card")).to_have_count(0)
    city.focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.card h2")).to_contain_text("Rotterdam")
    expect(page.locator("#card-title")).to_be_focused()
    page.get_by_role("link", name="Close the card").click()
    expect(page.locator("article.card")).to_have_count(0)


def test_a_city_with_several_records_opens_a_list_of_them(reader: Reader) -> None:
    page = reader.open("/?country=ES&view=40.00_-3.00_6")
    city = page.frame_locator(FRAME).locator('.atlas-city[data-id="es-madrid"]')
    city.click()
    expect(page.locator("article.card h2")).to_contain_text("Madrid")
    links = page.locator("article.card .records a")
    assert str(links.count()) == city.get_attribute("data-count")
    links.last.click()
    expect(page.locator("article.card footer")).to_contain_text("es-madrid-3")


def test_a_country_symbol_opens_the_country_s_answers(reader: Reader) -> None:
    page = reader.open("/")
    page.frame_locator(FRAME).locator('.atlas-country[data-id="BR"]').click()
    expect(page.locator("article.card h2")).to_contain_text("Brazil")
    expect(page.locator("article.card h3").first).to_contain_text("The country’s answers")


def path_of(path: Path) -> str:
    """A path in unit coordinates as SVG writes it."""
    steps = [
        f"{'M' if i == 0 else f'A{p.arc:g} {p.arc:g} 0 0 0 ' if p.arc else 'L'}{p.x:g} {p.y:g}"
        for i, p in enumerate(path.points)
    ]
    return "".join(steps) + "Z" * path.closed


#: what the map's script draws for a code, as the kind and the numbers of each element
DRAWN = """(codes) => Object.fromEntries(codes.map((code) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  AtlasMap.shape(svg, code, 0, 0, 1, false);
  const elements = [...svg.querySelectorAll("circle, path")].map((element) => [
    element.parentNode.getAttribute("class"), element.getAttribute("class"),
    element.getAttribute("d") ?? Number(element.getAttribute("r")),
  ]);
  return [code, elements];
}))"""


def test_the_script_draws_each_shape_from_the_vocabulary_and_no_unknown_one(
    reader: Reader,
) -> None:
    reader.open("/")
    drawn = reader.frame.evaluate(DRAWN, list(LATEST_WORDS))
    for code, word in LATEST_WORDS.items():
        hue, primitives = word.shape.hue, word.shape.primitives
        expected = [
            [hue, p.fill, p.radius if isinstance(p, Circle) else path_of(p)] for p in primitives
        ]
        assert drawn[code] == expected, code
    assert reader.frame.evaluate(DRAWN, ["mixed"]) == {"mixed": []}
    with pytest.raises(Error, match="No shape is known for the latest word “moved_elsewhere”"):
        reader.frame.evaluate(DRAWN, ["moved_elsewhere"])
