"""
Attack the atlas as a stranger could, and print what it took; it never fails.

Each attack meets a server of its own, which listens on this machine alone, and is bounded in
requests, bytes and time. Beside each a reader clicks, alone first and then during the attack:
the bar is twice the time. ``python -m tools.attack log upload`` makes these two.
"""

from __future__ import annotations

import argparse
import time
import traceback
from collections.abc import Callable, Mapping

from tools.attack import log, long_request, slow_head, upload
from tools.attack.reader import Reader, alone
from tools.attack.serving import Server

ATTACKS = (upload, long_request, slow_head, log)
#: seconds for which the reader is measured alone
ALONE = 4.0
BAR = 2.0

NAMED: Mapping[str, Callable[[Server], list[str]]] = {
    module.__name__.rpartition(".")[2]: module.attack for module in ATTACKS
}


def against_a_new_server(attack: Callable[[Server], list[str]]) -> list[str]:
    """
    Start a server, measure a reader alone and beside an attack, and end it.

    Parameters
    ----------
    attack : callable
        Of a module of this package.

    Returns
    -------
    list of str
        The attack's figures and the reader's.
    """
    with Server() as server:
        before = alone(server.url, ALONE)
        with Reader(server.url) as reader:
            lines = attack(server)
        ratio = reader.median / before
        return [
            *lines,
            f"a reader's click: {1000 * before:.0f} ms alone, {1000 * reader.median:.0f} ms "
            f"beside it ({len(reader.seconds)} clicks), {ratio:.1f} × (bar {BAR:g})",
            f"the server {'still runs' if server.alive() else 'HAS ENDED'}",
        ]


def main() -> None:
    """Make the attacks that the command line names, or all."""
    parser = argparse.ArgumentParser(prog="python -m tools.attack", description=__doc__)
    parser.add_argument("attacks", nargs="*", metavar="|".join(NAMED))
    chosen = parser.parse_args().attacks or list(NAMED)
    if unknown := set(chosen) - set(NAMED):
        parser.error(f"no attack is called {', '.join(sorted(unknown))}")
    for name in chosen:
        begun = time.monotonic()
        try:
            lines = against_a_new_server(NAMED[name])
        except Exception:  # a figure that is missing is no reason to stop the others
            lines = [f"not measured further:\n{traceback.format_exc()}"]
        print(f"\n{name} ({time.monotonic() - begun:.0f} s)", flush=True)
        print("\n".join(f"  {line}" for line in lines), flush=True)


if __name__ == "__main__":
    main()
