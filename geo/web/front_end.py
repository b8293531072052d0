"""What of Streamlit's own page a document starts: its modules, from its index.html."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_ENTRY = re.compile(r'<script type="module"[^>]* src="\./([^"]+)"')
_MODULE = re.compile(r'<link rel="modulepreload"[^>]* href="\./([^"]+)"')


@cache
def front_end() -> dict[str, object]:
    """Return the entry module and the modules that it needs, by their addresses."""
    spec = find_spec("streamlit")
    shell = (Path(spec.origin).parent / "static" / "index.html").read_text(encoding="utf-8")
    return {
        "entry": "/" + _ENTRY.findall(shell)[0],
        "preload": ["/" + name for name in _MODULE.findall(shell)],
    }
