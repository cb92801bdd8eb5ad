"""Keep what an editor loads within their municipality, and reviews out of it.

A source of RDF can state anything. From a token of one municipality it must not describe things of
another, of the reference data or of the SDG frame, and it must not confirm links: that is for
reviewers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.access.grants import EVERY_CITY, Role
from kg.errors import NotAllowed
from ontology.namespaces import KS, SDG, scheme
from ontology.terms import BASE

_OPEN: Final = frozenset(
    NamedNode(scheme("review-status", code)) for code in ("proposed", "declared", "in-review")
)
_REVIEWS: Final = frozenset({NamedNode(KS.reviewedBy), NamedNode(KS.reviewedAt)})
_STATUS: Final = NamedNode(KS.reviewStatus)
_REVIEW: Final = NamedNode(KS.Review)
_MUNICIPALITY: Final = NamedNode(KS.forMunicipality)


def demand_reach(quads: Iterable[Quad], city: str) -> None:
    """Make sure that a source states only what an editor of a municipality (AGS) may state.

    Raises:
        NotAllowed: it describes something beyond, or reviews a link.
    """
    own = f"{BASE}id/{city}"
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and _is_beyond(quad.subject.value, own):
            raise NotAllowed(Role.EDITOR.value, EVERY_CITY)
        is_status = quad.predicate == _STATUS and quad.object not in _OPEN
        if is_status or quad.predicate in _REVIEWS or quad.object == _REVIEW:
            raise NotAllowed(Role.REVIEWER.value, city)
        if quad.predicate == _MUNICIPALITY and quad.object != NamedNode(own):
            raise NotAllowed(Role.EDITOR.value, EVERY_CITY)


def _is_beyond(subject: str, own: str) -> bool:
    if subject == own or subject.startswith(f"{own}/"):
        return False
    return subject.startswith((BASE, SDG))
