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
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

import tools.attack as package
from tools.attack.reader import Reader, alone
from tools.attack.serving import Server

#: seconds for which the reader is measured alone, before an attack and after it
ALONE = 2.0
BAR = 2.0


def attacks() -> dict[str, Callable[[Server], list[str]]]:
    """Return the function ``attack`` of each module of this package that has one, by its name."""
    names = [module.name for module in iter_modules(package.__path__) if module.name[0] != "_"]
    modules = {name: import_module(f"{package.__name__}.{name}") for name in names}
    return {name: found.attack for name, found in modules.items() if hasattr(found, "attack")}


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
        # on a machine with other work, one look would say more about that work
        rest = (before + alone(server.url, ALONE)) / 2
        ratio = reader.median / rest
        return [
            *lines,
            f"a reader's click: {1000 * rest:.0f} ms alone, {1000 * reader.median:.0f} ms "
            f"beside it ({len(reader.seconds)} clicks), {ratio:.1f} × (bar {BAR:g})",
            f"the server {'still runs' if server.alive() else 'HAS ENDED'}",
        ]


def main() -> None:
    """Make the attacks that the command line names, or all."""
    named = attacks()
    parser = argparse.ArgumentParser(prog="python -m tools.attack", description=__doc__)
    parser.add_argument("attacks", nargs="*", metavar="|".join(named))
    chosen = parser.parse_args().attacks or list(named)
    if unknown := set(chosen) - set(named):
        parser.error(f"no attack is called {', '.join(sorted(unknown))}")
    for name in chosen:
        begun = time.monotonic()
        try:
            lines = against_a_new_server(named[name])
        except Exception:  # a figure that is missing is no reason to stop the others
            lines = [f"not measured further:\n{traceback.format_exc()}"]
        print(f"\n{name} ({time.monotonic() - begun:.0f} s)", flush=True)
        print("\n".join(f"  {line}" for line in lines), flush=True)


if __name__ == "__main__":
    main()
