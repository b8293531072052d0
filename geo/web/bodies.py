"""Bodies of responses: their entity tags, their compressed form, and a cache of them."""

from __future__ import annotations

import hashlib
from functools import cached_property

from starlette.requests import Request

from geo.link.rendered import RenderedCache
from geo.web.compress import WORTHWHILE, accepts_gzip, compress

#: bytes of the bodies in a cache, as they are before compression
LIMIT = 32 * 2**20
#: compressed already
PACKED = frozenset({"image/png", "font/woff2"})


class Body:
    """
    The content of a response, with what is computed from it once.

    Parameters
    ----------
    content : bytes
        Not compressed.
    media_type : str
        Its ``Content-Type``.

    Attributes
    ----------
    digest : str
        32 hex digits of the content's SHA-256.
    """

    def __init__(self, content: bytes, media_type: str) -> None:
        self.content = content
        self.media_type = media_type
        self.digest = hashlib.sha256(content).hexdigest()[:32]

    @cached_property
    def compressed(self) -> bytes:
        """The content, gzipped."""
        return compress(self.content)

    @property
    def is_compressible(self) -> bool:
        """Whether the compressed form saves more than its header costs."""
        return len(self.content) >= WORTHWHILE and self.media_type not in PACKED

    @property
    def tags(self) -> tuple[str, str]:
        """The entity tags of both forms: they are different bytes."""
        return self.tag(compressed=False), self.tag(compressed=True)

    def tag(self, *, compressed: bool) -> str:
        """Return the entity tag of one form."""
        return f'"{self.digest}-gzip"' if compressed else f'"{self.digest}"'

    def prepare(self) -> None:
        """Compress the content now if any response may send it compressed."""
        if self.is_compressible:
            _ = self.compressed

    def is_sent_compressed(self, request: Request) -> bool:
        """Say whether a request gets the compressed form."""
        accepted = ", ".join(request.headers.getlist("accept-encoding"))
        return self.is_compressible and accepts_gzip(accepted)


class BodyCache(RenderedCache[Body]):
    """
    Keep an LRU cache of bodies, bounded in bytes.

    Parameters
    ----------
    limit : int
        Bytes of all bodies together, as they are before compression. A larger body is not
        cached.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        super().__init__(limit, _size)


def _size(body: Body) -> int:
    return len(body.content)
