"""Bind a process that works for strangers: its memory, its time, and what it can open."""

from __future__ import annotations

import contextlib
import math
import resource
import signal
from pathlib import Path


def say_expendable() -> None:
    """Let the kernel end this process first where memory is short."""
    # A read-only /proc, as some containers have it, only costs the hint to the kernel.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def address_space(statm: str) -> int:
    """Return the bytes of addresses of a process, from its line in `/proc/…/statm`.

    >>> address_space("3 2 1 0 0 0 0") == 3 * resource.getpagesize()
    True
    """
    return int(statm.split()[0]) * resource.getpagesize()


def lock_down(most_bytes: int) -> None:
    """Bound the addresses of this process, and let it open nothing more: no file, no socket."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def wind_clock(seconds: float) -> None:
    """Let the kernel end this process after some seconds, of the clock or of a processor.

    No code of ours is needed for it, so it holds when nobody asks any more.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (processor, resource.RLIM_INFINITY))
