"""Do one change of the dataset after the other: publish reviews, then run the loads that wait."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from starlette.concurrency import run_in_threadpool

from api.jobs.store import Job, JobStore, State
from kg.dataset import Dataset
from kg.errors import JobInterrupted, KreislaufstadtError
from kg.reviewing import Journal
from kg.reviewing.publishing import unpublished
from kg.settings import Settings

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 2.0
# Decisions that follow each other come into one generation.
_GATHER_SECONDS: Final = 0.5
_LONGEST_LINE: Final = 64 * 1024 * 1024


class Background:
    """Run changes of the dataset in child processes, one at a time."""

    def __init__(
        self, dataset: Dataset, journal: Journal, jobs: JobStore, settings: Settings
    ) -> None:
        self._dataset = dataset
        self._journal = journal
        self._jobs = jobs
        self._settings = settings
        self._awake = asyncio.Event()
        self._changing = asyncio.Lock()
        self._running: tuple[str, asyncio.subprocess.Process] | None = None

    def wake(self) -> None:
        """Look for work now instead of a little later."""
        self._awake.set()

    async def run(self) -> None:
        """Work until cancelled; a failure of one change is no failure of the next."""
        await run_in_threadpool(self._jobs.end_interrupted, datetime.now(UTC))
        while True:
            try:
                if await run_in_threadpool(unpublished, self._dataset, self._journal):
                    await asyncio.sleep(_GATHER_SECONDS)
                    await self._publish()
                job = await run_in_threadpool(self._jobs.following)
                if job is not None:
                    await self._load(job)
                    continue
            except (KreislaufstadtError, OSError) as error:
                _LOG.warning("a change of the dataset has to wait: %s", error)
            self._awake.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._awake.wait()

    async def cancel(self, job: str) -> Job:
        """End a job that waits or runs; the dataset stays as it is.

        Raises:
            UnknownJob: there is no such job.
            JobEnded: it has ended.
        """
        async with self._changing:
            ended = await run_in_threadpool(self._jobs.cancel, job, datetime.now(UTC))
        if self._running is not None and self._running[0] == job:
            with contextlib.suppress(ProcessLookupError):
                self._running[1].kill()
        return ended

    async def _publish(self) -> None:
        async for message in self._messages("", {"task": "reviews"}):
            if "error" in message:
                _LOG.warning("reviews are not published yet: %s", message["error"])

    async def _load(self, job: Job) -> None:
        if not await self._change(replace(job, state="running"), "queued"):
            return
        outcome: dict[str, object] = {}
        async for message in self._messages(job.id, {"task": "load", "job": job.id}):
            if "result" in message or "error" in message:
                outcome = message
            else:
                job = _further(replace(job, state="running"), message)
                await self._change(job, "running")
        async with self._changing:
            await run_in_threadpool(self._end, job, outcome)

    async def _change(self, job: Job, expected: State) -> bool:
        """Keep a job as it is now, unless it was cancelled meanwhile."""
        async with self._changing:
            known = await run_in_threadpool(self._jobs.get, job.id)
            if known.state == expected:
                await run_in_threadpool(self._jobs.save, job)
            return known.state == expected

    def _end(self, job: Job, outcome: dict[str, object]) -> None:
        if self._jobs.get(job.id).state == "cancelled":
            return
        if "result" in outcome:
            done = _with(replace(job, state="done"), outcome)
            self._jobs.end(done, "done", datetime.now(UTC))
        elif "error" in outcome:
            self._jobs.save(replace(_with(job, outcome), state="failed", ended=_now()))
        else:
            self._jobs.end(job, "failed", datetime.now(UTC), error=JobInterrupted())

    async def _messages(self, job: str, task: dict[str, str]) -> AsyncIterator[dict[str, object]]:
        """Give what a child process tells; it is killed when nobody listens any more."""
        settings = self._settings
        order = {
            **task,
            "root": str(self._dataset.root),
            "generations_kept": str(settings.generations_kept),
            "file_bytes": str(settings.file_bytes),
            "unpacked_bytes": str(settings.unpacked_bytes),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "api.jobs.child",
            json.dumps(order),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE,
        )
        self._running = (job, process)
        try:
            if process.stdout is None:
                raise RuntimeError("the child process has no output")
            async for line in process.stdout:
                yield json.loads(line)
            await process.wait()
        finally:
            self._running = None
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


def _further(job: Job, message: dict[str, object]) -> Job:
    return _with(replace(job, done=0, total=0), message)


def _with(job: Job, message: dict[str, object]) -> Job:
    known = {"step", "done", "total", "result", "findings", "error"}
    return replace(job, **{key: value for key, value in message.items() if key in known})  # type: ignore[arg-type]  # our own child wrote it


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
