"""The preview for when nothing can be drawn: the icon of the atlas, and nothing of the ledger."""

from __future__ import annotations

import io
from functools import cache

from geo.paths import ASSETS
from geo.pictures.preview import HEIGHT, WIDTH
from geo.views.palette import LIGHT

_ICON = 256


@cache
def blank_preview() -> bytes:
    """Return a PNG file of the size of a preview, made without the renderer."""
    from PIL import Image

    picture = Image.new("RGB", (WIDTH, HEIGHT), LIGHT.paper)
    with Image.open(ASSETS / "atlas-1" / "icon.png") as icon:
        large = icon.convert("RGBA").resize((_ICON, _ICON), Image.Resampling.LANCZOS)
    picture.paste(large, ((WIDTH - _ICON) // 2, (HEIGHT - _ICON) // 2), large)
    buffer = io.BytesIO()
    picture.save(buffer, "png")
    return buffer.getvalue()
