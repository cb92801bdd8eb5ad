"""Compare publishing ten decisions on the example city with building it, in one run.

    python benchmarks/reviewing.py

Prints processor seconds: of a build without any cache and again, of listing all links, and of
publishing ten decisions, both twice.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from api.commands.collection import no_collection
from kg import building
from kg.access import Grant, Role
from kg.dataset import Dataset
from kg.reviewing import Journal, Verdict
from kg.reviewing.desk import Choice, Desk, Order
from kg.reviewing.publishing import publish_reviews
from kg.settings import Settings
from loaders.city import read_city

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "muenster"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
REVIEWER = Grant("0a1b2c3d", "Umweltamt", Role.REVIEWER, "05515000", NOW)


def told(name: str, work: Callable[[], object]) -> None:
    began = time.process_time()
    with no_collection():
        work()
    print(f"{name}\t{time.process_time() - began:.2f} s", flush=True)


def build(dataset: Dataset) -> None:
    building.build(dataset, read_city(EXAMPLE, Settings()), NOW, step=lambda *_: None)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        dataset = Dataset(Path(name))
        told("build, nothing cached", lambda: build(dataset))
        told("build, vectors known", lambda: build(dataset))
        for _ in range(2):
            generation = dataset.current()
            desk = Desk(generation, generation.open(), Journal(dataset.root))
            told("list links", partial(desk.entries, Choice()))
            for place, entry in enumerate(desk.entries(Choice())[:10]):
                verdict = (Verdict.ACCEPT, Verdict.REJECT)[place % 2]
                desk.decide(Order(entry.link.iri, verdict, "Beispiel.", "de"), REVIEWER, NOW)
            told("publish ten decisions", lambda: publish_reviews(dataset))


if __name__ == "__main__":
    main()
