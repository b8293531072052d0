"""The detail map: filters change its marks and nothing else, and the numbers agree everywhere."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from playwright.sync_api import Error, expect

from geo.ledger.snapshot import Snapshot
from geo.link.parameters import facets
from geo.link.selection import Filters, Selection
from geo.model.latest_word import Circle, Path
from geo.model.vocabulary import LATEST_WORDS
from geo.views.fitted_view import fitted_view
from geo.views.layer import view_text
from geo.views.map_view import ZOOMS
from tests.browser.driver import FRAME, Reader
from tests.sizes import size

SEQUENCES = size(4, 30)
EUROPE = "view=48.00_8.00_5"

#: keeps, for every frame that is painted and every 50 ms, what the map shows
SAMPLER = """() => {
  const frame = document.querySelector("#live iframe");
  frame.mark = "the same node";
  window.samples = [];
  const take = () => {
    const now = document.querySelector("#live iframe");
    const map = now && now.contentWindow.map;
    const shown = map ? now.contentDocument.querySelectorAll("[data-unit]").length : 0;
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
#: marks whose block's middle is in the map, counted apart from the map's own count
SEEN = """() => {
  const inside = (r) => {
    const [x, y] = [r.x + r.width / 2, r.y + r.height / 2];
    return x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
  };
  let seen = 0;
  for (const unit of document.querySelectorAll("[data-unit]")) {
    const marks = [...unit.querySelectorAll("svg > g")].map((g) => g.getBoundingClientRect());
    if (marks.some(inside)) seen += Number(unit.dataset.count);
  }
  return seen;
}"""


def _toggled(filters: Filters, facet: str, code: str) -> Filters:
    picked = getattr(filters, facet)
    left = tuple(c for c in picked if c != code) if code in picked else (*picked, code)
    return filters.replace(**{facet: left})


def _agree(reader: Reader, selection: Selection) -> None:
    """Wait until headline and map show exactly this selection's records, or fail."""
    reader.until(
        """(total) => {
          const frame = document.querySelector("#live iframe");
          const sentence = document.querySelector("#sentence");
          if (!frame || !sentence || Number(sentence.dataset.total) !== total) return false;
          const units = [...frame.contentDocument.querySelectorAll("[data-unit]")];
          return units.reduce((sum, e) => sum + Number(e.dataset.count), 0) === total;
        }""",
        len(selection.records),
    )


def test_a_filter_keeps_the_frame_its_zoom_and_centre_and_never_empties_it(
    reader: Reader, snapshot: Snapshot
) -> None:
    reader.open(f"/?lang=en&{EUROPE}")
    before = reader.view()
    reader.page.evaluate(SAMPLER)
    filters = Filters()
    for facet, code in CHANGES:
        filters = _toggled(filters, facet, code)
        selection = filters.select(snapshot)
        assert selection.records, "an empty result may show no mark: choose other changes"
        reader.pick(facet, code)
        _agree(reader, selection)
    samples = reader.page.evaluate(STOP)
    assert len(samples) > 50
    assert {sample[0] for sample in samples} == {"the same node"}
    assert min(sample[1] for sample in samples) > 0
    for sample in samples:
        assert tuple(sample[2:]) == pytest.approx((before[2], before[0], before[1]), abs=1e-9)
    assert filters.empty


def test_marks_add_up_to_the_headline_at_every_zoom(reader: Reader, snapshot: Snapshot) -> None:
    page = reader.open(f"/?{EUROPE}")
    for zoom in ZOOMS:
        reader.look(48.0, 8.0, zoom)
        shown = reader.shown()
        assert sum(shown.units.values()) == shown.total == len(snapshot.records)
        count = page.frame_locator(FRAME).locator(".map-count strong")
        seen = reader.frame.evaluate(SEEN)
        expect(count).to_have_text(f"{seen} of {shown.total} records in view")
        marks = reader.frame.evaluate(
            "() => document.querySelectorAll('[data-unit] svg > g').length"
        )
        assert marks == shown.total


@pytest.mark.parametrize("device", [(1400, 900), (390, 844), (844, 390), (768, 1024)], ids=str)
def test_every_country_and_every_record_has_a_mark_in_view(
    reader: Reader, snapshot: Snapshot, device: tuple[int, int]
) -> None:
    reader.page.set_viewport_size({"width": device[0], "height": device[1]})
    reader.open(f"/?{EUROPE}")
    chance = random.Random(3)
    codes = chance.sample(snapshot.countries, size(3, len(snapshot.countries)))
    for code in codes:
        own = [record for record in snapshot.records if record.host_country == code]
        reader.open(f"/?country={code}&view={view_text(fitted_view(own, snapshot))}")
        assert reader.frame.evaluate(SEEN) > 0, code
    for record in chance.sample(snapshot.records, size(4, 30)):
        # also where the view of the link is far from it
        reader.open(f"/?record={record.id}&view=-30.00_150.00_{chance.choice(ZOOMS)}")
        inside = reader.frame.evaluate(
            "() => [...document.querySelectorAll('[aria-current]')].filter((e) => {"
            " const r = e.querySelector('.map-open').getBoundingClientRect();"
            " return r.left >= 0 && r.top >= 0 && r.right <= innerWidth"
            " && r.bottom <= innerHeight; }).length"
        )
        assert inside == 1, record.id


def test_an_open_record_is_brought_into_view_and_the_address_says_so(reader: Reader) -> None:
    page = reader.open(f"/?{EUROPE}")
    page.evaluate("() => atlas.open('record', 'br-sao-paulo-1')")
    current = page.frame_locator(FRAME).locator("[aria-current]")
    expect(current).to_have_count(1)
    expect(current).to_have_attribute("aria-label", "São Paulo, Brazil: 1 record. Claim only: 1.")
    assert reader.frame.evaluate(SEEN) > 0


def test_a_view_out_of_range_is_brought_back_in_the_address(reader: Reader) -> None:
    page = reader.open("/?view=91.00_-200.00_2.4")
    reader.until("() => location.search.includes('view=80.00_-180.00_3')")
    reader.look(-60.0, 180.0, 3)
    bounds = reader.frame.evaluate(
        "() => { const b = map.getBounds(); return [b.getSouth(), b.getEast()]; }"
    )
    assert bounds[0] >= -60.5
    assert bounds[1] <= 180.5
    assert page.url.startswith(reader.url)


def _steps(chance: random.Random, reader: Reader) -> list[tuple[str, str]]:
    """One to three options at random, most often of the filters that are in sight."""
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


def test_the_numbers_agree_over_random_filter_sequences(reader: Reader, snapshot: Snapshot) -> None:
    page = reader.open(f"/?{EUROPE}")
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
    assert sizes[True] >= SEQUENCES / 2


def test_quick_clicks_are_all_kept(reader: Reader, snapshot: Snapshot) -> None:
    reader.open(f"/?{EUROPE}")
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
    page = reader.open("/?country=ES&province=CN-ZJ&flag=inquiry&q=madrid&view=25.00_15.00_3")
    page.evaluate(
        "() => { document.querySelector('.clear').click();"
        " document.querySelector('#f-country-NL').click(); }"
    )
    _agree(reader, Filters(country=("NL",)).select(snapshot))
    reader.until("() => location.search.startsWith('?country=NL&view=')")
    reader.checked("f-country-NL")


def test_a_unit_opens_its_card_by_mouse_and_by_keyboard(reader: Reader) -> None:
    page = reader.open("/?country=NL&view=52.00_5.00_6")
    frame = page.frame_locator(FRAME)
    city = frame.locator('[data-unit="nl-rotterdam-1"] a')
    for key in ("", "Enter", " "):
        if key:
            city.focus()
            page.keyboard.press(key)
        else:
            city.click()
        expect(page.locator("article.card h2").first).to_contain_text("Rotterdam")
        expect(city).to_have_attribute("aria-current", "true")
        # Escape works inside the frame too: it puts the words away, then closes the card
        city.focus()
        page.keyboard.press("Escape")
        expect(city.locator(".map-tip")).not_to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("article.card")).to_have_count(0)
        expect(city).not_to_have_attribute("aria-current", "true")


def test_a_city_with_several_records_and_a_country_open_lists_of_them(reader: Reader) -> None:
    page = reader.open("/?country=ES&view=40.00_-3.00_6")
    frame = page.frame_locator(FRAME)
    frame.locator('[data-unit="es-madrid"] a').click()
    expect(page.locator("article.card h2").first).to_contain_text("Madrid")
    frame.locator('[data-unit="ES"] a').click()
    expect(page.locator("article.card h2").first).to_contain_text("Spain")


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
  AtlasMap.shape(svg, code, 0, 0, 1);
  const elements = [...svg.querySelectorAll("circle, path")].map((element) => [
    element.parentNode.getAttribute("class"), element.getAttribute("class"),
    element.getAttribute("d") ?? Number(element.getAttribute("r")),
  ]);
  return [code, elements];
}))"""


def test_the_script_draws_each_shape_from_the_vocabulary_and_no_unknown_one(
    reader: Reader,
) -> None:
    reader.open(f"/?{EUROPE}")
    drawn = reader.frame.evaluate(DRAWN, list(LATEST_WORDS))
    for code, word in LATEST_WORDS.items():
        hue, primitives = word.shape.hue, word.shape.primitives
        expected = [
            [f"map-{hue}", p.fill, p.radius if isinstance(p, Circle) else path_of(p)]
            for p in primitives
        ]
        assert drawn[code] == expected, code
    with pytest.raises(Error, match="No shape is known for the latest word “moved_elsewhere”"):
        reader.frame.evaluate(DRAWN, ["moved_elsewhere"])
