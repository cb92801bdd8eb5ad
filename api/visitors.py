"""Tell whose query a request is, so that one client cannot take every place."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final

from starlette.requests import Request

from api.authorization import known_writer
from api.state import state_of
from kg.serving.service import Client

# The owner of an IPv6 connection has at least this much of the address for himself (RFC 6177).
_IPV6_PREFIX: Final = 64


def client_of(request: Request) -> Client:
    """Return whose query a request is, by its token, else by the address it came from.

    Raises:
        NotAuthorised: The request carries a token that is not known.
    """
    settings = state_of(request).settings
    grant = known_writer(request)
    if grant is not None:
        return Client(f"token {grant.key}", settings.token_query_seconds)
    return Client(address_of(request), settings.query_seconds)


def address_of(request: Request) -> str:
    """Return the address that a request came from, or the part of it that one client holds."""
    header = state_of(request).settings.client_header
    address = "" if request.client is None else request.client.host
    if header:
        # The last one is what the proxy in front of us saw; those before it anybody may invent.
        address = request.headers.get(header, address).rpartition(",")[2].strip()
    return _network_of(address)


@lru_cache(maxsize=1024)
def _network_of(address: str) -> str:
    """Return what one client holds of the addresses.

    >>> _network_of("192.0.2.7"), _network_of("2001:db8::7")
    ('192.0.2.7', '2001:db8::/64')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, _IPV6_PREFIX), strict=False))
