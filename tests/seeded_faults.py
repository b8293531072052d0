"""Faults of the kinds that an audit found, put into a copy of a ledger, one a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from geo.checks.check import examine
from geo.model.dates import Interval, is_day, lenient
from geo.model.vocabulary import CASE_TYPES, CLAIM, HOST, WEAK_CLASSES
from tests.ledger_files import LedgerFiles

Cells = dict[str, str]
#: file, row and column of a fault, and the code of the problem that is expected
Fault = tuple[str, int, str, str]
Test = Callable[[Cells], bool]

ADDRESSES = (
    "https://www.staging.example.org/story/{n}",
    "https://amp.example.org/story/{n}",
    "https://webcache.googleusercontent.com/search?q=cache:{n}",
    "https://example-org.translate.goog/story/{n}",
    "https://t.co/Story{n}",
    "https://www.example.org/redirect?url=https%3A%2F%2Fexample.com%2F{n}",
    "https://www.example.org/story/{n}?utm_source=mail",
    "https://click.example.org/story/{n}",
)
TEXTS = (
    "It is at 12 Baker Street.",
    "It is in the Calle de Alcalá.",
    "The postcode is 1012 AB.",
    "Its telephone is +31 20 555 0123.",
    "Write to desk@example.org.",
    "It is above a restaurant.",
    "It is behind a shop.",
    "It is beside a church.",
    "It is in a travel agency.",
    "A hometown association runs it.",
)


def shifted(day: str, days: int) -> str:
    """Return a day that is so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


class Seeds:
    """
    Rows of a copy of a ledger, of which no row gets two faults.

    Parameters
    ----------
    files : LedgerFiles
        The copy.
    clean : callable
        Says of a file and a row whether the check had nothing against the row.
    """

    def __init__(self, files: LedgerFiles, clean: Callable[[str, int], bool]) -> None:
        names = ("stations", "investigations", "sources", "counts", "excluded", "origins")
        self.files = files
        self.rows = {name: files.rows(name) for name in names}
        self._clean = clean
        self._used: set[tuple[str, int]] = set()
        #: events whose page or id is named in another file too
        self.quoted = {row["event"] for row in files.rows("quotes")}

    def page(self, test: Callable[[str, Interval], bool]) -> str:
        """Return the id of the first source whose class and day pass a test; else empty."""
        dated = (
            (row["id"], row["class"], lenient(row["published"])) for row in self.rows["sources"]
        )
        return next((i for i, kind, day in dated if day and test(kind, day)), "")

    def pick(self, name: str, test: Test) -> tuple[int, Cells]:
        """Return number and cells of the first unused clean row that passes a test."""
        for number, row in enumerate(self.rows[name], 2):
            if (
                (name, number) not in self._used
                and self._clean(f"{name}.csv", number)
                and test(row)
            ):
                self._used.add((name, number))
                return number, row
        raise AssertionError(f"no row of {name}.csv is left for a seed")

    def seed(self, name: str, test: Test, code: str, column: str, cell: str) -> Fault:
        """Put a text into a column of such a row."""
        number, row = self.pick(name, test)
        row[column] = cell
        return f"{name}.csv", number, column, code

    def sow(self) -> list[Fault]:
        """Put all faults into the files; return where they are."""
        found = [fault for sower in _SOWERS for fault in sower(self)]
        for name, rows in self.rows.items():
            self.files.write(name, rows)
        return found


def _day(row: Cells) -> bool:
    return is_day(row["said_on"]) and row["said_on"] in row["id"] and not row["happened_on"]


def _sets(row: Cells) -> bool:
    return bool(row["sets"]) and _day(row) and row["said_on_basis"] != "inferred"


def _aside(row: Cells) -> bool:
    """Say whether an event is nobody's newest word: what is done to it has no consequence."""
    other = row["actor_type"] in {"press", "parliament", "international"}
    return other and row["event_type"] not in {CLAIM, *CASE_TYPES} and _day(row) and not row["sets"]


def _late(seeds: Seeds) -> Iterator[Fault]:
    def later(row: Cells) -> str:
        limit = date.fromisoformat(row["said_on"]) + timedelta(days=4)
        return seeds.page(lambda page, day: day.first >= limit and page not in WEAK_CLASSES)

    for _number in range(4):
        number, row = seeds.pick("investigations", lambda row: _sets(row) and bool(later(row)))
        row["source_ids"] += f" {later(row)}"
        yield "investigations.csv", number, "source_ids", "later-page"
    for text in ("He said so on 3 May 2031.", "Repeated in June 2029.", "So also 2030-01-02."):
        yield seeds.seed("investigations", _aside, "later-day", "summary", text)
    for text in ("Repeated on 3 May 2031", "The paper of 2030 says so too"):
        yield seeds.seed("investigations", _sets, "later-day", "note", text)


def _days(seeds: Seeds) -> Iterator[Fault]:
    for days in (1, 30, 200):
        number, row = seeds.pick("investigations", _aside)
        row["happened_on"] = shifted(row["said_on"], days)
        yield "investigations.csv", number, "happened_on", "happened-later"
    for days in (-1, -31, -365):
        number, row = seeds.pick(
            "investigations", lambda row: _aside(row) and "country" in row["about"]
        )
        row["said_on"] = shifted(row["said_on"], days)
        yield "investigations.csv", number, "said_on", "id-day"
    # of a class that no late page has, whose day would be in doubt with it
    number, row = seeds.pick(
        "sources", lambda row: row["class"] in WEAK_CLASSES and row["published"][7:] != ""
    )
    row["published"] = shifted(row["published"], -2)
    yield "sources.csv", number, "published", "id-day"
    number, row = seeds.pick(
        "investigations",
        lambda row: (
            _aside(row)
            and row["id"] not in seeds.quoted
            and row["about"] not in {"country", "world"}
        ),
    )
    # with its id, which nothing else names, so that nothing but the claim tells of it
    row["id"] = row["id"].replace(row["said_on"], "2015-05-05")
    row["said_on"] = "2015-05-05"
    yield "investigations.csv", number, "said_on", "before-claim"


def _accounts(seeds: Seeds) -> Iterator[Fault]:
    by_id = {row["id"]: row for row in seeds.rows["investigations"]}

    def mutual(row: Cells) -> str:
        return next(
            (
                i
                for i in row["differs_from"].split()
                if i in by_id
                and row["id"] in by_id[i]["differs_from"].split()
                and row["country"] not in {"EU", "ZZ"}
            ),
            "",
        )

    for _number in range(2):
        number, row = seeds.pick("investigations", lambda row: bool(mutual(row)))
        left = [i for i in row["differs_from"].split() if i != mutual(row)]
        row["differs_from"] = " ".join(left)
        yield "investigations.csv", number, "differs_from", "differs-one-way"


def _sourcing(seeds: Seeds) -> Iterator[Fault]:
    events = seeds.rows["investigations"]
    cited = [i for row in events for i in row["source_ids"].split()]
    spoken = [row for row in events if row["actor_type"] == HOST]

    def weak(row: Cells) -> str:
        said = lenient(row["said_on"])
        return seeds.page(
            lambda page, day: page in WEAK_CLASSES and said is not None and day.last <= said.last
        )

    def alone(row: Cells) -> bool:
        """Say whether a row is the one word of a host authority on a country, with common pages."""
        return (
            [e for e in spoken if e["country"] == row["country"]] == [row]
            and row["id"] not in seeds.quoted
            and any(r["host_country"] == row["country"] for r in seeds.rows["stations"])
            and all(cited.count(i) > 1 for i in row["source_ids"].split())
            and bool(weak(row))
        )

    number, row = seeds.pick("investigations", alone)
    row["source_ids"] = weak(row)
    yield "investigations.csv", number, "source_ids", "weak-host-word"
    names = [row["publisher"] for row in seeds.rows["sources"]]
    often = {name for name in names if " " in name and names.count(name) > 2}
    spellings: tuple[Callable[[str], str], ...] = (
        str.upper,
        lambda name: name.replace(" ", "-"),
        lambda name: name.replace(" ", "", 1) + ".",
    )
    for spelling in spellings:
        number, row = seeds.pick("sources", lambda row: row["publisher"] in often)
        often.remove(row["publisher"])
        row["publisher"] = spelling(row["publisher"])
        yield "sources.csv", number, "publisher", "publisher-spelling"
    for n, address in enumerate(ADDRESSES):
        fault = "passing-address", "url", address.format(n=n)
        yield seeds.seed("sources", lambda row: not row["archive_url"], *fault)


def _texts(seeds: Seeds) -> Iterator[Fault]:
    places = (
        ("investigations", "note", _aside),
        ("counts", "note", lambda _row: True),
        ("excluded", "why", lambda _row: True),
        ("stations", "summary", lambda row: row["review"] == "publish"),
        ("sources", "title", lambda _row: True),
    )
    for n, text in enumerate(TEXTS):
        name, column, test = places[n % len(places)]
        yield seeds.seed(name, test, "private-party", column, text)


def _places(seeds: Seeds) -> Iterator[Fault]:
    def placed(row: Cells) -> bool:
        return bool(row["host_city"] and row["origin_city"])

    for _number in range(3):
        number, row = seeds.pick("stations", placed)
        row["origin_province"] = "CN-JS" if row["origin_province"] != "CN-JS" else "CN-ZJ"
        yield "stations.csv", number, "origin_province", "origin-province"
    yield seeds.seed("stations", placed, "country-code", "host_country", "XX")
    yield seeds.seed("investigations", _aside, "country-code", "country", "XX")


_SOWERS = (_late, _days, _accounts, _sourcing, _texts, _places)


def named_and_sown(files: LedgerFiles, today: date) -> tuple[list[Fault], list[Fault]]:
    """
    Put the faults into a copy of a ledger, and check it.

    Returns
    -------
    named, sown : list of Fault
        What the check says now and did not say before, and what was put in; both in order.
    """
    before = _found(files, today)
    places = {fault[:2] for fault in before}
    sown = Seeds(files, lambda file, row: (file, row) not in places).sow()
    return sorted(set(_found(files, today)) - set(before)), sorted(sown)


def _found(files: LedgerFiles, today: date) -> list[Fault]:
    problems = examine(files.folder, today).problems
    return [(p.file, p.row or 0, p.field or "", p.code) for p in problems]
