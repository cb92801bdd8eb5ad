"""Hold what one query may use, and how many queries run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class ServingLimits:
    """Bound one query in time, memory, length and answer, and all queries in number.

    The settings of the same names, with a unit each, are in `kg.settings`.
    """

    query_seconds: float = 10.0
    token_query_seconds: float = 60.0
    query_memory_mib: int = 512
    query_bytes: int = 65_536
    answer_bytes: int = 33_554_432
    answer_rows: int = 100_000
    queries_at_once: int = 8
    queries_per_client: int = 4
    nesting: int = 100
    patterns: int = 200
    operators: int = 1000
    waiting_seconds: float = 2.0
    spare_workers: int = 2
    queries_per_worker: int = 5000
    cache_bytes: int = 67_108_864

    @classmethod
    def of(cls, settings: Settings) -> ServingLimits:
        """Return the limits that the settings name."""
        return cls(
            query_seconds=settings.query_seconds,
            token_query_seconds=settings.token_query_seconds,
            query_memory_mib=settings.query_memory_mib,
            query_bytes=settings.query_bytes,
            answer_bytes=settings.answer_bytes,
            answer_rows=settings.answer_rows,
            queries_at_once=settings.queries_at_once,
            queries_per_client=settings.queries_per_client,
            nesting=settings.query_nesting,
            patterns=settings.query_patterns,
            operators=settings.query_operators,
            waiting_seconds=settings.waiting_seconds,
            spare_workers=settings.spare_workers,
            queries_per_worker=settings.queries_per_worker,
            cache_bytes=settings.cache_bytes,
        )

    def to_json(self) -> str:
        """Return the limits as one line, for the command line of the query process."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> ServingLimits:
        """Return the limits from their line.

        >>> ServingLimits.from_json(ServingLimits(nesting=7).to_json()).nesting
        7
        """
        return cls(**json.loads(line))
