"""Name the failures that only HTTP knows; the sentences are in the texts under `[http]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from starlette.exceptions import HTTPException


class BodyTooLarge(HTTPException):
    """Say that a request body has more bytes than the limit."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(413)
        self.limit_bytes = limit_bytes


class NamedRefusal(HTTPException):
    """Carry a code of its own, and the values that its sentence names."""

    code: ClassVar[str]

    def __init__(
        self,
        status: int,
        values: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, headers=headers)
        self.values = dict(values or {})


class UnpackedTooLarge(NamedRefusal):
    """Say that a packed request body has more bytes than the limit once it is unpacked."""

    code = "unpacked-too-large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(413, {"limit": limit_bytes})


class UnknownEncoding(NamedRefusal):
    """Say in which ways a request body may be packed (RFC 9110, 15.5.16)."""

    code = "unknown-encoding"

    def __init__(self, supported: tuple[str, ...]) -> None:
        listed = ", ".join(supported)
        super().__init__(415, {"supported": listed}, {"Accept-Encoding": listed})


class BrokenEncoding(NamedRefusal):
    """Say that a request body is not packed as its header says."""

    code = "broken-encoding"

    def __init__(self) -> None:
        super().__init__(400)


class UnknownHost(HTTPException):
    """Say that a request was sent to a host name that is not ours."""

    def __init__(self) -> None:
        super().__init__(421)


class NotAcceptable(HTTPException):
    """Say which formats there are when a client takes none of them."""

    def __init__(self, available: tuple[str, ...]) -> None:
        super().__init__(406)
        self.available = available


class UnsupportedMediaType(HTTPException):
    """Say which kinds of body are understood."""

    def __init__(self, supported: tuple[str, ...]) -> None:
        super().__init__(415, headers={"Accept-Post": ", ".join(supported)})
        self.supported = supported
