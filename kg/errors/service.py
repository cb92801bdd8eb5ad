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
