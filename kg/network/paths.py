"""Find a shortest way between two things."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from kg.network.network import Network
from ontology.namespaces import KS, SKOS

LONGEST: Final = 6
SECONDS: Final = 2.0
# Almost everything meets in these; a way through them tells nothing.
_MEETING_POINTS: Final = frozenset(
    {KS.forMunicipality, KS.measureStatus, SKOS.inScheme, SKOS.topConceptOf}
)


def shortest_path(
    network: Network,
    source: int,
    target: int,
    *,
    longest: int = LONGEST,
    seconds: float = SECONDS,
    now: Callable[[], float] = time.monotonic,
) -> list[int]:
    """Return the things on a shortest way, both ends among them; [] when none is found.

    A way that does without municipality, status and scheme is taken before a shorter one through
    them. Of equally short ways it is the first by the IRIs of the things.

    Args:
        network: what to walk in.
        source: where to start.
        target: where to end.
        longest: the most relations a way may have.
        seconds: how long to look.
        now: a clock.
    """
    end = now() + seconds
    skipped = {code for code, name in enumerate(network.predicates) if name in _MEETING_POINTS}
    for left_out in (skipped, set[int]()):
        found = _search(network, source, target, longest, left_out, lambda: now() > end)
        if found:
            return found
    return []


def _search(
    network: Network,
    source: int,
    target: int,
    longest: int,
    left_out: set[int],
    is_late: Callable[[], bool],
) -> list[int]:
    """Return a shortest way by search from both ends, the smaller front first."""
    came: tuple[dict[int, int], dict[int, int]] = ({source: source}, {target: target})
    fronts = [[source], [target]]
    if source == target:
        return [source]
    for _ in range(longest):
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        reached: list[int] = []
        for here in fronts[side]:
            if is_late():
                return []
            for other in _reached_from(network, here, left_out):
                if other not in came[side]:
                    came[side][other] = here
                    reached.append(other)
        met = sorted(other for other in reached if other in came[1 - side])
        if met:
            return _joined(came, met[0])
        fronts[side] = sorted(reached)
        if not reached:
            return []
    return []


def _reached_from(network: Network, thing: int, left_out: set[int]) -> list[int]:
    row = network.columns[network.starts[thing] : network.starts[thing + 1]].tolist()
    return sorted({other for predicate, other, _, _ in row if predicate not in left_out})


def _joined(came: tuple[dict[int, int], dict[int, int]], meeting: int) -> list[int]:
    way = [meeting]
    while came[0][way[0]] != way[0]:
        way.insert(0, came[0][way[0]])
    while came[1][way[-1]] != way[-1]:
        way.append(came[1][way[-1]])
    return way
