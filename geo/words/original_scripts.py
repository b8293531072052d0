"""The language of names that are written in their original script, for those who hear a page."""

from __future__ import annotations

import re

_KANA = "\u3040-\u30ff\u31f0-\u31ff"
_HANGUL = "\u1100-\u11ff\uac00-\ud7af"
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(f"[{_HAN}{_KANA}{_HANGUL}]+")
_LANGUAGES = ((re.compile(f"[{_KANA}]"), "ja"), (re.compile(f"[{_HANGUL}]"), "ko"))
#: what cannot hold an element, and what says its language itself
_APART = re.compile(
    r"<(title|script|style|textarea|option|text|code|pre)\b.*?</\1>"
    r"|<(?!html\b)(\w+)\b[^>]*\slang=[^>]*>.*?</\2>"
    r"|<[^>]*>",
    re.DOTALL,
)


def _marked(run: re.Match[str]) -> str:
    text = run[0]
    language = next((code for script, code in _LANGUAGES if script.search(text)), "zh")
    return f'<span lang="{language}">{text}</span>'


def marked_scripts(html: str) -> str:
    """
    Mark the language of Chinese, Japanese and Korean words in a piece of HTML.

    Parameters
    ----------
    html : str
        Escaped.

    Returns
    -------
    str
        Each run of such characters in a span with ``lang``: Japanese where it has kana, Korean
        where it has hangul, else Chinese. Tags and their attributes, and text in an element
        that has ``lang`` or can hold no other element, are unchanged.
    """
    if not _RUN.search(html):
        return html
    pieces, end = [], 0
    for apart in _APART.finditer(html):
        pieces += [_RUN.sub(_marked, html[end : apart.start()]), apart[0]]
        end = apart.end()
    return "".join([*pieces, _RUN.sub(_marked, html[end:])])
