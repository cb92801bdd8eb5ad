"""Run stored queries in the query processes, so that they have the same deadline as all others."""

from __future__ import annotations

from collections.abc import Mapping

from kg.serving.formats import AnswerFormat
from kg.serving.queries import Queries
from kg.serving.service import Answer
from kg.stored import bound, stored_query


async def answer_stored(
    queries: Queries,
    name: str,
    values: Mapping[str, str],
    chosen: AnswerFormat = AnswerFormat.JSON,
) -> Answer:
    """Return the answer of a stored query with values for its parameters.

    Raises:
        UnknownName: There is no such query.
        BadParameter: A value is missing or of the wrong kind.
    """
    return await queries.answer(bound(stored_query(name), values), chosen)
