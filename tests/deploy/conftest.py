"""Three replicas behind nginx, shared by the tests that end none of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.deploy.serving import Process, nginx, replicas
from tools import find_nginx


@dataclass
class Installation:
    """
    An installation on several processes.

    Attributes
    ----------
    proxy : Process
        nginx.
    replicas : list of Process
        The replicas behind it.
    """

    proxy: Process
    replicas: list[Process]


@pytest.fixture(scope="session")
def needs_nginx() -> None:
    """Skip what needs nginx where there is none; fail it on a build server."""
    if find_nginx.find(install=False) is None:
        if os.environ.get("CI") == "true":
            pytest.fail("not run: no nginx, and CI asks for one")
        pytest.skip("not run: no nginx (make setup installs it on Debian as root)")


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Process]]:
    """Two replicas without anything before them."""
    with replicas(2, tmp_path_factory.mktemp("pair")) as started:
        yield started


@pytest.fixture(scope="session")
def installation(
    needs_nginx: None, pair: list[Process], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The two replicas behind nginx."""
    with nginx(tmp_path_factory.mktemp("nginx"), pair) as proxy:
        yield Installation(proxy, pair)
