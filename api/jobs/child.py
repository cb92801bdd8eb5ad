"""Change the dataset in a process of its own: `python -m api.jobs.child ORDER`.

ORDER is JSON: what to do, where, with which limits. Each line on standard output is one message of
JSON: the step at hand, how far it is, at the end what came of it. The process ends when its
standard input does, so it never outlives the service.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar, cast

from api.commands.collection import no_collection
from api.jobs.store import JobStore, told_error
from api.loading import LoadOrder, load_files, loaded_as_json
from kg.dataset import Dataset
from kg.engines import dataset_of
from kg.errors import DatasetBusy, KreislaufstadtError, ShapeViolated
from kg.findings import Finding
from kg.identifiers import parse_ags
from kg.language import LANGUAGES
from kg.reviewing.publishing import publish_reviews
from kg.settings import Settings, read_settings
from loaders.registry import Kind

_WAITING_SECONDS: Final = 60.0
_LOOK_SECONDS: Final = 0.5
_PROGRESS_SECONDS: Final = 0.2
Outcome = TypeVar("Outcome")


def main(arguments: list[str]) -> int:
    """Do what the order says; return 0 when it is done, 2 when it failed with a reason."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    order: dict[str, str] = json.loads(arguments[0])
    root = Path(order["root"])
    # Whether a remote engine is published to stands in the environment, with its password.
    given = {"data": root, "generations_kept": int(order["generations_kept"])}
    dataset = dataset_of(read_settings().model_copy(update=given))
    try:
        if order["task"] == "reviews":
            with no_collection():
                generation = publish_reviews(dataset)
            _tell({"generation": None if generation is None else generation.name})
            return 0
        limits = {name: int(order[name]) for name in ("file_bytes", "unpacked_bytes")}
        settings = Settings(data=root).model_copy(update=limits)
        _load(dataset, JobStore(root), order["job"], settings)
    except KreislaufstadtError as error:
        findings = error.findings if isinstance(error, ShapeViolated) else ()
        _tell({"error": told_error(error), "findings": _bilingual(findings)})
        return 2
    return 0


def _load(dataset: Dataset, store: JobStore, job_id: str, settings: Settings) -> None:
    job = store.get(job_id)
    order = LoadOrder(
        [store.upload(job)],
        cast("Kind", job.kind),  # checked when the job was made
        parse_ags(job.city),
        job.name or None,
        job.columns,
        job.by,
    )
    step, count = _step, _Counter()
    step("Datei lesen", "reading the file")
    with no_collection():
        loaded, publish = load_files(
            dataset, order, settings, datetime.now(UTC), step=step, progress=count
        )
        built = _when_free(publish)
    result = {name: loaded_as_json(built, loaded, name) for name in LANGUAGES}
    _tell({"result": result, "findings": _bilingual(built.findings)})


def _when_free(publish: Callable[[], Outcome]) -> Outcome:
    """Wait while another process writes the dataset, such as a load at the command line."""
    end = time.monotonic() + _WAITING_SECONDS
    while True:
        try:
            return publish()
        except DatasetBusy:
            if time.monotonic() > end:
                raise
            time.sleep(_LOOK_SECONDS)


def _step(german: str, english: str) -> None:
    _tell({"step": {"de": german, "en": english}})


class _Counter:
    """Tell how far a step is, not more often than a reader could see."""

    def __init__(self) -> None:
        self._told = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == total or now - self._told > _PROGRESS_SECONDS:
            self._told = now
            _tell({"done": done, "total": total})


def _bilingual(findings: tuple[Finding, ...]) -> dict[str, object]:
    return {name: [item.as_json(name) for item in findings] for name in LANGUAGES}


def _tell(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
