"""The server may open as many files and sockets as the system allows it to ask for."""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from geo.configuration import BadSetting
from geo.server.uvicorn_limits import raise_descriptor_limit, refuse_other_root


@pytest.fixture
def hard() -> Iterator[int]:
    """Lower the soft limit for a test; the hard one."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(512, most), most))
    yield most
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))


def test_the_soft_limit_is_raised_to_the_hard_one(hard: int) -> None:
    assert raise_descriptor_limit() == hard
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    # a second time changes nothing
    assert raise_descriptor_limit() == hard


class Ending(uvicorn.Server):
    """A server whose failure to start ends it, and not the process."""

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        with suppress(SystemExit):
            await super().serve(sockets)
        self.should_exit = True


@pytest.mark.parametrize(
    ("told", "root", "starts"),
    [
        ("", "", True),
        ("", "/atlas", True),
        ("/atlas", "/atlas", True),
        ("/interactives", "/interactives/atlas", True),
        ("/atlas/", "", False),
        ("/atlas", "/atlases", False),
    ],
)
def test_a_path_that_only_the_server_knows_is_refused_in_a_sentence(
    told: str, root: str, starts: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        try:
            refuse_other_root(root)
        except BadSetting:
            await send({"type": "lifespan.startup.failed"})
        else:
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})

    async def run() -> bool:
        server = Ending(uvicorn.Config(app, port=0, lifespan="on", root_path=told, log_config=None))
        serving = asyncio.ensure_future(server.serve())
        while not server.started and not server.should_exit:
            await asyncio.sleep(0.01)  # between two looks
        begun, server.should_exit = server.started, True
        await serving
        return begun

    assert asyncio.run(run()) is starts
    assert ("Set ATLAS_ROOT=/atlas:" in caplog.text) is not starts
