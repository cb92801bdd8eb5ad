"""Name every failure once, with a stable code.

KreislaufstadtError
├── UserError                 the input can be mended by the person who gave it (exit 2, HTTP 4xx)
│   ├── UnreadableFile        unreadable-file
│   ├── UnknownIri            unknown-iri
│   ├── UnknownStatement      unknown-statement
│   ├── UnknownName           unknown-name
│   ├── BadParameter          bad-parameter
│   ├── BadQuery              bad-query
│   ├── ForbiddenQuery        forbidden-query
│   ├── BadMeasure            bad-measure
│   ├── ShapeViolated         shape-violated
│   ├── NothingLoaded         nothing-loaded
│   ├── NoDataset             no-dataset
│   ├── ReferenceInvalid      reference-invalid
│   └── SettingInvalid        setting-invalid
└── ServiceError              the service could not answer (exit 1, HTTP 5xx)
    ├── QueryTooSlow          query-too-slow
    ├── AnswerTooLarge        answer-too-large
    ├── WorkerDied            worker-died
    ├── ReasonNotFound        reason-not-found
    ├── DatasetBusy           dataset-busy
    ├── DatasetBroken         dataset-broken
    ├── ModelBroken           model-broken
    ├── ServerBusy            server-busy
    └── RemoteFailed          remote-failed
"""

from __future__ import annotations

from typing import ClassVar

from kg.findings import Finding
from kg.language import Text


class KreislaufstadtError(Exception):
    """Carry a stable code and a sentence in German and English."""

    code: ClassVar[str] = "error"

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

    def __str__(self) -> str:
        """Return the English sentence; `text` has both languages."""
        return self.text.en


class UserError(KreislaufstadtError):
    """Tell a person what to change in their input."""

    code = "user-error"


class ServiceError(KreislaufstadtError):
    """Tell a person that the service, not the input, is at fault."""

    code = "service-error"


class UnreadableFile(UserError):
    """Name a file that is missing, of another kind, broken, or too large."""

    code = "unreadable-file"

    def __init__(self, file: str, reason: Text) -> None:
        super().__init__(Text(f"{file}: {reason.de}", f"{file}: {reason.en}"))
        self.file = file
        self.reason = reason


class UnknownIri(UserError):
    """Name an IRI that the dataset does not describe."""

    code = "unknown-iri"

    def __init__(self, iri: str) -> None:
        super().__init__(
            Text(
                f"Über {iri} steht nichts im Datenbestand. Bitte Schreibweise prüfen.",
                f"The dataset says nothing about {iri}. Please check the spelling.",
            )
        )
        self.iri = iri


class UnknownStatement(UserError):
    """Name a statement that the dataset does not hold, so that there is nothing to explain."""

    code = "unknown-statement"

    def __init__(self, statement: str) -> None:
        super().__init__(
            Text(
                f"Der Datenbestand enthält diese Aussage nicht: {statement}."
                " Bitte Richtung und Schreibweise prüfen.",
                f"The dataset does not hold this statement: {statement}."
                " Please check direction and spelling.",
            )
        )


class UnknownName(UserError):
    """Name a query, format or other choice that does not exist, with those that do."""

    code = "unknown-name"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listed = ", ".join(known)
        super().__init__(
            Text(
                f"»{name}« gibt es nicht. Möglich sind: {listed}.",
                f"There is no “{name}”. Choose one of: {listed}.",
            )
        )
        self.name = name
        self.known = known


class BadParameter(UserError):
    """Name a parameter whose value is missing or of the wrong kind."""

    code = "bad-parameter"

    def __init__(self, name: str, value: str, expected: Text) -> None:
        super().__init__(
            Text(
                f"Parameter {name} = »{value}«: erwartet wird {expected.de}.",
                f"Parameter {name} = “{value}”: {expected.en} is expected.",
            )
        )
        self.name = name
        self.value = value


class BadQuery(UserError):
    """Give the place and the kind of a SPARQL syntax error."""

    code = "bad-query"

    def __init__(self, detail: str) -> None:
        super().__init__(
            Text(
                f"Die SPARQL-Anfrage ist fehlerhaft: {detail}",
                f"The SPARQL query is malformed: {detail}",
            )
        )
        self.detail = detail


class ForbiddenQuery(UserError):
    """Say which part of a query is not allowed and why."""

    code = "forbidden-query"


class BadMeasure(UserError):
    """Say which field of a measure description cannot be used."""

    code = "bad-measure"


class ShapeViolated(UserError):
    """Say that a source breaks the data rules, so nothing of it was loaded."""

    code = "shape-violated"

    def __init__(self, file: str, violations: int, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            Text(
                f"{file}: {violations} Regelverstöße, deshalb wurde nichts übernommen."
                " Die Befunde nennen Zeile, Spalte und Abhilfe.",
                f"{file}: {violations} violations, so nothing was taken over."
                " The findings name row, column and remedy.",
            )
        )
        self.file = file
        self.violations = violations
        self.findings = findings


class NothingLoaded(UserError):
    """Say that a file was read but held nothing usable, with the reason."""

    code = "nothing-loaded"

    def __init__(self, file: str, reason: Text) -> None:
        super().__init__(Text(f"{file}: {reason.de}", f"{file}: {reason.en}"))
        self.file = file
        self.reason = reason


class NoDataset(UserError):
    """Say that no dataset was built yet and how to build one."""

    code = "no-dataset"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Es gibt noch keinen Datenbestand. Bitte zuerst »kreislaufstadt build« ausführen.",
                "There is no dataset yet. Please run “kreislaufstadt build” first.",
            )
        )


class ReferenceInvalid(UserError):
    """Say which cell of which reference table is wrong and what belongs there."""

    code = "reference-invalid"


class SettingInvalid(UserError):
    """Name a setting whose value cannot be used."""

    code = "setting-invalid"

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            Text(
                f"Einstellung {name} ist ungültig: {detail}",
                f"Setting {name} is invalid: {detail}",
            )
        )
        self.name = name


class QueryTooSlow(ServiceError):
    """Say that a query was stopped at its deadline."""

    code = "query-too-slow"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            Text(
                f"Die Anfrage wurde nach {seconds:g} Sekunden abgebrochen."
                " Bitte enger fassen, zum Beispiel mit LIMIT oder einem festen Anfangspunkt.",
                f"The query was stopped after {seconds:g} seconds."
                " Please narrow it, for example with LIMIT or a fixed starting point.",
            )
        )
        self.seconds = seconds


class AnswerTooLarge(ServiceError):
    """Say that an answer went over its byte limit."""

    code = "answer-too-large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            Text(
                f"Die Antwort ist größer als {limit_bytes} Bytes. Bitte mit LIMIT eingrenzen.",
                f"The answer is larger than {limit_bytes} bytes. Please narrow it with LIMIT.",
            )
        )
        self.limit_bytes = limit_bytes


class WorkerDied(ServiceError):
    """Say that the process behind a query ended (memory or nesting) and nothing else was hurt."""

    code = "worker-died"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Die Anfrage brauchte zu viel Speicher oder ist zu tief geschachtelt.",
                "The query needed too much memory or is nested too deeply.",
            )
        )


class ReasonNotFound(ServiceError):
    """Say that a conclusion is held but today's rules lead to it on no way that was looked at."""

    code = "reason-not-found"

    def __init__(self, statement: str) -> None:
        super().__init__(
            Text(
                f"Die Aussage ist geschlossen, aber ihre Begründung fehlt: {statement}."
                " Der Datenbestand stammt vielleicht von einer anderen Fassung der Software;"
                " bitte neu bauen: kreislaufstadt build",
                f"The statement was inferred, but its explanation could not be found: {statement}."
                " The dataset may come from another version of the software;"
                " please build it anew: kreislaufstadt build",
            )
        )


class DatasetBusy(ServiceError):
    """Say that another process is writing the dataset."""

    code = "dataset-busy"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Der Datenbestand wird gerade von einem anderen Vorgang geschrieben."
                " Bitte gleich noch einmal versuchen.",
                "Another process is writing the dataset. Please try again in a moment.",
            )
        )


class DatasetBroken(ServiceError):
    """Say that the dataset directory cannot be read and how to renew it."""

    code = "dataset-broken"

    def __init__(self, detail: str) -> None:
        super().__init__(
            Text(
                f"Der Datenbestand ist nicht lesbar ({detail})."
                " Bitte neu bauen: kreislaufstadt build",
                f"The dataset cannot be read ({detail})."
                " Please build it anew: kreislaufstadt build",
            )
        )


class ModelBroken(ServiceError):
    """Name the damaged file of a trained model and how to get another one."""

    code = "model-broken"

    def __init__(self, file: str) -> None:
        super().__init__(
            Text(
                f"Das gelernte Modell ist nicht lesbar ({file})."
                " Bitte neu lernen (kreislaufstadt train) oder zurückgehen"
                " (kreislaufstadt train --undo).",
                f"The trained model cannot be read ({file})."
                " Please train it anew (kreislaufstadt train) or go back"
                " (kreislaufstadt train --undo).",
            )
        )
        self.file = file


class ServerBusy(ServiceError):
    """Say that too many queries run at once."""

    code = "server-busy"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Zurzeit laufen zu viele Anfragen. Bitte gleich noch einmal versuchen.",
                "Too many queries are running. Please try again in a moment.",
            )
        )


class RemoteFailed(ServiceError):
    """Say that a remote SPARQL endpoint did not answer as it should."""

    code = "remote-failed"

    def __init__(self, endpoint: str, detail: str) -> None:
        super().__init__(
            Text(
                f"{endpoint} hat nicht geantwortet wie erwartet: {detail}",
                f"{endpoint} did not answer as expected: {detail}",
            )
        )
        self.endpoint = endpoint
