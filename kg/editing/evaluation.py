"""Let a process work out a change, and turn the way it ended into an error for people."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kg.editing.frames import ANSWER_HEAD, Difference, EditOutcome, GraphEdit
from kg.errors import (
    AnswerTooLarge,
    BadQuery,
    BadRdf,
    ForbiddenQuery,
    GraphNotNamed,
    GraphProtected,
    KreislaufstadtError,
    QueryTooSlow,
    WorkerDied,
)
from kg.language import Text
from kg.serving.failures import MalformedQuery
from kg.serving.limits import ServingLimits
from ontology.namespaces import INFERRED_GRAPH


def difference_of(edit: GraphEdit, store: Path, limits: ServingLimits) -> Difference:
    """Return what a change comes to over the graphs of a finished store directory.

    The process never lives longer than this call, and it only has a copy.

    Raises:
        BadQuery: the update is malformed or cannot be evaluated.
        BadRdf: a body is no RDF of its kind.
        ForbiddenQuery: it reaches out, or a change of one graph writes another one.
        GraphNotNamed: it puts statements into no graph.
        GraphProtected: all that it deletes is derived from other statements.
        QueryTooSlow: the deadline passed; the process was killed.
        WorkerDied: the process ended without an answer.
        AnswerTooLarge: the difference has more bytes than the limit.
    """
    command = [sys.executable, "-P", "-m", "kg.editing.worker", str(store), limits.to_json()]
    try:
        ended = subprocess.run(
            command,
            input=edit.encode(),
            stdout=subprocess.PIPE,
            timeout=limits.query_seconds,
            check=False,
            # A group of its own: Ctrl-C at the server does not reach it.
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTooSlow(limits.query_seconds) from error
    answer = ended.stdout
    if ended.returncode != 0 or len(answer) < ANSWER_HEAD.size:
        raise WorkerDied(limits.query_memory_mib)
    code, length = ANSWER_HEAD.unpack_from(answer)
    first = answer[ANSWER_HEAD.size : ANSWER_HEAD.size + length]
    outcome = EditOutcome(code)
    if outcome is not EditOutcome.DONE:
        raise _failure_of(outcome, edit, first.decode("utf-8", "replace"), limits)
    return Difference.parse(first, answer[ANSWER_HEAD.size + length :])


def _failure_of(
    outcome: EditOutcome, edit: GraphEdit, complaint: str, limits: ServingLimits
) -> KreislaufstadtError:
    match outcome:
        case EditOutcome.MALFORMED if edit.payloads:
            return _bad_rdf(json.loads(complaint))
        case EditOutcome.MALFORMED:
            return MalformedQuery(edit.text, complaint)
        case EditOutcome.UNREACHABLE:
            return ForbiddenQuery(
                Text(
                    "Dieser Zugang fragt keine anderen Rechner und öffnet keine Dateien.",
                    "This door asks no other machine and opens no file.",
                )
            )
        case EditOutcome.TOO_LARGE:
            return AnswerTooLarge(limits.answer_bytes)
        case EditOutcome.OUT_OF_MEMORY:
            return WorkerDied(limits.query_memory_mib)
        case EditOutcome.DEFAULT_GRAPH:
            return GraphNotNamed()
        case EditOutcome.OTHER_GRAPH:
            return ForbiddenQuery(
                Text(
                    "Hier geht es um einen einzigen Graphen. Bitte keinen anderen nennen,"
                    " oder die Änderung an /sparql senden.",
                    "This is about one graph only. Please name no other one, or send the change"
                    " to /sparql.",
                )
            )
        case EditOutcome.ONLY_DERIVED:
            return GraphProtected(
                INFERRED_GRAPH,
                Text(
                    "Die Aussagen stehen in keiner Quelle, sie folgen nach Regeln; bitte dort"
                    " ändern, woraus sie folgen.",
                    "No source states this, it follows by rules; please change what it follows"
                    " from.",
                ),
            )
        case _:
            return BadQuery(complaint)


def _bad_rdf(place: dict[str, int | None]) -> BadRdf:
    line, column = place.get("line"), place.get("column")
    if line is None:
        return BadRdf(
            Text(
                "ist kein gültiges RDF der genannten Art. Bitte Inhalt und Content-Type prüfen.",
                "is no valid RDF of the kind it names. Please check content and Content-Type.",
            )
        )
    return BadRdf(
        Text(
            f"ist ab Zeile {line}, Spalte {column or 1} kein gültiges RDF der genannten Art."
            " Bitte diese Stelle und den Content-Type prüfen.",
            f"is no valid RDF of the kind it names from line {line}, column {column or 1}."
            " Please check this place and the Content-Type.",
        ),
        line,
        column or 1,
    )
