"""Say which barriers there are, and whom to tell of others (BITV 2.0, section 7)."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import render_page
from api.state import state_of
from kg.language import Language


async def accessibility_page(request: Request, language: Language) -> Response:
    """Return the statement; the operator's contact is a setting."""
    contact = state_of(request).settings.contact.strip()
    values = {"contact": contact, "contact_link": contact_link(contact)}
    return render_page("accessibility", language, values)


def contact_link(contact: str) -> str:
    """Return the address behind a contact, empty for one that is only words.

    >>> contact_link("stadt@example.org"), contact_link("https://example.org/kontakt")
    ('mailto:stadt@example.org', 'https://example.org/kontakt')
    >>> contact_link("Zimmer 12"), contact_link("javascript:alert(1)@x")
    ('', '')
    """
    if urlsplit(contact).scheme in ("https", "http"):
        return contact
    name, at, host = contact.partition("@")
    is_mail = bool(name and at and "." in host) and not set(contact) & set(" :/<>?&")
    return f"mailto:{contact}" if is_mail else ""
