"""Name what is wrong with a load that runs beside the requests."""

from __future__ import annotations

from kg.errors.base import ServiceError, UserError
from kg.language import Text


class UnknownJob(UserError):
    """Say that there is no load of that number, or none any more."""

    code = "unknown-job"

    def __init__(self, job: str) -> None:
        super().__init__(
            Text(
                f"Einen Ladevorgang {job} gibt es nicht oder nicht mehr.",
                f"There is no load {job}, or none any more.",
            )
        )
        self.job = job


class JobEnded(UserError):
    """Say that a load has ended, so that it cannot be cancelled."""

    code = "job-ended"

    def __init__(self, job: str) -> None:
        super().__init__(
            Text(
                f"Der Ladevorgang {job} ist schon zu Ende und lässt sich nicht mehr abbrechen.",
                f"The load {job} has ended and cannot be cancelled any more.",
            )
        )
        self.job = job


class JobInterrupted(ServiceError):
    """Say that the service ended while a load ran, and that the load changed nothing."""

    code = "job-interrupted"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Das Laden wurde unterbrochen, etwa weil der Dienst endete. Am Datenbestand hat"
                " sich dadurch nichts geändert; bitte die Datei noch einmal laden.",
                "The load was interrupted, for example because the service ended. Nothing of the"
                " dataset was changed by it; please load the file once more.",
            )
        )
