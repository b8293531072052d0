"""Bodies of responses: their compressed forms, their entity tags, and a cache of them."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from threading import Lock

from starlette.requests import Request

from geo.exports.data_package import ZIP
from geo.exports.workbook import XLSX
from geo.link.rendered import RenderedCache
from geo.web.compress import (
    COMPRESSING,
    FAST,
    WORTHWHILE,
    Encoding,
    compress,
    lasting_quality,
    negotiate,
)

#: bytes of the bodies in a cache, in all forms that each has
LIMIT = 12 * 2**20
#: compressed already
PACKED = frozenset({"image/png", "font/woff2", XLSX, ZIP})
_ENCODINGS: tuple[Encoding, ...] = ("identity", *COMPRESSING)


def entity_tag(digest: str, encoding: Encoding) -> str:
    """
    Return the strong entity tag of one form.

    Parameters
    ----------
    digest : str
        Of the content, or of all that it is made from.
    encoding : Encoding
        The content coding: each has other bytes, and so another tag.

    Returns
    -------
    str
        With its quotation marks.
    """
    return f'"{digest}"' if encoding == "identity" else f'"{digest}-{encoding}"'


def entity_tags(digest: str) -> tuple[str, ...]:
    """Return the entity tags of all forms."""
    return tuple(entity_tag(digest, encoding) for encoding in _ENCODINGS)


def accepted_encoding(request: Request) -> Encoding:
    """Return the encoding that a request prefers."""
    return negotiate(", ".join(request.headers.getlist("accept-encoding")))


class Body:
    """
    The content of a response, with its compressed forms, each made once.

    Parameters
    ----------
    content : bytes
        Not compressed.
    media_type : str
        Its ``Content-Type``.
    lasting : bool
        Whether it is kept for as long as the server runs, as files are: worth a more thorough
        and slower compression.

    Attributes
    ----------
    digest : str
        32 hex digits of the content's SHA-256.
    """

    def __init__(self, content: bytes, media_type: str, *, lasting: bool = False) -> None:
        self.content = content
        self.media_type = media_type
        self.digest = hashlib.sha256(content).hexdigest()[:32]
        self._quality = lasting_quality(len(content)) if lasting else FAST
        self._forms: dict[Encoding, bytes] = {"identity": content}
        self._locks = {encoding: Lock() for encoding in COMPRESSING}

    @property
    def is_compressible(self) -> bool:
        """Whether a compressed form saves more than its header costs."""
        return len(self.content) >= WORTHWHILE and self.media_type not in PACKED

    @property
    def size(self) -> int:
        """Bytes of all forms that have been made."""
        return sum(map(len, list(self._forms.values())))

    @property
    def tags(self) -> tuple[str, ...]:
        """The entity tags of all forms."""
        return entity_tags(self.digest)

    def has(self, encoding: Encoding) -> bool:
        """Say whether a form has been made."""
        return encoding in self._forms

    def form(self, encoding: Encoding) -> bytes:
        """Return the content in an encoding; whoever comes while it is made waits for it."""
        form = self._forms.get(encoding)
        if form is None:
            with self._locks[encoding]:
                form = self._forms.get(encoding)
                if form is None:
                    form = compress(self.content, encoding, self._quality)
                    self._forms[encoding] = form
        return form

    def prepare(self) -> None:
        """Make every form that a response may send."""
        if self.is_compressible:
            for encoding in COMPRESSING:
                self.form(encoding)

    def encoding_for(self, request: Request) -> Encoding:
        """Return the encoding in which a request gets the content."""
        return accepted_encoding(request) if self.is_compressible else "identity"


class BodyCache(RenderedCache[Body]):
    """
    Keep an LRU cache of bodies, bounded in bytes.

    Parameters
    ----------
    limit : int
        Bytes of all forms of all bodies together. A larger body is not cached.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        super().__init__(limit, _size)

    def form(
        self, key: Hashable, body: Body, encoding: Encoding, reading: object | None = None
    ) -> bytes:
        """
        Return a body in an encoding, and count the form if it had to be made.

        Parameters
        ----------
        key : hashable
            Of the body.
        body : Body
            What `get_or_make` has returned for it.
        encoding : Encoding
            The content coding.
        reading : object, optional
            As for `get_or_make`.

        Returns
        -------
        bytes
            The content in that encoding.
        """
        is_new = not body.has(encoding)
        form = body.form(encoding)
        if is_new:
            with self._lock:
                self._drop()
                full = self._full(key, reading)
                if self._entries.get(full) is body:
                    # out first, or the cache would make room for it beside itself
                    del self._entries[full]
                    self._keep(full, body)
        return form


def _size(body: Body) -> int:
    return body.size
