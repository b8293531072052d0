"""What README.md offers to paste works as it is there: nginx, Caddy, systemd, and below a path."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from geo.paths import PROJECT
from tests.browser.serving import free_port
from tests.deploy.http import get
from tests.deploy.serving import Process, listens, replicas
from tests.links import own_paths
from tests.sizes import FULL
from tools import find_nginx

ROOT = "/interactives/atlas"
NAME = "atlas.newsroom.example"


def block(kind: str) -> str:
    """The block of README.md in a language."""
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that this machine has signed itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here")
    folder = tmp_path_factory.mktemp("certificate")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    paths = ["-keyout", str(folder / "atlas.key"), "-out", str(folder / "atlas.pem")]
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    subprocess.run([*command, *paths, *names], check=True, capture_output=True)
    return folder


@contextmanager
def nginx(folder: Path, servers: str, port: int) -> Iterator[Process]:
    """Start nginx with some servers in the place in which Debian has those of conf.d."""
    program = find_nginx.find(install=False)
    assert program
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    settings = folder / "nginx.conf"
    settings.write_text(f"pid {folder}/pid; events {{}} http {{ {paths} {servers} }}")
    run = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
    command = [str(program), "-p", str(folder), "-c", str(settings), "-e", "stderr", "-g", run]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    proxy = Process(command, port, folder / "nginx.log", os.environ)
    proxy.start()
    try:
        proxy.wait(lambda: listens(port))
        yield proxy
    finally:
        proxy.stop()


async def _page(port: int, trusted: ssl.SSLContext) -> str:
    """What is sent for a page of the name, over TLS."""
    reading, writing = await asyncio.open_connection(
        "127.0.0.1", port, ssl=trusted, server_hostname=NAME
    )
    head = f"GET /timeline?country=NL HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n"
    writing.write(head.encode())
    found = await reading.read()
    writing.close()
    return found.decode(errors="replace")


async def _opens(
    port: int, own: str, trusted: ssl.SSLContext | None = None, page: str = "", below: str = ""
) -> int:
    """The status that a page, of the site itself unless another is named, gets for a websocket."""
    address = f"{own.replace('http', 'ws', 1)}{below}/_stcore/stream"
    try:
        async with connect(
            address,
            host="127.0.0.1",
            port=port,
            additional_headers={"Origin": page or own},
            subprotocols=[Subprotocol("streamlit")],
            proxy=None,
            ssl=trusted,
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.usefixtures("needs_nginx")
def test_the_nginx_block_serves_pages_and_sockets_over_tls(
    pair: list[Process], certificate: Path, tmp_path: Path
) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate / "atlas.pem"))
    port, own, replica = free_port(), f"https://{NAME}", pair[0]
    text = block("nginx").replace("listen 443", f"listen {port}")
    text = text.replace("/etc/ssl/", f"{certificate}/").replace("8501", str(replica.port))
    with nginx(tmp_path, text, port):
        offering = ssl.create_default_context(cafile=str(certificate / "atlas.pem"))
        offering.set_alpn_protocols(["h2"])
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            offering.wrap_socket(plain, server_hostname=NAME) as spoken,
        ):
            assert spoken.selected_alpn_protocol() == "h2"
        assert asyncio.run(_page(port, trusted)).startswith("HTTP/1.1 200 ")
        assert asyncio.run(_opens(port, own, trusted)) == 101
        # refused, and said in the log with the setting to change
        other = "https://www.newsroom.example"
        assert asyncio.run(_opens(port, own, trusted, other)) == 403
    assert f"{other} was refused its websocket" in replica.log
    assert f"set ATLAS_ADDRESS={other}" in replica.log


@pytest.mark.skipif(not FULL, reason="starts a server of its own; the crawl of the tests of web")
@pytest.mark.usefixtures("needs_nginx")
def test_below_a_path_every_address_is_answered_through_nginx(tmp_path: Path) -> None:
    kept, taken = free_port(), free_port()
    with replicas(1, tmp_path, settings={"ATLAS_ROOT": ROOT}) as (replica,):
        maps, _brace, server = block("nginx").partition("server {")
        server = re.sub(r"^ *(?:ssl_\w+|server_name) .*\n", "", server, flags=re.MULTILINE)
        servers = [
            server.replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
            .replace("location / {", f"location {ROOT}/ {{")
            .replace("http://127.0.0.1:8501", f"http://127.0.0.1:{replica.port}{tail}")
            for port, tail in ((kept, ""), (taken, "/"))
        ]
        with nginx(tmp_path, maps + "".join(f"server {{{one}" for one in servers), kept):
            for port in (kept, taken):
                url = f"http://127.0.0.1:{port}"
                assert _unanswered(url) == {}
                assert get(url, ROOT).status in (301, 308)
                assert asyncio.run(_opens(port, url, below=ROOT)) == 101


def _unanswered(url: str) -> dict[str, int]:
    """One of each kind of address that a few pages name, and its status where it is not 200."""
    named: set[str] = set()
    for page in ("/", "/data?country=NL", "/s/nl-rotterdam-1"):
        text = get(url, ROOT + page).body.decode()
        found = own_paths(f"{url}{ROOT}{page}", "text/html", text)
        assert all(path.startswith(f"{ROOT}/") for path in found)
        named |= found
    one_of_each = {path.partition("?")[0]: path for path in sorted(named)}
    asked = [path for path in one_of_each.values() if ".png" not in path]
    assert len(asked) > 40
    return {path: status for path in asked if (status := get(url, path).status) != 200}


@pytest.mark.skipif(shutil.which("caddy") is None, reason="there is no Caddy here")
def test_the_caddy_block_serves_pages_and_sockets(pair: list[Process], tmp_path: Path) -> None:
    port = free_port()
    text = block("caddyfile").replace(NAME, f"http://127.0.0.1:{port}")
    settings = tmp_path / "Caddyfile"
    settings.write_text("{\n\tadmin off\n}\n" + text.replace("8501", str(pair[0].port)))
    folders = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(tmp_path))
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(settings)]
    proxy = Process(command, port, tmp_path / "caddy.log", os.environ | folders)
    proxy.start()
    try:
        proxy.wait(lambda: listens(port))
        page = get(proxy.url, "/timeline").body.decode()
        assert f'<link rel="canonical" href="{proxy.url}/timeline">' in page
        assert asyncio.run(_opens(port, proxy.url)) == 101
    finally:
        proxy.stop()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
@pytest.mark.parametrize("unit", ["README.md", "deploy/atlas.service"])
def test_the_unit_is_one(unit: str, tmp_path: Path) -> None:
    path = PROJECT / unit
    text = block("ini") if path.suffix == ".md" else path.read_text(encoding="utf-8")
    file = tmp_path / "atlas.service"
    # the program must be there
    file.write_text(text.replace("/srv/atlas/.venv/bin/python", sys.executable))
    verify = ["systemd-analyze", "verify", "--man=no", str(file)]
    tried = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert not [line for line in tried.stderr.splitlines() if "atlas.service" in line]
