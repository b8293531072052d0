"""
Check the docstrings of public functions against the NumPy form.

Run it by ``make lint``. A public function of two or more parameters documents each of them
in order, what it returns or yields, and what it raises itself; coordinates are documented
as decimal degrees. ruff checks the rest (``pyproject.toml``, rules D). numpydoc reads the
sections; its own validation cannot be limited to functions of two parameters.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from numpydoc.docscrape import NumpyDocString

PROJECT = Path(__file__).resolve().parent.parent
#: parameters of one name in all modules, whose unit has to be said
UNITS = {"lat": "degrees", "lon": "degrees", "latitude": "degrees", "longitude": "degrees"}
LEAST = 2

Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_functions(tree: ast.Module) -> Iterator[Function]:
    """Yield the public functions of a module, and the public methods of its public classes."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        if isinstance(node, ast.ClassDef) and node.name.startswith("_"):
            continue
        for one in inside:
            if isinstance(one, Function) and not one.name.startswith("_"):
                yield one


def parameters(function: Function) -> list[str]:
    """List the parameters that a caller gives, without ``self`` and ``cls``."""
    given = function.args
    named = [a.arg for a in (*given.posonlyargs, *given.args)]
    named += [given.vararg.arg] if given.vararg else []
    named += [a.arg for a in given.kwonlyargs]
    named += [given.kwarg.arg] if given.kwarg else []
    return [name for name in named if name not in ("self", "cls")]


def _own_raises(function: Function) -> bool:
    """Say whether the function itself raises an error, functions inside it left out."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Raise) and node.exc is not None:
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            pending += ast.iter_child_nodes(node)
    return False


def faults(function: Function) -> Iterator[str]:
    """Yield what the docstring of one function lacks."""
    given = parameters(function)
    if len(given) < LEAST:
        return
    read = NumpyDocString(ast.get_docstring(function) or "")
    listed = [
        name.strip().lstrip("*") for entry in read["Parameters"] for name in entry.name.split(",")
    ]
    if listed != given:
        yield f"documents the parameters {listed}, but takes {given}"
    gives = ast.unparse(function.returns) if function.returns else "None"
    if gives not in ("None", "NoReturn") and not (read["Returns"] or read["Yields"]):
        yield "does not say what it returns"
    if _own_raises(function) and not read["Raises"]:
        yield "does not say what it raises"
    for entry in read["Parameters"]:
        for name in entry.name.split(","):
            unit = UNITS.get(name.strip())
            if unit and unit not in " ".join(entry.desc):
                yield f"does not say that {name.strip()} is in {unit}"


def check(source: str) -> list[str]:
    """
    List the faults of a module, each with its line and function.

    Parameters
    ----------
    source : str
        The text of the module.

    Returns
    -------
    list of str
        ``line: function fault``; empty without faults.
    """
    return [
        f"{function.lineno}: {function.name} {fault}"
        for function in public_functions(ast.parse(source))
        for fault in faults(function)
    ]


def main() -> int:
    """Print the faults of all modules under ``geo/``; return 1 if there are any."""
    lines = [
        f"{file.relative_to(PROJECT).as_posix()}:{fault}"
        for file in sorted((PROJECT / "geo").rglob("*.py"))
        for fault in check(file.read_text(encoding="utf-8"))
    ]
    for fault in lines:
        print(fault)
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
