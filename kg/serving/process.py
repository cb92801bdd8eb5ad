"""Start and end the process that holds a generation."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from kg.dataset import Generation
from kg.errors import DatasetBroken
from kg.serving.frames import READY
from kg.serving.limits import ServingLimits

_STOP_SECONDS = 5.0


class Zygote:
    """Own one query process and the private directory of its socket."""

    def __init__(
        self, process: asyncio.subprocess.Process, directory: Path, generation: Generation
    ) -> None:
        self._process = process
        self._directory = directory
        self.generation = generation

    @classmethod
    async def start(cls, generation: Generation, limits: ServingLimits) -> Zygote:
        """Return a process that has loaded the generation, or raise `DatasetBroken`."""
        # 0700 by mkdtemp: nobody else can ask the process directly.
        directory = Path(tempfile.mkdtemp(prefix="kreislaufstadt-"))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "kg.serving.zygote",
            str(generation.directory / "store"),
            str(directory / "socket"),
            limits.to_json(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None,
            # Large pages make a fork of a gibibyte ten times cheaper: fewer entries to copy. Only
            # glibc reads this, and only kernels that have them give them.
            env={"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", **os.environ},
            # A group of its own: it ends with all its children, and Ctrl-C does not reach it.
            start_new_session=True,
        )
        zygote = cls(process, directory, generation)
        try:
            line = await zygote._first_line()
        except asyncio.CancelledError:
            await zygote.stop()
            raise
        if line != READY:
            await zygote.stop()
            raise DatasetBroken(generation.name)
        return zygote

    async def _first_line(self) -> bytes:
        output = self._process.stdout
        return b"" if output is None else await output.readline()

    @property
    def address(self) -> str:
        """Return the path of the socket."""
        return str(self._directory / "socket")

    @property
    def is_running(self) -> bool:
        """Tell whether the process has not ended."""
        return self._process.returncode is None

    @property
    def process_id(self) -> int:
        """Return the process id, which is also the id of the group of all its children."""
        return self._process.pid

    async def stop(self) -> None:
        """End the process and every query that still runs in it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await self._process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()
        shutil.rmtree(self._directory, ignore_errors=True)
