"""
``/robots.txt``: every page may be read, also by programs that only preview a link.

Without a route it would be the app's shell. A page that may not be listed has a robots tag
(`geo.link.indexing`): if it could not be fetched, the tag could not be read, and chats would
show no preview.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo.web.head import page_address

ROBOTS = "User-agent: *\nAllow: /\nDisallow: /_stcore/\n"


async def _robots(request: Request) -> PlainTextResponse:
    # a sitemap is named by its whole address, and none is better than a guessed one
    sitemap = page_address({**request.scope, "path": "/sitemap.xml"}, "")
    text = ROBOTS + (f"Sitemap: {sitemap}\n" if sitemap else "")
    return PlainTextResponse(text, headers={"Cache-Control": "public, max-age=86400"})


def robots_routes() -> list[Route]:
    """Return the route of ``/robots.txt`` for ``streamlit.App(routes=…)``."""
    return [Route("/robots.txt", _robots, methods=["GET"])]
