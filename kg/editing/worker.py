"""Work out one change on a copy in memory, say what it comes to, and end.

Started as `python -m kg.editing.worker STORE LIMITS`; the change comes by standard input. Once the
copy is made, the process can open no file and no socket, and its memory and time are bound.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NoReturn

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from kg.editing.frames import ANSWER_HEAD, EditKind, EditOutcome, GraphEdit, Payload
from kg.editing.working_copy import DefaultGraphWrittenError, OnlyDerivedError, WorkingCopy
from kg.serving.confinement import address_space, lock_down, say_expendable, wind_clock
from kg.serving.limits import ServingLimits
from kg.serving.zygote import load_in_memory

STACK_BYTES: Final = 64 << 20
PATIENCE_SECONDS: Final = 5.0
_LINE_LIMIT: Final = 1000
_FORMATS: Final = {
    "TURTLE": RdfFormat.TURTLE,
    "N_TRIPLES": RdfFormat.N_TRIPLES,
    "JSON_LD": RdfFormat.JSON_LD,
    "RDF_XML": RdfFormat.RDF_XML,
}


class _MalformedError(Exception):
    """Carry what a parser says about a body."""


def main(arguments: list[str]) -> NoReturn:
    """Read the change, work it out, write the answer."""
    directory, line = arguments
    limits = ServingLimits.from_json(line)
    wind_clock(limits.query_seconds + PATIENCE_SECONDS)
    say_expendable()
    edit = GraphEdit.decode(sys.stdin.buffer.read())
    before = load_in_memory(Path(directory))
    if edit.kind is not EditKind.UPDATE:
        before = _alone(before, edit.graph)
    copy = _copy_for(edit, before)
    # The engine reads nested groups by recursion.
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_answer, args=(edit, before, copy, limits))
    thread.start()
    thread.join()
    os._exit(0)


def _copy_for(edit: GraphEdit, before: Store) -> WorkingCopy | Store | None:
    """Return what an update runs over: with the union of all graphs only if it can look at it."""
    if edit.kind is not EditKind.UPDATE:
        return None
    if not all(operation.is_data for operation in edit.operations):
        return WorkingCopy(before)
    plain = Store()
    plain.bulk_extend(before)
    return plain


def _alone(store: Store, graph: str) -> Store:
    alone = Store()
    alone.bulk_extend(store.quads_for_pattern(None, None, None, NamedNode(graph)))
    return alone


def _answer(
    edit: GraphEdit, before: Store, copy: WorkingCopy | Store | None, limits: ServingLimits
) -> None:
    held = address_space(Path("/proc/self/statm").read_text("ascii"))
    lock_down(held + (limits.query_memory_mib << 20))
    try:
        outcome, parts = _outcome(edit, before, copy, limits)
    except MemoryError:
        outcome, parts = EditOutcome.OUT_OF_MEMORY, (b"", b"")
    # The server may be gone; there is nobody left to tell.
    with contextlib.suppress(OSError):
        sys.stdout.buffer.write(ANSWER_HEAD.pack(outcome, len(parts[0])))
        sys.stdout.buffer.writelines(parts)
        sys.stdout.buffer.flush()


def _outcome(
    edit: GraphEdit, before: Store, copy: WorkingCopy | Store | None, limits: ServingLimits
) -> tuple[EditOutcome, tuple[bytes, bytes]]:
    try:
        removed, added = _difference(_changed(edit, before, copy), before)
    except _MalformedError as error:
        return EditOutcome.MALFORMED, (str(error).encode(), b"")
    except SyntaxError as error:
        return _complaint(EditOutcome.MALFORMED, error)
    except DefaultGraphWrittenError as error:
        return _complaint(EditOutcome.DEFAULT_GRAPH, error)
    except OnlyDerivedError as error:
        return _complaint(EditOutcome.ONLY_DERIVED, error)
    except _OtherGraphError as error:
        return _complaint(EditOutcome.OTHER_GRAPH, error)
    except OSError as error:
        return _complaint(EditOutcome.UNREACHABLE, error)
    except (RuntimeError, ValueError) as error:
        return _complaint(EditOutcome.NOT_EVALUABLE, error)
    parts = (_written(removed), _written(added))
    if len(parts[0]) + len(parts[1]) > limits.answer_bytes:
        return EditOutcome.TOO_LARGE, (b"", b"")
    return EditOutcome.DONE, parts


def _complaint(outcome: EditOutcome, error: Exception) -> tuple[EditOutcome, tuple[bytes, bytes]]:
    return outcome, (str(error)[:_LINE_LIMIT].encode(), b"")


class _TripleTermError(RuntimeError):
    """Say that a statement is about a statement, which rules and shapes do not read."""


class _OtherGraphError(Exception):
    """Say that an update of one graph wrote another one."""


def _changed(edit: GraphEdit, before: Store, copy: WorkingCopy | Store | None) -> Store:
    """Return a store whose named graphs are those after the change."""
    match edit.kind:
        case EditKind.UPDATE if isinstance(copy, WorkingCopy):
            _check_syntax(edit.text)
            copy.run(edit.operations)
            return copy.store
        case EditKind.UPDATE if isinstance(copy, Store):
            _check_syntax(edit.text)
            for operation in edit.operations:
                copy.update(operation.text)
            if any(copy.quads_for_pattern(None, None, None, DefaultGraph())):
                raise DefaultGraphWrittenError
            return copy
        case EditKind.PATCH:
            return _store_of(_patched(edit, before))
        case EditKind.MERGE:
            return _store_of([*before, *_given(edit)])
        case _:
            return _store_of(_given(edit))


def _store_of(quads: Iterable[Quad]) -> Store:
    # Not `bulk_extend`, here and below: it sets 200 MB aside whatever the number of statements.
    store = Store()
    store.extend(quads)
    return store


def _check_syntax(update: str) -> None:
    """Raise `SyntaxError` for the update as it was sent, so that line and column are its own."""
    # A graph that is not there is a matter of the data.
    with contextlib.suppress(RuntimeError):
        Store().update(update)


def _patched(edit: GraphEdit, before: Store) -> list[Quad]:
    store = Store()
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in before)
    store.update(edit.text)
    if any(quad.graph_name != DefaultGraph() for quad in store):
        raise _OtherGraphError
    return [_into(quad, NamedNode(edit.graph)) for quad in store]


def _given(edit: GraphEdit) -> list[Quad]:
    """Return what the bodies state; blank nodes of two bodies are never the same."""
    graph = NamedNode(edit.graph)
    return [
        _into(quad, graph)
        for number, payload in enumerate(edit.payloads)
        for quad in _parsed(payload, number)
    ]


def _parsed(payload: Payload, number: int) -> Iterable[Quad]:
    try:
        quads = list(
            parse(
                payload.content,
                _FORMATS[payload.format],
                base_iri=payload.base,
                rename_blank_nodes=True,
            )
        )
    except SyntaxError as error:
        place = {"payload": number, "line": error.lineno, "column": error.offset}
        raise _MalformedError(json.dumps(place)) from error
    except ValueError as error:
        raise _MalformedError(json.dumps({"payload": number})) from error
    if any(quad.graph_name != DefaultGraph() for quad in quads):
        raise _OtherGraphError
    return quads


def _into(quad: Quad, graph: NamedNode) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _difference(after: Store, before: Store) -> tuple[list[Quad], list[Quad]]:
    """Return what is gone and what is new in named graphs.

    Blank nodes of a changed graph are named by what it states: the same statements have the same
    names then, whoever sent them (RDF Dataset Canonicalization); a prefix keeps the graphs apart.
    """
    default = DefaultGraph()
    removed = [quad for quad in before if quad not in after]
    added = [quad for quad in after if quad.graph_name != default and quad not in before]
    for graph in dict.fromkeys(quad.graph_name for quad in (*removed, *added)):
        own = list(after.quads_for_pattern(None, None, None, graph))
        if [quad for quad in own if _has_blank(quad)]:
            named = set(_canonical(own, str(graph)))
            earlier = set(before.quads_for_pattern(None, None, None, graph))
            removed = [quad for quad in removed if quad.graph_name != graph]
            added = [quad for quad in added if quad.graph_name != graph]
            removed += earlier - named
            added += named - earlier
    return removed, added


def _canonical(quads: list[Quad], graph: str) -> Iterable[Quad]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    prefix = f"g{hashlib.sha256(graph.encode()).hexdigest()[:8]}"
    return [_prefixed(quad, prefix) for quad in dataset]


def _prefixed(quad: Quad, prefix: str) -> Quad:
    subject, value = quad.subject, quad.object
    if isinstance(subject, BlankNode):
        subject = BlankNode(prefix + subject.value)
    if isinstance(value, BlankNode):
        value = BlankNode(prefix + value.value)
    return Quad(subject, quad.predicate, value, quad.graph_name)


def _has_blank(quad: Quad) -> bool:
    if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
        raise _TripleTermError("Statements about statements are not kept here.")
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)


def _written(quads: list[Quad]) -> bytes:
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


if __name__ == "__main__":
    main(sys.argv[1:])
