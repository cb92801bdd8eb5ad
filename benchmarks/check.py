"""Time a check through the HTTP application and many checks together, on short measures.

    python benchmarks/check.py [DATA]

DATA is a dataset directory; without one the example city is built. The measures are titles and
first sentences of the made-up city measures, put together anew, so that no two are the same.
Prints milliseconds of a check through the application in this process (elapsed and processor
time), and checks a second of processor time for all of them together.
"""

from __future__ import annotations

import asyncio
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from kg.fit.measure import MeasureInput

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "muenster"
CITY = "05515000"
MANY = 1000
SINGLE = 200
WARM = 40
ROUNDS = 3


def built(data: Path) -> Path:
    command = [sys.executable, "-c", "from api.cli import main; main()", "build", str(EXAMPLE)]
    environment = {**os.environ, "KREISLAUFSTADT_DATA": str(data)}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return data


def short_measures(count: int) -> list[MeasureInput]:
    """Return different measures: a title, and every other time a sentence of another measure."""
    from kg.fit.measure import measure_of

    text = files("kg.matching").joinpath("training", "city-measures.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    first = [row["text"].split(". ")[0] for row in rows if row["text"]]
    drawn = random.Random(20261122)  # noqa: S311 (a benchmark)
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        title = drawn.choice(rows)["title"]
        found[title, drawn.choice(first) if len(found) % 2 or (title, "") in found else ""] = None
    return [measure_of({"titel": title, "beschreibung": more}) for title, more in found]


async def through_the_application(
    data: Path, measures: Sequence[MeasureInput]
) -> tuple[list[float], list[float]]:
    import httpx

    from api.app import create_app
    from kg.dataset import Dataset
    from kg.settings import Settings

    app = create_app(Settings(), dataset=Dataset(data))
    elapsed: list[float] = []
    used: list[float] = []
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            for measure in measures:
                body = measure.as_json()
                began, worked = time.perf_counter(), time.process_time()
                answer = await client.post("/api/v1/check", params={"city": CITY}, json=body)
                used.append(time.process_time() - worked)
                elapsed.append(time.perf_counter() - began)
                answer.raise_for_status()
    return elapsed[WARM:], used[WARM:]


def together(data: Path, measures: Sequence[MeasureInput]) -> list[float]:
    from api.commands.collection import no_collection
    from kg.dataset import Dataset
    from kg.fit.check import check_all
    from kg.fit.index import FitIndex

    generation = Dataset(data).current()
    index = FitIndex.of_generation(generation, generation.open())
    found: list[float] = []
    for _ in range(ROUNDS):
        worked = time.process_time()
        # As the command for many measures does.
        with no_collection():
            for _report in check_all(measures, index, city=CITY):
                pass
        found.append(len(measures) / (time.process_time() - worked))
    return found


def told(name: str, seconds: Sequence[float]) -> None:
    ordered = sorted(seconds)
    middle, high = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    print(f"{name}\tp50 {middle * 1000:.1f} ms\tp95 {high * 1000:.1f} ms\truns {len(ordered)}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(sys.argv[1]) if len(sys.argv) > 1 else built(Path(name) / "data")
        measures = short_measures(MANY)
        elapsed, used = asyncio.run(through_the_application(data, measures[: WARM + SINGLE]))
        told("check through the application, elapsed", elapsed)
        told("check through the application, processor", used)
        rates = together(data, measures)
        shown = ", ".join(f"{rate:.0f}" for rate in rates)
        print(f"checks together\t{max(rates):.0f} a second of one core\trounds {shown}")


if __name__ == "__main__":
    main()
