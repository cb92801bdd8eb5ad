"""Keep the loads that were asked for in files, so that a restart knows of them.

Below `jobs/` of the dataset each has a directory with the uploaded file and `job.json`, which is
replaced in one rename. The uploaded file goes when the load has ended.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, Literal

from kg.errors import (
    BadParameter,
    JobEnded,
    JobInterrupted,
    KreislaufstadtError,
    ServerBusy,
    UnknownJob,
)
from kg.language import LANGUAGES, Language, Text

State = Literal["queued", "running", "done", "failed", "cancelled"]
KINDS: Final = ("measures", "concept", "strategy", "indicators", "rdf")
OPEN: Final[frozenset[State]] = frozenset({"queued", "running"})
MOST_QUEUED: Final = 20
MOST_KEPT: Final = 200
_ID: Final = re.compile(r"[0-9a-f]{16}")
_LONGEST_NAME: Final = 120
Bilingual = Mapping[Language, object]


@dataclass(frozen=True, slots=True)
class Job:
    """Hold a load: who asked for what, how far it is, and what came of it.

    `by` is the key of the token, `city` an AGS; `result` is what `load --json` prints, `findings`
    its remarks, both by language; `error` has code, German and English sentence.
    """

    id: str
    by: str
    kind: str
    city: str
    file: str
    name: str
    columns: Mapping[str, str]
    created: str
    state: State = "queued"
    step: Mapping[Language, str] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    ended: str = ""
    error: Mapping[str, str] = field(default_factory=dict)
    findings: Bilingual = field(default_factory=dict)
    result: Bilingual = field(default_factory=dict)

    def as_json(self, language: Language) -> dict[str, object]:
        """Return the job for its reader; texts in one language."""
        error = None
        if self.error:
            error = {"code": self.error["code"], "detail": self.error[language]}
        return {
            "id": self.id,
            "state": self.state,
            "kind": self.kind,
            "city": self.city,
            "file": self.file,
            "created": self.created,
            "ended": self.ended or None,
            "step": self.step.get(language),
            "progress": {"done": self.done, "total": self.total} if self.total else None,
            "error": error,
            "findings": self.findings.get(language, []),
            "result": self.result.get(language),
        }


class JobStore:
    """Make, find and change jobs; every change is on disk when it returns."""

    def __init__(self, root: Path) -> None:
        self._root = root / "jobs"

    def create(self, job: Job, content: BinaryIO) -> Job:
        """Queue a load of a file.

        Raises:
            BadParameter: the kind is unknown or the file has no usable name.
            ServerBusy: too many loads are waiting.
        """
        if job.kind not in KINDS:
            listed = ", ".join(KINDS)
            raise BadParameter("kind", job.kind, Text(f"eine von {listed}", f"one of {listed}"))
        if sum(1 for other in self.all() if other.state in OPEN) >= MOST_QUEUED:
            raise ServerBusy(MOST_QUEUED)
        job = replace(job, id=secrets.token_hex(8), file=_file_name(job.file))
        directory = self._root / job.id
        directory.mkdir(parents=True)
        with (directory / "upload").open("wb") as target:
            shutil.copyfileobj(content, target)
            target.flush()
            os.fsync(target.fileno())
        self.save(job)
        self._forget_old()
        return job

    def get(self, job: str) -> Job:
        """Return a job, or raise `UnknownJob`."""
        if _ID.fullmatch(job) is None:
            raise UnknownJob(job)
        try:
            content = json.loads((self._root / job / "job.json").read_text("utf-8"))
            return Job(**content)
        except (OSError, ValueError, TypeError) as error:
            raise UnknownJob(job) from error

    def all(self) -> list[Job]:
        """Return every job, the earliest first."""
        if not self._root.is_dir():
            return []
        names = [entry.name for entry in self._root.iterdir() if (entry / "job.json").is_file()]
        return sorted((self.get(name) for name in names), key=lambda job: (job.created, job.id))

    def following(self) -> Job | None:
        """Return the job that waits longest."""
        return next((job for job in self.all() if job.state == "queued"), None)

    def upload(self, job: Job) -> Path:
        """Return the file of a job under the name it was given, for a loader to read."""
        directory = self._root / job.id
        named = directory / "file"
        named.mkdir(exist_ok=True)
        path = named / job.file
        if not path.exists():
            path.hardlink_to(directory / "upload")
        return path

    def save(self, job: Job) -> Job:
        """Keep a job as it is now; one that ended lets go of its file."""
        directory = self._root / job.id
        fresh = directory / "job.new"
        with fresh.open("w", encoding="utf-8") as stream:
            json.dump(asdict(job), stream, ensure_ascii=False, sort_keys=True)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(directory / "job.json")
        if job.state not in OPEN:
            (directory / "upload").unlink(missing_ok=True)
            shutil.rmtree(directory / "file", ignore_errors=True)
        return job

    def end(
        self,
        job: Job,
        state: State,
        now: datetime,
        *,
        error: KreislaufstadtError | None = None,
        findings: Bilingual | None = None,
    ) -> Job:
        """Keep how a job ended, and why."""
        told = {} if error is None else told_error(error)
        ended = now.isoformat(timespec="seconds")
        return self.save(
            replace(job, state=state, ended=ended, error=told, findings=findings or job.findings)
        )

    def cancel(self, job: str, now: datetime) -> Job:
        """End a job that waits or runs, or raise `JobEnded`."""
        found = self.get(job)
        if found.state not in OPEN:
            raise JobEnded(job)
        return self.end(found, "cancelled", now)

    def end_interrupted(self, now: datetime) -> None:
        """Mark what ran when the service last ended; it changed nothing."""
        for job in self.all():
            if job.state == "running":
                self.end(job, "failed", now, error=JobInterrupted())

    def _forget_old(self) -> None:
        ended = [job for job in self.all() if job.state not in OPEN]
        for job in ended[: max(0, len(ended) - MOST_KEPT)]:
            shutil.rmtree(self._root / job.id, ignore_errors=True)


def told_error(error: KreislaufstadtError) -> dict[str, str]:
    """Return an error as a job keeps it."""
    return {"code": error.code, **{name: error.text.in_language(name) for name in LANGUAGES}}


def _file_name(given: str) -> str:
    r"""Return the last part of a file's name, without anything that is no name.

    >>> _file_name("C:\\Daten\\..\\massnahmen.xlsx")
    'massnahmen.xlsx'
    """
    name = PurePosixPath(given.replace("\\", "/")).name
    if not name.strip(". ") or len(name) > _LONGEST_NAME or not name.isprintable():
        raise BadParameter("file", given[:80], Text("ein Dateiname", "the name of a file"))
    return name
