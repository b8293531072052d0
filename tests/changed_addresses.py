"""Valid addresses of all kinds, and what programs do to addresses on their way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from urllib.parse import quote

from geo.link.parameters import parameters
from geo.link.permalink import State, encode
from geo.link.selection import Filters
from geo.model.dates import spoken
from tests.entities import real
from tests.ledger_files import TODAY

Change = Callable[[str, Random], str]
#: pages, plain pages, files, feeds and pictures that take a whole selection
SELECTIONS = (
    "/", "/timeline", "/countries", "/data", "/about", "/v", "/changes",
    "/api/records.csv", "/api/records.geojson", "/api/events.csv", "/api/events.json",
    "/api/sources.json", "/api/version", "/feeds/events.atom", "/preview.png", "/figure.svg",
    "/figure.png", "/figure-timeline.svg",
)  # fmt: skip
_DATA = real()
_SIGNS = ".,;:!?)]}>'\"*_\\…”’»。）」』、，！：； \u00a0\u200b\u200e\ufeff\u2060\u3000\t"
_ENDINGS = (
    *_SIGNS, "\r\n", ").", ".)", '".', "&gt;", "&quot;", "&#39;", "&nbsp;", "**", "\\_",
    "）的报道", "。详情",
)  # fmt: skip
#: inside a value, where a line was broken or a word may be
_INSIDE = ("=\n", "=\r\n", "\n", "\u00ad", "\u200b", "\u2060")
_TRACKERS = (
    "utm_source=x",
    "fbclid=IwAR0-x_y",
    "gclid=1.2",
    "mc_cid=1&mc_eid=2",
    "UTM_MEDIUM=mail",
)


def state(random: Random) -> State:
    """Return a state with one filter at least, as readers share them."""
    picked: dict[str, Any] = {}
    codes = {row.name: row.codes for row in parameters() if row.repeated}
    codes["country"] = tuple(sorted({r.host_country for r in _DATA.records}))
    for name in random.sample(sorted(codes), random.choice((1, 1, 2))):
        chosen = set(random.sample(codes[name], min(len(codes[name]), random.choice((1, 1, 2, 3)))))
        # in the order of a link
        order = next(row.codes for row in parameters() if row.name == name)
        picked[name] = tuple(code for code in order if code in chosen)
    if random.random() < 0.15:
        picked["q"] = random.choice(("embassy", "Viña", "AT&T", "no. 10", "told to"))
    if random.random() < 0.3:
        picked["since"] = random.choice(("2022", "2022-09", "2022-10-15"))
    day = _DATA.first_day.fromordinal(random.randint(738_400, TODAY.toordinal()))
    return State(
        filters=Filters(**picked),
        as_of=random.choice((None, day, day)),
        version=random.choice(("", _DATA.version)),
    )


def address(random: Random) -> str:
    """Return a valid address: of a selection, a record, an event, a country or its feed."""
    kind = random.randrange(6)
    day = State(as_of=state(random).as_of)
    if kind == 0:
        path, shown = f"/s/{random.choice(sorted(_DATA.records_by_id))}", day
    elif kind == 1:
        path, shown = f"/e/{random.choice(sorted(_DATA.events_by_id))}", day
    elif kind == 2:
        code = random.choice(sorted({r.host_country for r in _DATA.records}))
        path, shown = random.choice((f"/c/{code}", f"/feeds/{code}/events.atom")), day
    else:
        path, shown = random.choice(SELECTIONS), state(random)
    query = encode(shown)
    return f"{path}?{query}" if query else path


def _in_values(change: Callable[[str], str]) -> Change:
    """Change the values of codes, dates and ids; words of a search are the reader's own."""

    def changed(address: str, random: Random) -> str:
        path, sign, query = address.partition("?")
        pairs = [pair.partition("=") for pair in query.split("&")]
        return (
            path
            + sign
            + "&".join(
                f"{name}{equals}{value if name == 'q' else change(value)}"
                for name, equals, value in pairs
            )
        )

    return changed


def _in_names(change: Callable[[str], str]) -> Change:
    return lambda address, random: re.sub(
        "([?&])([a-z]+)=", lambda found: f"{found[1]}{change(found[2])}=", address
    )


def _replaced(old: str, new: str) -> Change:
    """Replace a sign of the query."""

    def changed(address: str, random: Random) -> str:
        path, sign, query = address.partition("?")
        return path + sign + query.replace(old, new)

    return changed


def _query(change: Callable[[str], str]) -> Change:
    def changed(address: str, random: Random) -> str:
        path, sign, query = address.partition("?")
        return path + sign + change(query)

    return changed


def _path(change: Callable[[str], str]) -> Change:
    def changed(address: str, random: Random) -> str:
        path, sign, query = address.partition("?")
        return change(path) + sign + query

    return changed


def _joined(sign: str) -> Change:
    """Write the codes of a parameter in one value."""

    def changed(address: str, random: Random) -> str:
        path, mark, query = address.partition("?")
        values: dict[str, list[str]] = {}
        for name, _equals, value in (pair.partition("=") for pair in query.split("&")):
            values.setdefault(name, []).append(value)
        return (
            path
            + mark
            + "&".join(f"{n}={sign.join(v)}" if v != [""] else n for n, v in values.items())
        )

    return changed


def _inside(address: str, random: Random) -> str:
    """Break a value of the query, but none of a search."""
    places = [m.end() for m in re.finditer(r"(?<=[=&?])(?!q=)[a-z]+=[\w.-]{3}(?=[\w.-])", address)]
    if not places:
        return address
    at = random.choice(places)
    return address[:at] + random.choice(_INSIDE) + address[at:]


def _misspelt(name: str) -> str:
    return name[:-3] + name[-2] + name[-3] + name[-1] if len(name) > 4 else name


def _dated(address: str, random: Random) -> str:
    def written(found: re.Match[str]) -> str:
        day = found[0]
        forms = (
            day.replace("-", "/"), day.replace("-", ""), day.replace("-", "."), spoken(day),
            f"{day}T00:00:00Z", "{}年{}月{}日".format(*day.split("-")), spoken(day).upper(),
        )  # fmt: skip
        return quote(random.choice(forms), safe="/")

    return re.sub(r"(?<==)\d{4}-\d\d-\d\d(?=&|\Z)", written, address)


def _own_columns(address: str, random: Random) -> str:
    """Write columns of the files in place of parameters."""
    for row in parameters():
        if row.columns:
            address = re.sub(rf"([?&]){row.name}=", rf"\1{row.columns[0]}=", address)
    return address


def _whole(address: str, random: Random) -> str:
    path, sign, query = address.partition("?")
    return path + sign + quote(query, safe="")


CHANGES: Mapping[str, Change] = {
    "nothing": lambda address, random: address,
    "upper case": lambda address, random: address.upper().replace("%5CU", "%5Cu"),
    "lower case": lambda address, random: address.lower(),
    "names in capitals": _in_names(str.upper),
    "names capitalised": _in_names(str.capitalize),
    "values in small letters": _in_values(str.lower),
    "values in capitals": _in_values(str.upper),
    "entity": _replaced("&", "&amp;"),
    "entity twice": _replaced("&", "&amp;amp;"),
    "entity encoded": _replaced("&", "%26amp%3B"),
    "entity half encoded": _replaced("&", "&amp%3B"),
    "decimal entity": _replaced("&", "%26%2338%3B"),
    "hexadecimal entity": _replaced("&", "%26%23x26%3B"),
    "escape of scripts": _replaced("&", "\\u0026"),
    "encoded ampersand": _replaced("&", "%26"),
    "encoded equals": _replaced("=", "%3D"),
    "both encoded": lambda a, r: _replaced("&", "%26")(_replaced("=", "%3D")(a, r), r),
    "whole query encoded": _whole,
    "whole query encoded twice": lambda a, r: _whole(_whole(a, r), r),
    "whole query encoded thrice": lambda a, r: _whole(_whole(_whole(a, r), r), r),
    "second question mark": _replaced("&", "?"),
    "semicolons between pairs": _replaced("&", ";"),
    "ampersand twice": _replaced("&", "&&"),
    "question mark twice": lambda address, random: address.replace("?", "??", 1),
    "full-width signs": lambda a, r: _replaced("&", "＆")(_replaced("=", "＝")(a, r), r),
    "quoted-printable": _replaced("=", "=3D"),
    "line broken inside": _inside,
    "blanks around equals": _replaced("=", "%20=%20"),
    "names in brackets": _in_names(lambda name: f"{name}[]"),
    "names with entity": _in_names(lambda name: f"amp;{name}"),
    "values in quotation marks": _in_values(lambda value: f"%22{value}%22"),
    "values in typographic quotation marks": _in_values(lambda value: f"“{value}”"),
    "values in brackets": _in_values(lambda value: f"({value})"),
    "values in stars": _in_values(lambda value: f"*{value}*"),
    "escaped underscores": _in_values(lambda value: value.replace("_", "\\_")),
    "encoded underscores": _in_values(lambda value: value.replace("_", "%5F")),
    "escaped underscores encoded": _in_values(lambda value: value.replace("_", "%5C_")),
    "blanks for underscores": _in_values(lambda value: value.replace("_", "+")),
    "other hyphens": _in_values(lambda value: value.replace("-", "‑")),
    "dashes": _in_values(lambda value: value.replace("-", "–")),
    "commas": _joined(","),
    "encoded commas": _joined("%2C"),
    "commas and blanks": _joined(",%20"),
    "semicolons": _joined(";"),
    "plus signs": _joined("+"),
    "blanks": _joined("%20"),
    "ampersands between codes": _joined("&"),
    "bars": _joined("%7C"),
    "doubled pairs": _query(lambda query: f"{query}&{query}" if query else query),
    "reversed pairs": _query(lambda query: "&".join(reversed(query.split("&")))),
    "misspelt names": _in_names(_misspelt),
    "columns of the files": _own_columns,
    "dates of people": _dated,
    "tracker behind": lambda a, r: a + ("&" if "?" in a else "?") + r.choice(_TRACKERS),
    "tracker by a question mark": lambda a, r: f"{a}?{r.choice(_TRACKERS)}",
    "tracker by an ampersand": lambda a, r: f"{a}&{r.choice(_TRACKERS)}",
    "tracker by an entity": lambda a, r: f"{a}&amp;{r.choice(_TRACKERS)}",
    "sign behind": lambda a, r: a + r.choice(_ENDINGS),
    "sign behind, again": lambda a, r: a + r.choice(_ENDINGS),
    "encoded sign behind": lambda a, r: a + quote(r.choice(_ENDINGS), safe=""),
    "signs behind": lambda a, r: a + r.choice(_ENDINGS) + r.choice(_ENDINGS),
    "sign behind the path": lambda a, r: _path(lambda p: p + quote(r.choice(_ENDINGS)))(a, r),
    "slash behind": _path(lambda path: path + "/"),
    "slash behind everything": lambda address, random: address + "/",
    "doubled slashes": _path(lambda path: path.replace("/", "//")),
    "slash in front": lambda address, random: "/" + address,
    "encoded slashes": _path(lambda path: "/" + path[1:].replace("/", "%2F")),
    "encoded question mark": lambda address, random: address.replace("?", "%3F", 1),
    "ampersand for question mark": lambda address, random: address.replace("?", "&", 1),
    "semicolon for question mark": lambda address, random: address.replace("?", ";", 1),
    "slash for question mark": lambda address, random: address.replace("?", "/?", 1),
    "session": _path(lambda path: path + ";jsessionid=0A1B2C"),
    "index": _path(lambda path: path.rstrip("/") + "/index.html"),
    "encoded whole": lambda address, random: "/" + quote(address[1:], safe=""),
}  # fmt: skip


def sent(address: str) -> tuple[str, str]:
    """Return path and query as a browser sends them: without a fragment, all in ASCII."""
    path, _sign, query = address.partition("#")[0].partition("?")
    return quote(path, safe="/%&=;,:!()*'+$@~"), quote(query, safe="/%&=;?,:!()*'+$@~[]|")
