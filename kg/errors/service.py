"""Name why the service could not answer."""

from __future__ import annotations

from kg.errors.base import ServiceError
from kg.language import Text


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


class TooManyRows(ServiceError):
    """Say that an answer went over the limit of rows, or of triples."""

    code = "too-many-rows"

    def __init__(self, limit_rows: int) -> None:
        super().__init__(
            Text(
                f"Die Antwort hat mehr als {limit_rows} Zeilen. Bitte mit LIMIT eingrenzen.",
                f"The answer has more than {limit_rows} rows. Please narrow it with LIMIT.",
            )
        )
        self.limit_rows = limit_rows


class WorkerDied(ServiceError):
    """Say that the process behind a query ended (memory or nesting) and nothing else was hurt."""

    code = "worker-died"

    def __init__(self, memory_mib: int) -> None:
        super().__init__(
            Text(
                f"Die Anfrage brauchte mehr als {memory_mib} MiB Speicher oder ist zu tief"
                " geschachtelt; sie wurde abgebrochen.",
                f"The query needed more than {memory_mib} MiB of memory or is nested too deeply;"
                " it was broken off.",
            )
        )
        self.memory_mib = memory_mib


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


class RecordBroken(ServiceError):
    """Name the damaged file of what people decided or were given, which no build makes anew."""

    code = "record-broken"

    def __init__(self, detail: str) -> None:
        super().__init__(
            Text(
                f"Eine Datei im Ordner des Datenbestands ist beschädigt ({detail}). Ein neuer Bau"
                " hilft nicht; bitte diese Datei aus einer Sicherung zurückholen.",
                f"A file in the directory of the dataset is damaged ({detail}). A new build does"
                " not help; please bring this file back from a backup.",
            )
        )
        self.detail = detail


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
    """Say that as many questions are being answered as may be at once."""

    code = "server-busy"

    def __init__(self, limit: int) -> None:
        super().__init__(
            Text(
                f"Zurzeit laufen zu viele Anfragen (Grenze: {limit} gleichzeitig)."
                " Bitte gleich noch einmal versuchen.",
                f"Too many queries are running (limit: {limit} at once)."
                " Please try again in a moment.",
            )
        )
        self.limit = limit


class PrintingFailed(ServiceError):
    """Say that the browser that prints reports gave no document."""

    code = "printing-failed"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            Text(
                f"Das PDF kam nicht zustande (Grenze: {seconds:g} Sekunden). Bitte den Bericht mit"
                " dem Druckdialog des Browsers ausgeben.",
                f"The PDF could not be made (limit: {seconds:g} seconds). Please print the report"
                " with the dialogue of your browser.",
            )
        )
        self.seconds = seconds


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
