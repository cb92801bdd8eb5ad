"""Read sources into quads: one module per kind of source, each with a report of what it dropped."""

from loaders.context import LoadContext
from loaders.registry import LOADERS, Kind, Loader, read, read_bytes

__all__ = ["LOADERS", "Kind", "LoadContext", "Loader", "read", "read_bytes"]
