"""Name the failures that only HTTP knows; the sentences are in the texts under `[http]`."""

from __future__ import annotations

from starlette.exceptions import HTTPException


class BodyTooLarge(HTTPException):
    """Say that a request body has more bytes than the limit."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(413)
        self.limit_bytes = limit_bytes


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
