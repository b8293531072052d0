"""``/robots.txt``: everything may be indexed; without a route it would be the app's shell."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

ROBOTS = "User-agent: *\nAllow: /\n"


async def _robots(request: Request) -> PlainTextResponse:
    return PlainTextResponse(ROBOTS, headers={"Cache-Control": "public, max-age=86400"})


def robots_routes() -> list[Route]:
    """Return the route of ``/robots.txt`` for ``streamlit.App(routes=…)``."""
    return [Route("/robots.txt", _robots, methods=["GET"])]
