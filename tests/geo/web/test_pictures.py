"""Pictures over HTTP: the right file, drawn once, kept, and never more of them than bearable."""

from __future__ import annotations

import asyncio
import io
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from starlette.applications import Starlette

from geo.configuration import Configuration
from geo.errors import LedgerUnreadable
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.link.rendered import ENTRY
from geo.pictures.rasterising import NotDrawn, Rasteriser
from geo.web.bodies import Body
from geo.web.pictures import picture_routes
from geo.web.render_queue import PREVIEW as PREVIEW_FIRST
from geo.web.render_queue import PRINT, QueueFull, RenderQueue
from tests.asgi import call
from tests.ledger_files import DATA, TODAY, LedgerFiles
from tests.sizes import size

PREVIEW, SVG, PNG = "/preview.png", "/figure.svg", "/figure.png"


def opened(query: str) -> Opened:
    return open_address(DATA, parse_query(query), TODAY)


@pytest.fixture(scope="module")
def renderer() -> Iterator[Rasteriser]:
    made = Rasteriser()
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(renderer: Rasteriser) -> Starlette:
    return Starlette(routes=[*picture_routes(opened, Configuration, rasteriser=renderer)])


@pytest.mark.parametrize("path", [PREVIEW, SVG, PNG])
def test_each_picture_says_what_it_is(app: Starlette, path: str) -> None:
    answer = call(app, path, query=b"record=nl-rotterdam-1")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "private, no-cache", "nobody publishes"
    assert answer.headers["content-length"] == str(len(answer.raw))
    if path == SVG:
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert ElementTree.fromstring(answer.body).tag.endswith("svg")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    else:
        assert answer.headers["content-type"] == "image/png"
        assert "content-encoding" not in answer.headers
        with Image.open(io.BytesIO(answer.body)) as image:
            assert image.width == (1200 if path == PREVIEW else 2126)


def test_every_record_and_country_has_its_picture(app: Starlette) -> None:
    records = opened("").snapshot.records
    views = [f"record={r.id}" for r in records]
    views += [f"place={code}" for code in sorted({r.host_country for r in records})]
    # each of them where CI is true; what a picture says is looked at for each, undrawn
    views = views[:: size(10, 1)]
    seen = set()
    for view in views:
        answer = call(app, PREVIEW, query=view.encode())
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png"), view
        with Image.open(io.BytesIO(answer.body)) as image:
            assert image.size == (1200, 630), view
        seen.add(answer.body)
    # records that no source tells apart may share theirs, but no two countries do
    assert len(seen) > len(views) / 2


def test_an_svg_may_come_zipped(app: Starlette) -> None:
    plain = call(app, SVG, query=b"country=NL")
    zipped = call(app, SVG, query=b"country=NL", headers={"accept-encoding": "gzip"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert plain.body == zipped.body
    assert plain.headers["etag"] != zipped.headers["etag"]
    assert plain.headers["vary"] == zipped.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", [PREVIEW, SVG])
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_what_is_known_is_not_sent_again(app: Starlette, path: str, encoding: str) -> None:
    headers = {"accept-encoding": encoding}
    tag = call(app, path, headers=headers).headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        again = call(app, path, headers={**headers, "if-none-match": known})
        assert (again.status, again.raw) == (304, b"")
        assert again.headers["etag"] == tag
    assert call(app, path, headers={**headers, "if-none-match": '"other"'}).status == 200


def test_head_is_answered_and_post_is_not(app: Starlette) -> None:
    got, head = call(app, PREVIEW), call(app, PREVIEW, method="HEAD")
    assert head.status == 200
    assert head.headers == got.headers
    assert head.raw == b""
    assert call(app, PREVIEW, method="POST").status == 405


def test_figures_have_a_name_to_be_kept_under(app: Starlette) -> None:
    version = opened("").dataset.version
    named = call(app, SVG, query=b"country=NL&asof=2022-12-05").headers["content-disposition"]
    assert named == f'inline; filename="atlas_figure_nl_asof-2022-12-05_v{version}.svg"'
    record = call(app, SVG, query=b"record=nl-rotterdam-1").headers["content-disposition"]
    assert f"atlas_figure_nl-rotterdam-1_all_asof-{TODAY}" in record
    search = call(app, SVG, query=b"q=%E7%A6%8F%E5%B7%9E").headers["content-disposition"]
    assert search.startswith('inline; filename="atlas_figure_search.')
    assert search.isascii()
    assert "content-disposition" not in call(app, PREVIEW).headers


def test_the_figure_links_to_the_view_with_day_and_version(app: Starlette) -> None:
    svg = call(app, SVG, query=b"country=NL&utm_source=x").text
    version = opened("").dataset.version
    assert f"https://atlas.example:8501/?country=NL&amp;asof={TODAY}&amp;v={version}" in svg
    assert "utm_source" not in svg


@pytest.mark.parametrize(
    "query",
    [
        b"asof=%ff%00&record=../../etc&country=%3Cscript%3E&view=x",
        b"q=%00%ed%a0%80%F0&lang=zz&v=nonsense&place=%22%3E",
        b"&&&===&%%%&record=&record=nowhere-1",
        b"country=" + b"NL&country=" * 400,
        b"\xff\xfe",
        b"countries=NL",
    ],
)
def test_a_part_that_cannot_be_read_is_a_sentence_or_the_general_preview(
    app: Starlette, query: bytes
) -> None:
    unread = bool(opened(query.decode("latin-1")).unread)
    answer = call(app, SVG, query=query)
    assert answer.status == (400 if unread else 200)
    assert answer.text.startswith("Ignored in this link: ") == unread
    preview = call(app, PREVIEW, query=query)
    assert preview.status == 200
    if unread:
        assert preview.raw == call(app, PREVIEW).raw


def test_a_figure_of_another_version_is_refused_but_a_preview_is_drawn(app: Starlette) -> None:
    query = b"country=NL&v=00000000"
    answer = call(app, PNG, query=query)
    assert answer.status == 400
    assert "no release has this version" in answer.text
    assert call(app, PREVIEW, query=query).raw != call(app, PREVIEW).raw


def test_the_words_of_a_search_stay_out(app: Starlette) -> None:
    assert "atlas says" not in call(app, SVG, query=b"q=the+atlas+says+so").text.partition("?q=")[0]


def test_what_is_withheld_leaves_a_picture_at_once(tmp_path: Path, renderer: Rasteriser) -> None:
    files = LedgerFiles(tmp_path / "data")
    phrase = "unsayable-phrase"
    files.edit("investigations", "nl-2022-10-25-claim", summary=f"Said {phrase}.")

    def here(query: str) -> Opened:
        return open_address(files.folder, parse_query(query), TODAY)

    mine = Starlette(routes=[*picture_routes(here, Configuration, rasteriser=renderer)])
    query = b"event=nl-2022-10-25-claim"
    before = call(mine, SVG, query=query)
    assert phrase in before.text
    files.add(
        "withheld", kind="event", id="nl-2022-10-25-claim", field="", since="2026-03-03",
        ground="privacy", note="",
    )  # fmt: skip
    after = call(mine, SVG, query=query, headers={"if-none-match": before.headers["etag"]})
    # an id that is withheld for privacy is like one that is unknown
    assert after.status == call(mine, SVG, query=b"event=nl-2022-10-25-clam").status == 400
    assert phrase not in after.text
    whole = call(mine, SVG, query=b"country=NL")
    assert whole.status == 200
    assert phrase not in whole.text


def test_a_ledger_that_cannot_be_read_is_a_sentence(renderer: Rasteriser) -> None:
    def unreadable(query: str) -> Opened:
        raise LedgerUnreadable("Nothing is shown until it can be read.")

    broken = Starlette(routes=[*picture_routes(unreadable, Configuration, rasteriser=renderer)])
    answer = call(broken, PREVIEW)
    assert (answer.status, answer.text) == (503, "Nothing is shown until it can be read.")
    assert answer.headers["cache-control"] == "no-store"


#: a renderer that is not there, one that ends at once, and one that never answers
BROKEN = {
    "missing": ("/nowhere/at-all",),
    "crashing": (sys.executable, "-c", ""),
    "hanging": (sys.executable, "-c", "import sys; sys.stdin.read()"),
}


@pytest.mark.parametrize("command", BROKEN.values(), ids=list(BROKEN))
def test_without_a_renderer_a_figure_is_a_sentence_and_a_preview_the_icon(
    command: tuple[str, ...],
) -> None:
    broken = Rasteriser(command, patience=1.0)
    web = Starlette(routes=[*picture_routes(opened, Configuration, rasteriser=broken)])
    answer = call(web, PNG)
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "could not be drawn" in answer.text
    preview = call(web, PREVIEW, query=b"country=NL")
    assert (preview.status, preview.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in preview.headers
    with Image.open(io.BytesIO(preview.body)) as image:
        assert image.size == (1200, 630)


def test_a_renderer_that_hangs_once_is_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "hung"
    code = (
        "import pathlib, sys; from geo.pictures.rasterising import serve\n"
        f"mark = pathlib.Path({str(mark)!r})\n"
        "if not mark.exists(): mark.touch(); sys.stdin.read()\n"
        "serve(sys.stdin.buffer, sys.stdout.buffer)"
    )
    renderer = Rasteriser((sys.executable, "-c", code), patience=1.0)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    with pytest.raises(NotDrawn):
        renderer.png(svg)
    assert mark.exists()
    patient = Rasteriser((sys.executable, "-c", code), patience=30.0)
    assert patient.png(svg)
    renderer.close()
    patient.close()


@pytest.mark.parametrize("path", [PREVIEW, SVG, PNG])
def test_a_client_that_has_a_picture_costs_no_drawing(app: Starlette, path: str) -> None:
    # nothing can be drawn here, as if another replica had drawn it
    full = RenderQueue(waiting=0)
    other = Starlette(routes=[*picture_routes(opened, Configuration, queue=full)])
    tag = call(app, path, query=b"country=NL").headers["etag"]
    refused = call(other, path, query=b"country=NL")
    assert (refused.status == 503) == (path != PREVIEW)
    assert refused.headers["cache-control"] == "no-store"
    known = call(other, path, query=b"country=NL", headers={"if-none-match": tag})
    assert (known.status, known.headers["etag"]) == (304, tag)
    changed = call(other, path, query=b"country=DE", headers={"if-none-match": tag})
    assert changed.headers["cache-control"] == "no-store"


# the render queue


class Slow:
    """A renderer that waits until it is let go, and counts."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def finish(self, svg: str) -> Body:
        self.begun.set()
        assert self.go.wait(20)
        self.drawn.append(svg)
        return Body(svg.encode(), "image/svg+xml")


async def soon(queue: RenderQueue, slow: Slow, name: str) -> Body:
    return await queue.get("kind", name, lambda: name, slow.finish)


def test_many_who_ask_for_one_picture_wait_for_one_drawing() -> None:
    queue, slow = RenderQueue(), Slow()

    async def run() -> list[Body]:
        asking = [asyncio.ensure_future(soon(queue, slow, "a")) for _ in range(30)]
        await asyncio.sleep(0)
        # one of them goes away: the others still get theirs
        asking[0].cancel()
        slow.go.set()
        return await asyncio.gather(*asking[1:])

    assert {drawn.content for drawn in asyncio.run(run())} == {b"a"}
    assert slow.drawn == ["a"]
    asyncio.run(soon(queue, slow, "a"))
    assert slow.drawn == ["a"]


def test_a_queue_that_is_too_long_is_closed_and_opens_again() -> None:
    queue, slow = RenderQueue(waiting=3), Slow()

    async def run() -> None:
        asking = [asyncio.ensure_future(soon(queue, slow, name)) for name in "abc"]
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await soon(queue, slow, "d")
        slow.go.set()
        await asyncio.gather(*asking)
        await soon(queue, slow, "d")

    asyncio.run(run())
    assert slow.drawn == list("abcd")


def test_a_full_queue_is_said(renderer: Rasteriser) -> None:
    closed = RenderQueue(waiting=0)
    web = Starlette(routes=[*picture_routes(opened, Configuration, closed, renderer)])
    answer = call(web, SVG)
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "try again" in answer.text
    # a preview is then that of the whole atlas
    general = call(web, PREVIEW, query=b"country=NL")
    assert (general.status, general.headers["cache-control"]) == (200, "no-store")
    usual = Starlette(routes=[*picture_routes(opened, Configuration, rasteriser=renderer)])
    assert general.body == call(usual, PREVIEW).body


def test_previews_come_before_figures_and_a_client_has_one_place() -> None:
    queue, slow = RenderQueue(), Slow()

    def asked(name: str, client: str, urgency: int) -> asyncio.Future[Body]:
        return asyncio.ensure_future(
            queue.get("kind", name, lambda: name, slow.finish, client=client, urgency=urgency)
        )

    async def run() -> None:
        greedy = [asked(f"figure{n}", "192.0.2.1", PRINT) for n in range(100)]
        others = [asked(f"other{n}", f"192.0.2.{n}", PRINT) for n in (2, 3)]
        # the first is being drawn, and what is asked for from now on waits
        assert await asyncio.to_thread(slow.begun.wait, 20)
        reader = [asked("preview", "2001:db8::/64", PREVIEW_FIRST)]
        neighbour = asked("another", "2001:db8::/64", PREVIEW_FIRST)
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await neighbour
        slow.go.set()
        found = await asyncio.gather(*greedy, return_exceptions=True)
        assert sum(isinstance(body, QueueFull) for body in found) == 99
        await asyncio.gather(*others, *reader)
        assert slow.drawn == ["figure0", "preview", "other2", "other3"]
        # the place is free again
        await asked("figure1", "192.0.2.1", PRINT)

    asyncio.run(run())


def test_figures_of_many_clients_leave_places_for_previews() -> None:
    queue, slow = RenderQueue(waiting=4), Slow()

    async def run() -> None:
        def ask(n: int, urgency: int) -> asyncio.Future[Body]:
            made = queue.get("k", n, lambda: str(n), slow.finish, client=str(n), urgency=urgency)
            return asyncio.ensure_future(made)

        figures = [ask(n, PRINT) for n in range(3)]
        previews = [ask(n, PREVIEW_FIRST) for n in range(3, 6)]
        await asyncio.sleep(0)
        slow.go.set()
        found = await asyncio.gather(*figures, *previews, return_exceptions=True)
        refused = [isinstance(body, QueueFull) for body in found]
        assert refused == [False, False, True, False, False, True]

    asyncio.run(run())


def test_the_same_drawing_under_two_addresses_is_made_once() -> None:
    queue, slow = RenderQueue(), Slow()
    slow.go.set()

    async def run() -> list[Body]:
        return [await queue.get("kind", key, lambda: "same", slow.finish) for key in "ab"]

    one, other = asyncio.run(run())
    assert one is other
    assert slow.drawn == ["same"]
    again = asyncio.run(queue.get("other kind", "a", lambda: "same", slow.finish))
    assert again is not one


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    queue, slow = RenderQueue(limit=2 * (ENTRY + 125)), Slow()
    slow.go.set()
    for name in ("a" * 100, "b" * 100, "a" * 100, "c" * 100, "a" * 100, "b" * 100):
        asyncio.run(soon(queue, slow, name))
    assert [svg[0] for svg in slow.drawn] == ["a", "b", "c", "b"]


def test_a_drawing_that_fails_is_tried_again() -> None:
    queue, slow = RenderQueue(), Slow()
    slow.go.set()

    def fails(svg: str) -> Body:
        raise QueueFull("no")

    with pytest.raises(QueueFull):
        asyncio.run(queue.get("kind", "a", lambda: "a", fails))
    assert asyncio.run(soon(queue, slow, "a")).content == b"a"
