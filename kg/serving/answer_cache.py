"""Keep answers of the current generation, as many as fit in a number of bytes."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from kg.serving.frames import Request

# What gives another answer each time. Letters alone, since the engine reads `1RAND()` as two words;
# a backslash may hide letters. A mere label with these letters costs one evaluation.
_CHANGING: Final = re.compile(r"rand|uuid|bnode|now|\\", re.IGNORECASE)
_ENTRY_BYTES: Final = 512
_LARGEST_SHARE: Final = 8


def is_repeatable(query: str) -> bool:
    """Tell whether a query has the same answer each time, as long as the data stays.

    >>> is_repeatable("ASK {}"), is_repeatable("SELECT (rand() AS ?r) {}")
    (True, False)
    """
    return _CHANGING.search(query) is None


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold a serialised answer and the generation it was read from."""

    content_type: str
    body: bytes
    generation: str


class AnswerCache:
    """Return an earlier answer to the same question; what was asked longest ago goes first.

    >>> cache = AnswerCache(10_000)
    >>> cache.put("g1", Request("ASK {}", "json"), Answer("text/plain", b"yes", "g1"))
    >>> cache.get("g1", Request("ASK {}", "json")), cache.get("g2", Request("ASK {}", "json"))
    (Answer(content_type='text/plain', body=b'yes', generation='g1'), None)
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._held = 0
        self._answers: OrderedDict[tuple[object, ...], Answer] = OrderedDict()

    def get(self, generation: str, request: Request) -> Answer | None:
        """Return the answer to a request in a generation, if it is held."""
        key = _key(generation, request)
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def put(self, generation: str, request: Request, answer: Answer) -> None:
        """Hold an answer, unless it is large or would be another one each time."""
        key = _key(generation, request)
        size = _size(key, answer)
        is_large = size > self._limit // _LARGEST_SHARE
        if is_large or key in self._answers or not is_repeatable(request.query):
            return
        self._answers[key] = answer
        self._held += size
        while self._held > self._limit:
            self._held -= _size(*self._answers.popitem(last=False))

    def clear(self) -> None:
        """Forget all answers."""
        self._answers.clear()
        self._held = 0


def _key(generation: str, request: Request) -> tuple[object, ...]:
    # All of a request but its deadline, which changes no answer.
    graphs = (request.default_graphs, request.named_graphs)
    return (generation, request.query, request.format, *graphs)


def _size(key: tuple[object, ...], answer: Answer) -> int:
    return len(answer.body) + len(str(key[1])) + _ENTRY_BYTES
