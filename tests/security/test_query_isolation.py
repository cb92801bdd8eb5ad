"""The process behind a query cannot reach out, cannot write, and shares nothing with others."""

from __future__ import annotations

import asyncio
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.dataset import Dataset
from kg.serving.formats import AnswerFormat
from kg.serving.frames import Outcome, Reply, Request
from kg.serving.limits import ServingLimits
from kg.serving.process import Zygote
from kg.serving.service import QueryService
from kg.serving.worker import Worker

LIMITS = ServingLimits(query_seconds=1.0, query_memory_mib=128)


async def _zygote(dataset: Dataset) -> Zygote:
    return await Zygote.start(dataset.current(), LIMITS)


async def _asked(dataset: Dataset, *queries: str, limits: ServingLimits = LIMITS) -> list[Reply]:
    """Return what one worker answers, past the guard."""
    zygote = await Zygote.start(dataset.current(), limits)
    try:
        worker = await Worker.start(zygote.address, limits)
        try:
            return [await worker.ask(Request(query, "json", seconds=2.0)) for query in queries]
        finally:
            # While the process is stopped the loop lets go of the socket.
            worker.kill()
    finally:
        await zygote.stop()


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server on this machine and the list of what reached it."""
    reached: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            reached.append(self.rfile.readline().decode("latin-1"))

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", reached
        server.shutdown()


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_service_cannot_reach_out_past_the_guard(
    town: Dataset, listener: tuple[str, list[str]], silent: str
) -> None:
    address, reached = listener

    async def run() -> None:
        query = f"SELECT * {{ SERVICE {silent} <{address}> {{ ?s ?p ?o }} }}"
        (reply,) = await _asked(town, query)
        assert reply.outcome is (Outcome.ANSWERED if silent else Outcome.UNREACHABLE)

    asyncio.run(run())
    assert reached == []


@pytest.mark.parametrize(
    "update", ["LOAD <file:///etc/passwd>", "DROP ALL", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"]
)
def test_updates_do_nothing_past_the_guard(town: Dataset, update: str) -> None:
    async def run() -> Outcome:
        (reply,) = await _asked(town, update)
        return reply.outcome

    assert asyncio.run(run()) is Outcome.MALFORMED


def test_processes_do_not_share_random_numbers(town: Dataset) -> None:
    query = "SELECT (UUID() AS ?u) (RAND() AS ?r) (BNODE() AS ?b) {}"

    async def run() -> set[bytes]:
        async with QueryService(town, LIMITS) as service:
            return {(await service.answer(query, AnswerFormat.CSV)).body for _ in range(4)}

    assert len(asyncio.run(run())) == 4


def test_the_socket_is_private(town: Dataset) -> None:
    async def run() -> int:
        zygote = await _zygote(town)
        mode = Path(zygote.address).parent.stat().st_mode & 0o777
        await zygote.stop()
        return mode

    assert asyncio.run(run()) == 0o700


def test_the_process_has_one_thread(town: Dataset) -> None:
    async def run() -> int:
        zygote = await _zygote(town)
        threads = len(list(Path(f"/proc/{zygote.process_id}/task").iterdir()))
        await zygote.stop()
        return threads

    assert asyncio.run(run()) == 1
