"""Hand strangers' queries on to a remote engine, after our own parser has understood them.

Engines take more than SPARQL: Virtuoso's `define` fetches from the net, its `bif:` functions are
those of its SQL, comments may be pragmas. So a query is first run over an empty store in a process
of ours that can be killed; what that refuses never leaves, and what leaves has no comments.
"""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final, TypeVar, TypeVarTuple, Unpack
from urllib.parse import urlencode

from pyoxigraph import QuerySolutions, serialize

from kg.dataset import Dataset
from kg.errors import (
    AnswerTooLarge,
    BadQuery,
    DatasetBusy,
    NoDataset,
    QueryTooSlow,
    RemoteFailed,
    TooManyRows,
)
from kg.remote.answers import solutions_of, triples_of
from kg.remote.endpoint import JSON_TYPE, TRIPLES_TYPE
from kg.remote.published import Published, View
from kg.remote.sending import Received, Sending
from kg.serving.admission import Admission
from kg.serving.formats import GRAPH_FORMATS, SOLUTION_FORMATS, AnswerFormat, prefixes_of
from kg.serving.guard import QueryForm, inspect_query
from kg.serving.limits import ServingLimits
from kg.serving.rows import has_more_rows
from kg.serving.service import Answer, Client, QueryService
from kg.serving.standard import standard_text

_Result = TypeVar("_Result")
_Values = TypeVarTuple("_Values")
_TRIES: Final = 3


class RemoteQueries:
    """Answer queries from the generation that an engine holds; start it, ask it, stop it.

    The deadline ends the waiting and cuts the connection. Whether the engine then stops as well is
    its own affair: give it a time limit of its own.
    """

    def __init__(self, published: Published, limits: ServingLimits) -> None:
        self.limits = limits
        self._published = published
        self._view: View | None = None
        self._open = AsyncExitStack()
        self._admission = Admission(limits)
        self._threads = ThreadPoolExecutor(limits.queries_at_once + 1, "remote-query")

    async def start(self) -> None:
        """Look up the current generation; raises `NoDataset` when there is none."""
        folder = Path(
            self._open.enter_context(tempfile.TemporaryDirectory(prefix="kreislaufstadt-"))
        )
        self._reader = QueryService(await self._beside(_empty_dataset, folder), self.limits)
        await self._open.enter_async_context(self._reader)
        self._view = await self._beside(self._published.view)

    async def stop(self) -> None:
        """End every query."""
        self._view = None
        await self._open.aclose()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __aenter__(self) -> RemoteQueries:
        """Start."""
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()

    @property
    def generation(self) -> str | None:
        """Return the name of the generation that was seen last, None before the start."""
        return None if self._view is None else self._view.name

    @property
    def is_ready(self) -> bool:
        """Tell whether a generation was seen and queries can be read."""
        return self._view is not None and self._reader.is_ready

    async def refresh(self) -> bool:
        """Look up the newest generation and tell whether it is another one."""
        earlier = self.generation
        self._view = await self._beside(self._published.view)
        return self._view.name != earlier

    async def _beside(
        self, call: Callable[[Unpack[_Values]], _Result], *values: *_Values
    ) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *values)

    async def answer(
        self,
        query: str,
        chosen: AnswerFormat,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        client: Client | None = None,
    ) -> Answer:
        """Return the answer to a query; see `kg.serving.queries.Queries` for what it raises."""
        form = inspect_query(query, self.limits)
        # Refused before our own process would call it an unknown function.
        standard_text(query, ())
        if self._view is None:
            raise NoDataset
        graphs = (tuple(default_graphs), tuple(named_graphs))
        seconds = self.limits.query_seconds if client is None else client.query_seconds
        async with self._admission.place(None if client is None else client.name):
            try:
                async with asyncio.timeout(seconds):
                    await self._reader.answer(query, chosen)
                    return await self._answered(query, form, chosen, graphs)
            except TimeoutError as error:
                raise QueryTooSlow(seconds) from error

    async def _answered(
        self,
        query: str,
        form: QueryForm,
        chosen: AnswerFormat,
        graphs: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> Answer:
        for _ in range(_TRIES):
            view = self._view
            if view is None:
                view = await self._beside(self._published.view)
            parameters = view.scope.parameters(query, *graphs)
            sent = standard_text(query, frozenset(view.scope.graphs))
            received = await self._received(sent, form, parameters)
            if await self._beside(self._published.is_still, view.name):
                self._view = view
                kind, body = await self._beside(self._written, received, form, chosen)
                return Answer(kind, body, view.name)
            self._view = await self._beside(self._published.view)
        raise DatasetBusy

    async def _received(
        self, query: str, form: QueryForm, parameters: list[tuple[str, str]]
    ) -> Received:
        url = self._published.address.query
        # Longer than anyone's deadline, which cuts the connection itself.
        sending = Sending(url, timeout_seconds=self.limits.token_query_seconds + 1)
        # A form post is what every engine takes: Virtuoso hangs on a direct post.
        body = urlencode([("query", query), *parameters]).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": TRIPLES_TYPE if form.gives_graph else JSON_TYPE,
        }

        def send() -> Received:
            return sending.send(
                "POST", body=body, headers=headers, most_bytes=self.limits.answer_bytes
            )

        try:
            return await self._beside(send)
        finally:
            # At the deadline, or when the client left, this ends the thread as well.
            sending.stop()

    def _written(
        self, received: Received, form: QueryForm, chosen: AnswerFormat
    ) -> tuple[str, bytes]:
        """Return the media type and the bytes in the format that was asked for."""
        url = self._published.address.query
        if received.status == 400:
            raise BadQuery(received.complaint)
        if received.status != 200:
            raise RemoteFailed(url, received.complaint)
        if received.is_cut:
            raise AnswerTooLarge(self.limits.answer_bytes)
        try:
            kind, body = _in_format(received, form, chosen)
        except ValueError as error:
            raise RemoteFailed(url, str(error)) from error
        if has_more_rows(body, kind, self.limits.answer_rows):
            raise TooManyRows(self.limits.answer_rows)
        if len(body) > self.limits.answer_bytes:
            raise AnswerTooLarge(self.limits.answer_bytes)
        return kind.content_type, body


def _in_format(
    received: Received, form: QueryForm, chosen: AnswerFormat
) -> tuple[AnswerFormat, bytes]:
    if form.gives_graph:
        fitting = chosen if chosen in GRAPH_FORMATS else AnswerFormat.TURTLE
        triples = triples_of(received.body)
        prefixes = {} if fitting is AnswerFormat.N_TRIPLES else prefixes_of(triples)
        buffer = io.BytesIO()
        serialize(triples, buffer, GRAPH_FORMATS[fitting], prefixes=prefixes)
        return fitting, buffer.getvalue()
    fitting = chosen if chosen in SOLUTION_FORMATS else AnswerFormat.JSON
    most = received.headers.get("x-sparql-maxrows", "")
    if most.isdigit():
        found = solutions_of(received.body)
        if isinstance(found, QuerySolutions) and sum(1 for _ in found) >= int(most):
            raise ValueError(f"the engine gives no more than {most} rows")
    try:
        body = solutions_of(received.body).serialize(format=SOLUTION_FORMATS[fitting])
    except SyntaxError as error:
        raise ValueError("no SPARQL results in JSON") from error
    return fitting, body or b""


def _empty_dataset(folder: Path) -> Dataset:
    dataset = Dataset(folder)
    with dataset.fresh_draft() as draft:
        dataset.publish(draft)
    return dataset
