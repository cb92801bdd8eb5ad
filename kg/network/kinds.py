"""Choose the class that tells most about a thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import Final

from ontology.namespaces import KS, OWL, PROV, RDF, SDGO

# The first of these that a thing belongs to.
TELLING_CLASSES: Final = (
    KS.CircularStrategy,
    KS.MunicipalConcept,
    KS.ActionPlan,
    KS.Measure,
    KS.FieldOfAction,
    KS.Goal,
    KS.StrategyComponent,
    KS.Indicator,
    KS.AdministrativeUnit,
    KS.Municipality,
    KS.Actor,
    SDGO.Goal,
    SDGO.Target,
    SDGO.Indicator,
    KS.FrameworkAim,
    KS.RStrategy,
    KS.ValueChain,
    KS.InstrumentType,
)


def telling_class(classes: Set[str]) -> str:
    """Return the class that decides a thing's look; a thing of no telling class is a resource."""
    return next((kind for kind in TELLING_CLASSES if kind in classes), RDF.type)


def kinds_of(classes: Mapping[int, Set[str]], things: Iterable[int]) -> list[str]:
    """Return a class for each thing: the telling one, else the one of ours with fewest members.

    A thing without a class gets "".
    """
    members = Counter(kind for found in classes.values() for kind in found)
    chosen = []
    for thing in things:
        found = classes.get(thing, frozenset())
        kind = telling_class(found)
        if kind == RDF.type:
            kind = min(found, key=lambda name: _rank(name, members[name]), default="")
        chosen.append(kind)
    return chosen


def _rank(kind: str, members: int) -> tuple[bool, int, str]:
    is_general = kind.startswith((OWL.base, PROV.base))
    return is_general, -members if is_general else members, kind
