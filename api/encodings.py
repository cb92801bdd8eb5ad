"""Unpack a request body while it is read, and stop at a number of bytes (RFC 9110, 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Final, Protocol

import brotli  # type: ignore[import-untyped]  # ships no types

from api.refusals import BrokenEncoding, UnknownEncoding, UnpackedTooLarge


class Decoder(Protocol):
    """Unpack a body part by part."""

    def unpack(self, packed: bytes, most: int) -> bytes:
        """Return what comes out of a part; more than `most` bytes only to show that it is more."""

    def is_whole(self) -> bool:
        """Tell whether the body ended where its packing ends."""


class _Deflated:
    """Unpack gzip or zlib."""

    def __init__(self, window_bits: int) -> None:
        self._stream = zlib.decompressobj(window_bits)

    def unpack(self, packed: bytes, most: int) -> bytes:
        try:
            return self._stream.decompress(packed, most + 1)
        except zlib.error as error:
            raise BrokenEncoding from error

    def is_whole(self) -> bool:
        # What follows the end would be a second body within the first.
        return self._stream.eof and not self._stream.unused_data


class _Brotli:
    """Unpack brotli (RFC 7932)."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def unpack(self, packed: bytes, most: int) -> bytes:
        found = bytearray()
        try:
            found += self._stream.process(packed, output_buffer_limit=most + 1)
            while len(found) <= most and not self._stream.can_accept_more_data():
                found += self._stream.process(b"", output_buffer_limit=most + 1 - len(found))
        except brotli.error as error:
            raise BrokenEncoding from error
        return bytes(found)

    def is_whole(self) -> bool:
        return bool(self._stream.is_finished())


_GZIP_BITS: Final = 16 + zlib.MAX_WBITS
DECODERS: Final[Mapping[str, Callable[[], Decoder]]] = {
    "gzip": lambda: _Deflated(_GZIP_BITS),
    "x-gzip": lambda: _Deflated(_GZIP_BITS),
    "deflate": lambda: _Deflated(zlib.MAX_WBITS),
    "br": _Brotli,
}
_PLAIN: Final = ("", "identity")


class BodyDecoder:
    """Unpack the body of one request."""

    def __init__(self, decoder: Decoder, limit_bytes: int) -> None:
        self._decoder = decoder
        self._limit = limit_bytes
        self._left = limit_bytes

    @classmethod
    def for_encoding(cls, encoding: str, limit_bytes: int) -> BodyDecoder | None:
        """Return what unpacks a body with this Content-Encoding; None when it is not packed.

        Raises:
            UnknownEncoding: It is packed in a way, or in several, that is not understood.
        """
        name = encoding.strip().lower()
        if name in _PLAIN:
            return None
        if name not in DECODERS:
            raise UnknownEncoding(tuple(DECODERS))
        return cls(DECODERS[name](), limit_bytes)

    def unpack(self, packed: bytes, *, is_end: bool) -> bytes:
        """Return the next unpacked bytes.

        Raises:
            UnpackedTooLarge: The body is larger than the limit; nothing more is unpacked.
            BrokenEncoding: The body is not what its encoding says.
        """
        found = self._decoder.unpack(packed, self._left)
        if len(found) > self._left:
            raise UnpackedTooLarge(self._limit)
        self._left -= len(found)
        if is_end and not self._decoder.is_whole():
            raise BrokenEncoding
        return found
