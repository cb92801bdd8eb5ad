"""Time what a user waits for on the example city: build, check as a process, check in a server.

    python benchmarks/example_city.py

Prints seconds as minimum and median of several runs. The build starts without any cache.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "muenster"
MEASURES = sorted((EXAMPLE / "pruefbeispiele").glob("*.yaml"))


def command(data: Path, *arguments: str | Path) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", *map(str, arguments)],
        env={**os.environ, "KREISLAUFSTADT_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


def told(name: str, seconds: list[float]) -> None:
    least, middle = min(seconds), statistics.median(seconds)
    print(f"{name}\tmin {least:.3f} s\tmedian {middle:.3f} s\truns {len(seconds)}")


def in_process(data: Path) -> list[float]:
    from kg.dataset import Dataset
    from kg.fit.check import check
    from kg.fit.index import FitIndex
    from kg.fit.measure import read_measure

    generation = Dataset(data).current()
    index = FitIndex.of_generation(generation, generation.open())
    measures = [read_measure(path.read_text("utf-8"), name=path.name) for path in MEASURES]
    found: list[float] = []
    for measure in [measures[0], *(measures * 10)]:
        began = time.perf_counter()
        check(measure, index, city="05515000")
        found.append(time.perf_counter() - began)
    return found[1:]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        builds: list[float] = []
        for turn in range(3):
            data = Path(name) / str(turn)
            builds.append(command(data, "build", EXAMPLE))
        told("build, nothing cached", builds)
        arguments = ("--city", "05515000")
        told("check as a process", [command(data, "check", path, *arguments) for path in MEASURES])
        told("check in a running process", in_process(data))


if __name__ == "__main__":
    main()
