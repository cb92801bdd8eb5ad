"""A query ends in time, whatever it is, and costs one answer at most."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kg.dataset import Dataset
from kg.errors import (
    AnswerTooLarge,
    BadQuery,
    ForbiddenQuery,
    NoDataset,
    QueryTooSlow,
    ServerBusy,
    WorkerDied,
)
from kg.serving.formats import AnswerFormat
from kg.serving.frames import Request
from kg.serving.limits import ServingLimits
from kg.serving.pool import WorkerPool
from kg.serving.service import QueryService
from tests.api.town import publish_town
from tests.conftest import turtle

LIMITS = ServingLimits(
    query_seconds=1.0, query_memory_mib=128, answer_bytes=200_000, queries_at_once=2
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Give the town with some thousand triples more."""
    more = turtle("\n".join(f'<urn:s{n}> <urn:p> "{n}" .' for n in range(3000)))
    return publish_town(tmp_path_factory.mktemp("crowded"), more=more)


@contextlib.asynccontextmanager
async def _service(dataset: Dataset, limits: ServingLimits = LIMITS) -> AsyncIterator[QueryService]:
    async with QueryService(dataset, limits) as service:
        yield service


async def _ask_true(service: QueryService) -> bool:
    answer = await service.answer("ASK { ?s ?p ?o }", AnswerFormat.JSON)
    return b"true" in answer.body


@pytest.mark.parametrize(
    ("query", "expected"),
    [(ENDLESS, QueryTooSlow), (HUNGRY, WorkerDied), (LARGE, AnswerTooLarge)],
    ids=["endless", "hungry", "large"],
)
def test_a_runaway_query_ends_and_the_next_is_answered(
    crowded: Dataset, query: str, expected: type[Exception]
) -> None:
    async def run() -> bool:
        # Long enough for memory to run out first, however busy the machine is.
        seconds = 30.0 if query is HUNGRY else 1.0
        limits = dataclasses.replace(LIMITS, query_seconds=seconds)
        async with _service(crowded, limits) as service:
            with pytest.raises(expected):
                await service.answer(query, AnswerFormat.JSON)
            return await _ask_true(service)

    assert asyncio.run(run())


def test_the_deadline_holds(crowded: Dataset) -> None:
    async def run() -> float:
        async with _service(crowded) as service:
            started = time.monotonic()
            with pytest.raises(QueryTooSlow):
                await service.answer(ENDLESS, AnswerFormat.JSON)
            return time.monotonic() - started

    assert 0.9 < asyncio.run(run()) < 1.5


def test_the_process_is_gone_after_the_deadline(crowded: Dataset) -> None:
    async def run() -> list[int]:
        async with _service(crowded) as service:
            with pytest.raises(QueryTooSlow):
                await service.answer(ENDLESS, AnswerFormat.JSON)
            await asyncio.sleep(0.1)
            return _busy_workers(service)

    assert asyncio.run(run()) == []


def _process_id(service: QueryService) -> int:
    assert service.process_id is not None
    return service.process_id


def _pool(service: QueryService) -> WorkerPool:
    assert service._served is not None
    return service._served.pool


def _workers(service: QueryService) -> list[int]:
    owner = _process_id(service)
    content = Path(f"/proc/{owner}/task/{owner}/children").read_text("ascii")
    return [int(number) for number in content.split()]


def _busy_workers(service: QueryService) -> list[int]:
    """Return the workers that run; those that are parked sleep."""
    return [number for number in _workers(service) if _is_running(number)]


def _is_running(process_id: int) -> bool:
    tasks = Path(f"/proc/{process_id}/task").glob("*/stat")
    return any(task.read_text("ascii").rpartition(")")[2].split()[0] == "R" for task in tasks)


def test_a_cancelled_question_kills_its_process(crowded: Dataset) -> None:
    async def run() -> list[int]:
        async with _service(crowded) as service:
            asking = asyncio.create_task(service.answer(ENDLESS, AnswerFormat.JSON))
            await asyncio.sleep(0.3)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await asyncio.sleep(0.1)
            return _busy_workers(service)

    assert asyncio.run(run()) == []


@pytest.mark.parametrize("depth", [3000, 15_000])
def test_deep_nesting_past_the_guard_costs_one_answer(crowded: Dataset, depth: int) -> None:
    async def run() -> bool:
        async with _service(crowded) as service:
            request = Request("SELECT * " + "{" * depth + "}" * depth, "json")
            with contextlib.suppress(WorkerDied):
                await _pool(service).ask(request)
            return await _ask_true(service)

    assert asyncio.run(run())


def test_service_is_refused_by_the_guard(crowded: Dataset) -> None:
    async def run() -> None:
        async with _service(crowded) as service:
            await service.answer("SELECT * { SERVICE <urn:x> {} }", AnswerFormat.JSON)

    with pytest.raises(ForbiddenQuery):
        asyncio.run(run())


def test_an_unknown_function_is_a_bad_query(crowded: Dataset) -> None:
    async def run() -> None:
        async with _service(crowded) as service:
            await service.answer("SELECT (<urn:f>(1) AS ?x) {}", AnswerFormat.JSON)

    with pytest.raises(BadQuery):
        asyncio.run(run())


def test_too_many_queries_at_once_are_sent_away(crowded: Dataset) -> None:
    limits = ServingLimits(query_seconds=2.0, queries_at_once=1, waiting_seconds=0.2)

    async def run() -> None:
        async with _service(crowded, limits) as service:
            endless = asyncio.create_task(service.answer(ENDLESS, AnswerFormat.JSON))
            await asyncio.sleep(0.1)
            try:
                await service.answer("ASK {}", AnswerFormat.JSON)
            finally:
                endless.cancel()
                await asyncio.gather(endless, return_exceptions=True)

    with pytest.raises(ServerBusy):
        asyncio.run(run())


def test_many_short_queries_are_all_answered(crowded: Dataset) -> None:
    async def run() -> list[bool]:
        async with _service(crowded) as service:
            return await asyncio.gather(*(_ask_true(service) for _ in range(40)))

    assert all(asyncio.run(run()))


def test_a_killed_child_costs_one_answer(crowded: Dataset) -> None:
    async def run() -> bool:
        # No deadline comes before the kill, however busy the machine is.
        limits = dataclasses.replace(LIMITS, query_seconds=60.0)
        async with _service(crowded, limits) as service:
            asking = asyncio.create_task(service.answer(ENDLESS, AnswerFormat.JSON))
            while not asking.done():
                await asyncio.sleep(0.1)
                for child in _busy_workers(service):
                    os.kill(child, signal.SIGKILL)
            with pytest.raises(WorkerDied):
                await asking
            return await _ask_true(service)

    assert asyncio.run(run())


def test_a_killed_query_process_costs_nothing_but_its_answers(crowded: Dataset) -> None:
    async def run() -> bool:
        async with _service(crowded) as service:
            os.kill(_process_id(service), signal.SIGKILL)
            await asyncio.sleep(0.1)
            return await _ask_true(service)

    assert asyncio.run(run())


def test_stopping_ends_running_queries_and_removes_the_socket(crowded: Dataset) -> None:
    async def run() -> tuple[int, Path]:
        service = QueryService(crowded, LIMITS)
        await service.start()
        process_id, directory = _process_id(service), Path(_pool(service)._address).parent
        asking = asyncio.create_task(service.answer(ENDLESS, AnswerFormat.JSON))
        await asyncio.sleep(0.2)
        await service.stop()
        await asyncio.gather(asking, return_exceptions=True)
        return process_id, directory

    process_id, directory = asyncio.run(run())
    assert not directory.exists()
    assert not Path(f"/proc/{process_id}").exists()


def test_without_a_dataset_nothing_starts(tmp_path: Path) -> None:
    async def run() -> None:
        await QueryService(Dataset(tmp_path), LIMITS).start()

    with pytest.raises(NoDataset):
        asyncio.run(run())


def test_a_new_generation_is_served_after_refresh(tmp_path: Path) -> None:
    dataset = publish_town(tmp_path)
    limits = ServingLimits(query_seconds=0.3)

    async def run() -> tuple[bool, bool, bytes]:
        async with _service(dataset, limits) as service:
            before = await service.refresh()
            publish_town(tmp_path, more=turtle("<urn:new> <urn:p> 1 ."))
            after = await service.refresh()
            answer = await service.answer("ASK { <urn:new> ?p ?o }", AnswerFormat.CSV)
            return before, after, answer.body

    assert asyncio.run(run()) == (False, True, b"true")
