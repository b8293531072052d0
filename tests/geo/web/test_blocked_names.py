"""Names that lists of content blockers hide are in no address, class or id of a page."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from geo.link.addresses import PAGES
from geo.views.rendering import TEMPLATES
from geo.web.assets import AssetFiles

#: whole words of a name, as the lists have them in their general rules
BLOCKED = re.compile(
    r"(?:^|[-_./])(?:ads?|advert\w*|analytics|banners?|beacon|consent|cookies?|newsletter|pixel"
    r"|popup|promo\w*|social|sponsor\w*|telemetry|track(?:er|ing)?)(?:[-_./]|$)"
    r"|^(?:share|sharing)(?:[-_](?:bar|box|buttons?|icons?|links?|menu|tools?))?$"
    r"|(?:^|/)share\.(?:js|css)$"
)


def _named(attribute: str) -> set[str]:
    """List the names in an attribute of all templates."""
    pattern = re.compile(rf'\b{attribute}="([^"]*)"')
    texts = (file.read_text(encoding="utf-8") for file in TEMPLATES.glob("*.html"))
    values = chain.from_iterable(map(pattern.findall, texts))
    return set(chain.from_iterable(re.sub(r"{[{%].*?[}%]}", " ", v).split() for v in values))


@pytest.mark.parametrize("name", ["ad-1", "share", "share-bar", "social", "/x/track.js", "ads"])
def test_a_name_that_lists_have_is_known(name: str) -> None:
    assert BLOCKED.search(name)


def test_no_class_id_asset_or_page_is_blocked() -> None:
    names = _named("class") | _named("id")
    assert {"card", "menu-share"} <= names
    found = [
        name for name in (*names, *AssetFiles().paths, *PAGES.values()) if BLOCKED.search(name)
    ]
    assert found == []
