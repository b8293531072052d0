"""The server may open as many files and sockets as the system allows it to ask for."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest

from geo.server.uvicorn_limits import raise_descriptor_limit


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
