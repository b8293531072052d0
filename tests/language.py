"""The words that the atlas does not use, and texts that cannot be translated as a whole."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

#: calques, and terms that have another word in the atlas; whole words, case ignored
BANNED = (
    "stands",
    "stand",
    "stood",
    "holds",
    "somebody named",
    "nobody",
    "whatever",
    "beside",
    "of its own",
    "of ours",
    "what of",
    "a second time",
    "at the heels of",
    "storey",
    "storeys",
    "that is said to",
    "that are said to",
    "latest words",
    "newest words",
    "the word of",
    "those concerned",
    "people concerned",
    "bodies concerned",
    "body said to run it",
    "host government",
    "host governments",
    "host state",
    "host states",
)
_BANNED = re.compile(rf"\b(?:{'|'.join(BANNED)})\b", re.IGNORECASE)
#: what a document quotes, or writes as code, is not its own voice
_QUOTED = re.compile(
    r"^```.*?^```|`[^`\n]*`|“[^”]*”|\"[^\"\n]*\"|\[[^\]\n]*\]\(|\]\([^)\n]*\)", re.M | re.S
)
_PLACEHOLDER = re.compile(r"\{[^}]*\}")

FUNCTIONS = frozenset({"_", "N_", "ngettext"})
_TAG = re.compile(r"<(/?)([a-zA-Z][\w]*)\b[^>]*>")
_INLINE = frozenset({"a", "b", "i", "em", "strong", "span", "code", "br"})
#: only one branch of an alternative is written
_BRANCH = re.compile(r"\{%-?\s*(?:else|elif)\b.*?%\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
#: a link whose text is one message with a capital is a label, as a button is
_LABEL = re.compile(r"<a\b[^>]*>\s*\{\{-?\s*_\(([\"'])[A-Z][^\"']*\1\)[^}]*\}\}\s*</a>")
_EXPRESSION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_MESSAGE = re.compile(r"""(?:_|linked)\((?:_\()?(["'])(.*?)\1""", re.DOTALL)
_ENDS = (".", "!", "?", ":", "…")
_SEPARATES = re.compile(r"^\s*[·(.,)]|[·(]\s*$")
_MADE = frozenset({"format", "join", "replace", "strip", "lower", "upper"})


def banned_words(text: str) -> list[str]:
    """
    Find words that the atlas does not use.

    Parameters
    ----------
    text : str
        A message or a document in Markdown; quotations, code and links' addresses are not
        looked at.

    Returns
    -------
    list of str
        In the order of the text.
    """
    return _BANNED.findall(_PLACEHOLDER.sub(" ", _QUOTED.sub(" ", text)))


def unseen_messages(source: str) -> Iterator[tuple[int, str]]:
    """
    Find calls of gettext whose message is not collected into the catalogue.

    Parameters
    ----------
    source : str
        A module of Python. Babel looks neither into f-strings nor at messages that are made at
        run time.

    Yields
    ------
    tuple of (int, str)
        Line, and the call.
    """
    tree = ast.parse(source)
    inside = {
        id(node)
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id not in FUNCTIONS:
            continue
        for message in node.args[: 2 if node.func.id == "ngettext" else 1]:
            literal = isinstance(message, ast.Constant)
            if _made(message) or (literal and id(node) in inside):
                yield node.lineno, ast.unparse(node)


def _made(message: ast.expr) -> bool:
    """Say whether a message is put together at run time; a label looked up in a table is not."""
    if isinstance(message, ast.Call):
        return isinstance(message.func, ast.Attribute) and message.func.attr in _MADE
    return isinstance(message, ast.JoinedStr | ast.BinOp)


def glued_messages(template: str) -> Iterator[str]:
    """
    Find messages of a template that are parts of a sentence.

    Parameters
    ----------
    template : str
        A template. A message is a part if more text follows in the same block of HTML without
        the end of a sentence, a colon or a separator between them.

    Yields
    ------
    str
        The message.
    """
    branches = _BRANCH.sub("<hr>", template)
    labels = _LABEL.sub("<hr>", branches)
    for block in _blocks(_STATEMENT.sub(" ", labels)):
        parts = _parts(block)
        for (text, kind), (following, next_kind) in pairwise(parts):
            apart = any(
                kind_of == "text" and _SEPARATES.search(part)
                for part, kind_of in ((text, kind), (following, next_kind))
            )
            if apart:
                continue
            if kind == "message" and not text.endswith(_ENDS):
                yield text
            elif next_kind == "message" and following[:1].islower():
                yield following


def _blocks(template: str) -> Iterator[str]:
    start = 0
    for tag in _TAG.finditer(template):
        if tag[2].lower() not in _INLINE:
            yield template[start : tag.start()]
            start = tag.end()
    yield template[start:]


def _parts(block: str) -> list[tuple[str, str]]:
    """Return the visible parts of a block in order: messages, values and literal text."""
    text = _TAG.sub("", block)
    parts: list[tuple[str, str]] = []
    end = 0
    for found in _EXPRESSION.finditer(text):
        parts.append((text[end : found.start()], "text"))
        message = _MESSAGE.match(found[1])
        parts.append((message[2], "message") if message else (found[1], "value"))
        end = found.end()
    parts.append((text[end:], "text"))
    return [part for part in parts if part[0].strip()]
