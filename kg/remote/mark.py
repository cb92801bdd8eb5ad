"""Note in the engine itself which generation it holds, so that every reader sees the same.

The note is a graph of its own beside those of the dataset: the state (`ready NAME`, or `writing NEW
EARLIER WRITER TIME` while graphs are being replaced), the manifest of the generation, and for each
graph the checksum of what was put there last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import RemoteFailed
from kg.remote.endpoint import RemoteEndpoint
from ontology.terms import BASE

MARK: Final = NamedNode(f"{BASE}published")
_MANIFEST: Final = NamedNode(f"{BASE}published#manifest")
_NEVER: Final = datetime.fromtimestamp(0, UTC)
_VALUE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")


@dataclass(frozen=True, slots=True)
class State:
    """Tell what the engine holds: one generation, or one on its way from an earlier one.

    `name` is the generation, or the one being written; `writer` "" when nobody writes.
    """

    name: str
    earlier: str = ""
    writer: str = ""
    since: datetime = _NEVER

    @property
    def is_ready(self) -> bool:
        """Tell whether the generation is whole."""
        return not self.writer

    @property
    def text(self) -> str:
        """Return the state as it is noted.

        >>> State("b", "a", "w", datetime(2026, 1, 2, tzinfo=UTC)).text
        'writing b a w 2026-01-02T00:00:00+00:00'
        """
        if self.is_ready:
            return f"ready {self.name}"
        since = self.since.astimezone(UTC).isoformat(timespec="seconds")
        return f"writing {self.name} {self.earlier or '-'} {self.writer} {since}"

    @classmethod
    def of_text(cls, text: str) -> State:
        """Return the state that is noted, or raise `ValueError`.

        >>> State.of_text("ready a").is_ready
        True
        """
        match text.split(" "):
            case ["ready", name]:
                return cls(name)
            case ["writing", name, earlier, writer, since]:
                start = "" if earlier == "-" else earlier
                return cls(name, start, writer, datetime.fromisoformat(since))
            case _:
                raise ValueError(text)


@dataclass(frozen=True, slots=True)
class Noted:
    """Hold all that is noted; `graphs` tells by graph the checksum of what it holds."""

    state: State | None
    manifest: str
    graphs: Mapping[str, str]


class Mark:
    """Read and write the note; each method raises `RemoteFailed` as the endpoint does."""

    def __init__(self, endpoint: RemoteEndpoint) -> None:
        self._endpoint = endpoint

    def state(self) -> State | None:
        """Return the state, None where nothing was ever published."""
        _, rows = self._endpoint.table(
            f"SELECT ?state WHERE {{ GRAPH {MARK} {{ {MARK} {_VALUE} ?state }} }}"
        )
        return self._state(rows[0][0].value) if rows and rows[0][0] is not None else None

    def _state(self, text: str) -> State:
        try:
            return State.of_text(text)
        except ValueError as error:
            raise RemoteFailed(self._endpoint.url, f"unknown state: {text[:80]}") from error

    def read(self) -> Noted:
        """Return everything that is noted."""
        _, rows = self._endpoint.table(
            f"SELECT ?thing ?value WHERE {{ GRAPH {MARK} {{ ?thing {_VALUE} ?value }} }}"
        )
        values = {
            thing.value: value.value
            for thing, value in rows
            if thing is not None and value is not None
        }
        text = values.pop(MARK.value, None)
        manifest = values.pop(_MANIFEST.value, "")
        return Noted(None if text is None else self._state(text), manifest, values)

    def claim(self, held: State | None, wanted: State) -> bool:
        """Go from one state to another and tell whether that was the one noted."""
        new = _noted(MARK, wanted.text)
        if held == wanted:
            # Taken out and put in at once, Virtuoso would keep nothing.
            return self.state() == wanted
        if held is None:
            where = f"FILTER NOT EXISTS {{ GRAPH {MARK} {{ {MARK} {_VALUE} ?any }} }}"
            self._endpoint.update(f"INSERT {{ {new} }} WHERE {{ {where} }}")
        else:
            old = _noted(MARK, held.text)
            self._endpoint.update(f"DELETE {{ {old} }} INSERT {{ {new} }} WHERE {{ {old} }}")
        return self.state() == wanted

    def note_graph(self, graph: str, checksum: str) -> None:
        """Note that a graph holds what has this checksum."""
        self._endpoint.update(f"INSERT DATA {{ {_noted(NamedNode(graph), checksum)} }}")

    def forget_graphs(self, graphs: Iterable[str]) -> None:
        """Take out the notes on graphs that are about to change."""
        listed = " ".join(str(NamedNode(graph)) for graph in graphs)
        if listed:
            pattern = f"GRAPH {MARK} {{ ?graph {_VALUE} ?value }}"
            where = f"VALUES ?graph {{ {listed} }} {pattern}"
            self._endpoint.update(f"DELETE {{ {pattern} }} WHERE {{ {where} }}")

    def note_manifest(self, manifest: str) -> None:
        """Note the manifest in the place of an earlier one."""
        pattern = f"GRAPH {MARK} {{ {_MANIFEST} {_VALUE} ?value }}"
        self._endpoint.update(
            f"DELETE WHERE {{ {pattern} }} ; INSERT DATA {{ {_noted(_MANIFEST, manifest)} }}"
        )


def _noted(thing: NamedNode, value: str) -> str:
    return f"GRAPH {MARK} {{ {thing} {_VALUE} {Literal(value)} }}"
