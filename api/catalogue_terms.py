"""Name values of controlled vocabularies that catalogues in DCAT-AP.de must use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
THEMES: Final = f"{_AUTHORITY}data-theme"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_LICENCES: Final = "http://dcat-ap.de/def/licenses/"
# The list of https://www.dcat-ap.de/def/licenses/, by the ways in which sources name them.
_KNOWN: Final[Mapping[str, str]] = {
    "cc-by-4.0": "cc-by/4.0",
    "creativecommons.org/licenses/by/4.0": "cc-by/4.0",
    "cc-by-sa-4.0": "cc-by-sa/4.0",
    "creativecommons.org/licenses/by-sa/4.0": "cc-by-sa/4.0",
    "cc0-1.0": "cc-zero",
    "creativecommons.org/publicdomain/zero/1.0": "cc-zero",
    "dl-de-by-2.0": "dl-by-de/2.0",
    "dl-de/by-2-0": "dl-by-de/2.0",
    "www.govdata.de/dl-de/by-2-0": "dl-by-de/2.0",
    "dl-de-zero-2.0": "dl-zero-de/2.0",
    "dl-de/zero-2-0": "dl-zero-de/2.0",
    "www.govdata.de/dl-de/zero-2-0": "dl-zero-de/2.0",
}


def licence_iri(stated: str) -> str:
    """Return a licence as DCAT-AP.de names it, an unknown address as it is, else "".

    >>> licence_iri("https://creativecommons.org/licenses/by/4.0/")
    'http://dcat-ap.de/def/licenses/cc-by/4.0'
    >>> licence_iri("https://example.org/terms"), licence_iri("ask us")
    ('https://example.org/terms', '')
    """
    key = stated.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    if key in _KNOWN:
        return _LICENCES + _KNOWN[key]
    is_address = stated.startswith(("https://", "http://")) and " " not in stated
    return stated if is_address else ""


def needs_attribution(licence: str) -> bool:
    """Tell whether a licence of the list asks for the name of who gives the data.

    >>> needs_attribution("http://dcat-ap.de/def/licenses/dl-by-de/2.0")
    True
    """
    return licence.startswith(_LICENCES) and "by" in licence.removeprefix(_LICENCES)


def theme(code: str) -> str:
    """Return the IRI of an EU data theme such as `ENVI`."""
    return f"{THEMES}/{code}"


def file_type(code: str) -> str:
    """Return the IRI of an EU file type such as `RDF_TURTLE`."""
    return f"{_AUTHORITY}file-type/{code}"


def media_type(name: str) -> str:
    """Return the IRI of a media type registered at IANA."""
    return _MEDIA_TYPES + name
