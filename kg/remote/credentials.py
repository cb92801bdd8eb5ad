"""Prove to an engine who writes, by Basic or Digest as it asks for."""

from __future__ import annotations

import base64
import threading
from urllib.request import AbstractDigestAuthHandler, HTTPPasswordMgr, Request
from urllib.request import parse_http_list as http_list
from urllib.request import parse_keqv_list as pairs


class Credentials:
    """Make the `Authorization` of a request from the challenge the engine sent last.

    The challenge is kept, since Virtuoso cuts the connection when a large body comes without it.
    """

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._password = password
        self._challenge = ""
        self._lock = threading.Lock()
        self._handler = AbstractDigestAuthHandler(_OneUser(user, password))

    @property
    def are_given(self) -> bool:
        """Tell whether there is a user at all."""
        return bool(self._user)

    @property
    def has_challenge(self) -> bool:
        """Tell whether an engine asked for them already."""
        return bool(self._challenge)

    def learn(self, challenge: str) -> None:
        """Take the value of a `WWW-Authenticate` header."""
        self._challenge = challenge

    def headers(self, method: str, url: str) -> dict[str, str]:
        """Return the header for a request; none before a challenge or without a user."""
        if not self.are_given or not self._challenge:
            return {}
        scheme, _, rest = self._challenge.partition(" ")
        if scheme.lower() != "digest":
            text = f"{self._user}:{self._password}".encode()
            return {"Authorization": f"Basic {base64.b64encode(text).decode('ascii')}"}
        with self._lock:
            # It counts the uses of a nonce, hence one at a time.
            answer = self._handler.get_authorization(
                Request(url, method=method),  # noqa: S310  # only its method and path are read
                pairs(list(filter(None, http_list(rest)))),
            )
        return {"Authorization": f"Digest {answer}"} if answer else {}


class _OneUser(HTTPPasswordMgr):
    """Know one user, wherever it is asked for."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__()
        self._known = (user, password)

    def find_user_password(self, realm: str, authuri: str) -> tuple[str | None, str | None]:
        """Return the user and the password."""
        return self._known
