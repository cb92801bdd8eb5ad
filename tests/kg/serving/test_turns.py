"""Short queries work one after another on each processor; a long one holds nobody up."""

from __future__ import annotations

import asyncio
import contextlib

from kg.serving.turns import Turns


async def most_at_once(turns: Turns, queries: int = 20) -> int:
    """Return how many of some short queries worked at the same time."""
    working, most = 0, 0

    async def work() -> None:
        nonlocal working, most
        async with turns.turn():
            working += 1
            most = max(most, working)
            await asyncio.sleep(0)
            working -= 1

    async with asyncio.timeout(10):
        await asyncio.gather(*(work() for _ in range(queries)))
    return most


def test_short_queries_of_one_processor_work_one_after_another() -> None:
    async def run() -> tuple[int, int]:
        one, two = Turns(1, short_seconds=60), Turns(2, short_seconds=60)
        return await most_at_once(one), await most_at_once(two)

    assert asyncio.run(run()) == (1, 2)


def test_a_long_query_gives_its_turn_to_the_next_and_goes_on() -> None:
    async def run() -> list[str]:
        turns, said = Turns(1, short_seconds=0.01), []
        is_answered = asyncio.Event()

        async def long() -> None:
            async with turns.turn():
                await is_answered.wait()
                said.append("long")

        async def short() -> None:
            async with turns.turn():
                said.append("short")
            is_answered.set()

        async with asyncio.timeout(10):
            await asyncio.gather(long(), short())
        return said

    assert asyncio.run(run()) == ["short", "long"]


def test_a_turn_is_given_back_once_though_its_time_was_over_before() -> None:
    async def run() -> int:
        turns = Turns(1, short_seconds=0.01)
        async with turns.turn():
            await asyncio.sleep(0.05)
        return await most_at_once(turns)

    assert asyncio.run(run()) == 1


def test_a_query_that_fails_gives_its_turn_back() -> None:
    async def run() -> int:
        turns = Turns(1, short_seconds=60)
        with contextlib.suppress(ValueError):
            async with turns.turn():
                raise ValueError
        return await most_at_once(turns)

    assert asyncio.run(run()) == 1
