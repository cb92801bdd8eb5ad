"""State what the doors need of whatever answers strangers' queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from kg.serving.formats import AnswerFormat
from kg.serving.limits import ServingLimits
from kg.serving.service import Answer, Client


class Queries(Protocol):
    """Answer queries over the current generation, within the limits; `answer` names its errors."""

    limits: ServingLimits

    async def start(self) -> None:
        """Load the current generation; raises `NoDataset` when there is none."""
        ...

    async def stop(self) -> None:
        """End every query."""
        ...

    @property
    def generation(self) -> str | None:
        """Return the name of the loaded generation, None before the start."""
        ...

    @property
    def is_ready(self) -> bool:
        """Tell whether a query can be answered."""
        ...

    async def refresh(self) -> bool:
        """Go on to the newest generation and tell whether it is another one."""
        ...

    async def answer(
        self,
        query: str,
        chosen: AnswerFormat,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        client: Client | None = None,
    ) -> Answer:
        """Return the answer to a query in a format, or in JSON or Turtle where that does not fit.

        Without a client it is a query of the service itself.

        Raises:
            ForbiddenQuery: The query is of a kind that is not run.
            BadQuery: The query is malformed or cannot be evaluated.
            QueryTooSlow: The deadline passed.
            WorkerDied: The process that read the query ended.
            AnswerTooLarge: The answer has more bytes than the limit.
            TooManyRows: The answer has more rows than the limit.
            TooManyQueries: The client has too many queries running already.
            ServerBusy: Too many queries run already.
            DatasetBusy: The next generation is just being written.
            RemoteFailed: A remote engine did not answer as it should.
        """
        ...
