"""
Watch an interpreter for what no test may do: read the real ledger, or reach another machine.

It can also be asked, while it runs, how Streamlit is configured.

Python runs a module of this name before anything else where its folder stands in
``PYTHONPATH``, so the programs that a test starts are watched as the tests are. An audit hook
cannot be removed, and sees every way in which the interpreter opens a file or a connection.

``ATLAS_TEST_OPENED`` and ``ATLAS_TEST_REACHED`` name the files that are written to; without
the variable nothing is watched. At the signal SIGUSR1 Streamlit's options are written to the
file that ``ATLAS_TEST_CONFIGURATION`` names, as JSON.
"""

import json
import os
import signal
import sys

OPENED = "ATLAS_TEST_OPENED"
REACHED = "ATLAS_TEST_REACHED"
CONFIGURATION = "ATLAS_TEST_CONFIGURATION"
DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), "data", "")
LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "", None}


def _note(variable: str, line: str) -> None:
    with open(os.environ[variable], "a", encoding="utf-8") as file:
        file.write(line + "\n")


def _watch_files(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or OPENED not in os.environ:
        return
    name = arguments[0]
    if isinstance(name, str | bytes):
        path = os.path.abspath(os.fsdecode(name))
        if path.endswith(".csv") and path.startswith(DATA):
            _note(OPENED, path)


def _outside(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) else None  # a path: no network at all
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    return host not in LOCAL and not str(host).startswith("127.")


def _watch_connections(event: str, arguments: tuple[object, ...]) -> None:
    if REACHED not in os.environ:
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1] if len(arguments) > 1 else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        address = (arguments[0],)
    else:
        return
    if _outside(address):
        _note(REACHED, f"{event} {address}")
        raise OSError("this program may not reach out")


def _write_options(_signal: int, _frame: object) -> None:
    from streamlit import config

    path = os.environ[CONFIGURATION]
    values = {key: option.value for key, option in config.get_config_options().items()}
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump(values, file, default=str)
    # whole or not there, for whoever waits for it
    os.replace(path + ".part", path)


if CONFIGURATION in os.environ:
    signal.signal(signal.SIGUSR1, _write_options)
sys.addaudithook(_watch_files)
sys.addaudithook(_watch_connections)
