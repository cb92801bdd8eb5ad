"""Pause the search for dead cycles in commands that make many objects and end soon."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the cyclic collector: a short process makes few cycles and waits a tenth longer."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
