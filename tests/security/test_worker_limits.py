"""A worker answers many strangers: nothing of one query is left for the next, nothing is open."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kg.dataset import Dataset
from kg.errors import QueryTooSlow, TooManyRows, WorkerDied
from kg.serving.answer_cache import Answer, AnswerCache
from kg.serving.formats import AnswerFormat
from kg.serving.frames import Outcome, Reply, Request
from kg.serving.limits import ServingLimits
from kg.serving.process import Zygote
from kg.serving.rows import has_more_rows
from kg.serving.service import QueryService
from kg.serving.worker import Worker
from tests.api.town import publish_town
from tests.conftest import turtle

LIMITS = ServingLimits(query_seconds=30.0, query_memory_mib=96, cache_bytes=0)
IDENTITIES = "SELECT (UUID() AS ?u) (RAND() AS ?r) (BNODE() AS ?b) (STRUUID() AS ?s) {}"
BLANK = "CONSTRUCT { [] a ?o } { VALUES ?o { <urn:o> } }"
ROWS = "SELECT ?a { VALUES ?a { %s } }"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Give the town with some thousand triples more."""
    more = turtle("\n".join(f'<urn:s{n}> <urn:p> "{n}" .' for n in range(2000)))
    return publish_town(tmp_path_factory.mktemp("crowded"), more=more)


@contextlib.asynccontextmanager
async def _worker(dataset: Dataset, limits: ServingLimits = LIMITS) -> AsyncIterator[Worker]:
    zygote = await Zygote.start(dataset.current(), limits)
    try:
        worker = await Worker.start(zygote.address, limits)
        try:
            yield worker
        finally:
            worker.kill()
    finally:
        await zygote.stop()


def _process_id(worker: Worker) -> int:
    information = Path(f"/proc/self/fdinfo/{worker._handle}").read_text("ascii")
    return int(information.partition("Pid:")[2].split()[0])


def _asked(dataset: Dataset, queries: list[str], limits: ServingLimits = LIMITS) -> list[Reply]:
    async def run() -> list[Reply]:
        async with _worker(dataset, limits) as worker:
            return [await worker.ask(Request(query, "csv", seconds=2.0)) for query in queries]

    return asyncio.run(run())


def test_a_worker_has_its_own_socket_and_one_status_file_and_nothing_else(town: Dataset) -> None:
    async def run() -> list[str]:
        async with _worker(town) as worker:
            folder = Path(f"/proc/{_process_id(worker)}/fd")
            return sorted(str(entry.readlink()).partition(":")[0] for entry in folder.iterdir())

    open_ones = asyncio.run(run())
    assert [name.rpartition("/")[2] for name in open_ones] == ["statm", "socket"]


def test_a_worker_may_open_nothing_more(town: Dataset) -> None:
    async def run() -> str:
        async with _worker(town) as worker:
            return Path(f"/proc/{_process_id(worker)}/limits").read_text("ascii")

    limits = {line[:26].strip(): line[26:].split()[:2] for line in asyncio.run(run()).splitlines()}
    assert limits["Max open files"] == ["0", "0"]
    assert limits["Max file size"] == ["0", "0"]
    assert limits["Max core file size"] == ["0", "0"]
    assert "unlimited" not in limits["Max address space"]


@pytest.mark.parametrize("query", [IDENTITIES, BLANK], ids=["functions", "template"])
def test_no_two_queries_get_the_same_identities(town: Dataset, query: str) -> None:
    """Within one worker, and between workers forked from the same process."""

    async def run() -> list[bytes]:
        zygote = await Zygote.start(town.current(), LIMITS)
        try:
            workers = [await Worker.start(zygote.address, LIMITS) for _ in range(3)]
            replies = [await each.ask(Request(query, "csv")) for each in workers for _ in range(2)]
            for worker in workers:
                worker.kill()
        finally:
            await zygote.stop()
        return [reply.body for reply in replies]

    assert len(set(asyncio.run(run()))) == 6


def test_a_worker_answers_many_queries_and_then_says_it_is_the_last(town: Dataset) -> None:
    limits = ServingLimits(queries_per_worker=3)

    async def run() -> list[bool]:
        async with _worker(town, limits) as worker:
            usable = []
            for _ in range(3):
                await worker.ask(Request("ASK {}", "csv"))
                usable.append(worker.is_usable)
            return usable

    assert asyncio.run(run()) == [True, True, False]


def test_a_worker_that_ran_long_is_not_asked_again(crowded: Dataset) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c < ?f) }"

    async def run() -> tuple[Outcome, bool]:
        async with _worker(crowded) as worker:
            reply = await worker.ask(Request(slow, "csv", seconds=30.0))
            return reply.outcome, worker.is_usable

    assert asyncio.run(run()) == (Outcome.ANSWERED, False)


def test_an_error_of_one_query_is_not_seen_by_the_next(town: Dataset) -> None:
    replies = _asked(
        town, ["SELECT * {", "ASK { ?s ?p ?o }", "SELECT (<urn:f>(1) AS ?x) {}", "ASK {}"]
    )
    assert [reply.outcome for reply in replies] == [
        Outcome.MALFORMED,
        Outcome.ANSWERED,
        Outcome.NOT_EVALUABLE,
        Outcome.ANSWERED,
    ]


def test_variables_prefixes_and_graphs_of_one_query_are_unknown_to_the_next(town: Dataset) -> None:
    async def run() -> list[Reply]:
        async with _worker(town) as worker:
            first = Request("PREFIX x: <urn:x> SELECT ?s { ?s ?p ?o }", "csv", ("urn:none",))
            second = Request("SELECT ?s { ?s a x:Thing }", "csv")
            third = Request("ASK { ?s ?p ?o }", "csv")
            return [await worker.ask(request) for request in (first, second, third)]

    narrowed, unknown, whole = asyncio.run(run())
    assert narrowed.body.split() == [b"s"]
    assert unknown.outcome is Outcome.MALFORMED
    assert whole.body == b"true"


@pytest.mark.parametrize(("mib", "fits"), [(16, True), (80, False)], ids=["just", "over"])
def test_a_query_has_its_memory_and_no_more(town: Dataset, mib: int, fits: bool) -> None:
    """`REPEAT` does not exist, so a string is doubled until it has the wanted size."""
    doubling = "'0123456789abcdef'"
    size = 16
    binds = []
    while size < mib << 19:
        name = f"?s{len(binds)}"
        binds.append(f"BIND(CONCAT({doubling}, {doubling}) AS {name})")
        doubling, size = name, size * 2
    query = f"SELECT (STRLEN({doubling}) AS ?n) {{ {' '.join(binds)} }}"

    async def run() -> None:
        async with QueryService(town, LIMITS) as service:
            await service.answer(query, AnswerFormat.CSV)

    with contextlib.nullcontext() if fits else pytest.raises(WorkerDied, match="96 MiB"):
        asyncio.run(run())


@pytest.mark.parametrize(
    "chosen", [AnswerFormat.JSON, AnswerFormat.XML, AnswerFormat.CSV, AnswerFormat.TSV]
)
@pytest.mark.parametrize("over", [0, 1], ids=["just", "over"])
def test_an_answer_has_so_many_rows(town: Dataset, chosen: AnswerFormat, over: int) -> None:
    limits = ServingLimits(answer_rows=20)
    # What stands between rows stands in the strings too.
    values = " ".join(f'"{number}}},{{\\n\\"x\\r\\n<result>"' for number in range(20 + over))

    async def run() -> None:
        async with QueryService(town, limits) as service:
            await service.answer(ROWS % values, chosen)

    with pytest.raises(TooManyRows, match="20") if over else contextlib.nullcontext():
        asyncio.run(run())


@pytest.mark.parametrize("chosen", [AnswerFormat.TURTLE, AnswerFormat.N_TRIPLES])
@pytest.mark.parametrize("over", [0, 1], ids=["just", "over"])
def test_an_answer_has_so_many_triples(town: Dataset, chosen: AnswerFormat, over: int) -> None:
    limits = ServingLimits(answer_rows=20)
    values = " ".join(f'"{number}\\n"' for number in range(20 + over))
    query = f"CONSTRUCT {{ <urn:s> <urn:p> ?o }} {{ VALUES ?o {{ {values} }} }}"

    async def run() -> None:
        async with QueryService(town, limits) as service:
            await service.answer(query, chosen)

    with pytest.raises(TooManyRows) if over else contextlib.nullcontext():
        asyncio.run(run())


def test_rows_without_a_variable_are_rows() -> None:
    body = b'{"head":{"vars":[]},"results":{"bindings":[{},{},{}]}}'
    assert has_more_rows(body, AnswerFormat.JSON, 2)
    assert not has_more_rows(body, AnswerFormat.JSON, 3)


def test_a_deadline_of_ones_own_is_kept(crowded: Dataset) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    async def run() -> None:
        async with _worker(crowded) as worker:
            await worker.ask(Request(endless, "csv", seconds=0.3))

    with pytest.raises(QueryTooSlow, match=r"0\.3 seconds"):
        asyncio.run(run())


def test_spare_workers_are_parked_before_they_are_needed(town: Dataset) -> None:
    limits = ServingLimits(spare_workers=3)

    async def run() -> int:
        async with QueryService(town, limits) as service:
            end = asyncio.get_running_loop().time() + 10
            while asyncio.get_running_loop().time() < end:
                count = len(_children(service))
                if count == 3:
                    break
                await asyncio.sleep(0.02)
            return len(_children(service))

    assert asyncio.run(run()) == 3


def _children(service: QueryService) -> list[str]:
    owner = service.process_id
    return Path(f"/proc/{owner}/task/{owner}/children").read_text("ascii").split()


def test_parked_workers_that_were_killed_are_noticed(town: Dataset) -> None:
    async def run() -> bytes:
        async with QueryService(town, LIMITS) as service:
            await asyncio.sleep(0.3)
            for child in _children(service):
                os.kill(int(child), 9)
            await asyncio.sleep(0.1)
            return (await service.answer("ASK {}", AnswerFormat.CSV)).body

    assert asyncio.run(run()) == b"true"


def test_an_answer_is_kept_for_its_generation_only(tmp_path: Path) -> None:
    dataset = publish_town(tmp_path)

    async def run() -> tuple[bytes, bytes, bool]:
        async with QueryService(dataset, ServingLimits(query_seconds=1.0)) as service:
            query = "ASK { <urn:new> ?p ?o }"
            before = await service.answer(query, AnswerFormat.CSV)
            again = await service.answer(query, AnswerFormat.CSV)
            publish_town(tmp_path, more=turtle("<urn:new> <urn:p> 1 ."))
            await service.refresh()
            after = await service.answer(query, AnswerFormat.CSV)
            return before.body, after.body, again is before

    assert asyncio.run(run()) == (b"false", b"true", True)


def test_kept_answers_differ_by_format_and_graphs() -> None:
    cache = AnswerCache(100_000)
    answer = Answer("text/csv", b"x", "g")
    cache.put("g", Request("ASK {}", "csv"), answer)
    others = [
        Request("ASK {}", "json"),
        Request("ASK {}", "csv", ("urn:g",)),
        Request("ASK {}", "csv", (), ("urn:g",)),
        Request("ASK { }", "csv"),
    ]
    assert [cache.get("g", other) for other in others] == [None] * 4
    assert cache.get("g", Request("ASK {}", "csv", seconds=60.0)) is answer


@pytest.mark.parametrize(("count", "first_is_kept"), [(8, True), (40, False)])
def test_kept_answers_are_bounded_in_bytes(count: int, first_is_kept: bool) -> None:
    cache = AnswerCache(40_000)
    for number in range(count):
        request = Request(f"ASK {{ # {number}\n}}", "csv")
        cache.put("g", request, Answer("text/csv", bytes(2000), "g"))
    assert (cache.get("g", Request("ASK { # 0\n}", "csv")) is not None) is first_is_kept
    assert cache._held <= 40_000


@pytest.mark.parametrize("changing", ["NOW()", "rand()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_is_another_answer_each_time_is_not_kept(changing: str) -> None:
    cache = AnswerCache(100_000)
    request = Request(f"SELECT ({changing} AS ?x) {{}}", "csv")
    cache.put("g", request, Answer("text/csv", b"x", "g"))
    assert cache.get("g", request) is None
