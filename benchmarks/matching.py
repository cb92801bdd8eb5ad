"""Measure how fast measures are matched, and how time and memory grow with the number of aims.

    python benchmarks/matching.py speed
    python benchmarks/matching.py batch [10000]
    python benchmarks/matching.py aims [1000 10000 100000 1000000]
    pip install --target /tmp/peers seesus==1.2.1 regex
    pip install --no-deps --target /tmp/peers sdgclassification-benchmark==1.0.0
    python benchmarks/matching.py peers /tmp/peers [texts]

Run with OPENBLAS_NUM_THREADS=1: all figures are for one core. Goals and measures are composed, see
`synthetic_goals.py`. "CPU" is processor time of the process, "peak" its largest resident memory;
each engine and size runs in a process of its own.

`speed`: texts a second through preparing and scoring against the SDGs. `batch`: 10,000 measures
against all SDG targets and 5,000 goals, the building of the matcher apart. `aims`: the same for
growing numbers of goals; from 100,000 on vectors are those of encoded sentences, the vector of a
text of several is the direction of their mean, for encoding takes most of the time and is linear.
Found is the share of the exact first three and ten that the quick way gives too. `peers`: the
English benchmark, each text against the 17 goals, threshold 0.5, all 1,251 texts (seesus takes 25
processor minutes) or so many drawn by a fixed seed; seesus is GPL-3.0 and so takes part in a
process of its own only.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from own_process import measured
from peers_english import english, scored
from synthetic_goals import Composer

from kg.embedded import EmbeddedStore
from kg.matching.aim_texts import goal_aims
from kg.matching.match import (
    Scores,
    SdgMatcher,
    SdgScores,
)
from kg.matching.match_goals import GoalMatcher
from kg.matching.model import shipped_model
from kg.matching.prepare import PreparedText
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import DIMENSIONS, EmbeddingCache, UniversalEncoder, Vectors
from kg.matching.text import sentences
from kg.matching.thesaurus import Thesaurus
from ontology.reference import all_reference_quads

LIMIT_SECONDS = 7_200
TOGETHER = 256
# Goals that are encoded as they are; of more the vectors are composed.
ENCODED = 20_000
COMPARED = 200
TOP = 10
LINE = 0.5


class ComposedVectors(EmbeddingCache):
    """Give texts of several sentences the direction of the mean of their sentences' vectors.

    Sentences beyond the first `ENCODED` get the vector of one of these, by their checksum.
    """

    def __init__(self) -> None:
        super().__init__(UniversalEncoder())
        self.composing = False
        self._place: dict[str, int] = {}
        self._pool: list[Vectors] = []
        self._matrix: Vectors = np.zeros((0, DIMENSIONS), dtype=np.float32)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text: encoded ones before `composing` is set, then composed ones."""
        if not self.composing:
            return super().vectors(texts)
        parts = [[span.of(text) for span in sentences(text)] or [text] for text in texts]
        fresh = dict.fromkeys(part for own in parts for part in own if part not in self._place)
        room = max(0, ENCODED - len(self._matrix))
        encoded = list(fresh)[:room]
        if encoded:
            self._matrix = np.vstack([self._matrix, self.encoder.encode(encoded)])
        for text in fresh:
            known = len(self._place)
            self._place[text] = known if known < ENCODED else known * 7_919 % ENCODED
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, own in enumerate(parts):
            mean = self._matrix[[self._place[part] for part in own]].mean(axis=0)
            found[row] = mean / np.linalg.norm(mean)
        return found


def opened(cache: EmbeddingCache | None = None) -> SdgMatcher:
    store = EmbeddedStore.in_memory(all_reference_quads())
    kept = cache or EmbeddingCache(UniversalEncoder())
    return SdgMatcher(read_sdg_aims(store), Thesaurus.read(store), kept, shipped_model())


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def parts_of(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), TOGETHER):
        yield texts[start : start + TOGETHER]


def run_speed(wanted: int) -> dict[str, float]:
    sdg = opened()
    texts = Composer(sdg.thesaurus).measures(wanted)
    sdg.score_all(sdg.prepare(texts[:TOGETHER]))
    prepared: list[PreparedText] = []
    began = time.process_time()
    for part in parts_of(texts):
        prepared += sdg.prepare(part)
    ready = time.process_time()
    sdg.score_all(prepared)
    done = time.process_time()
    count = sum(len(text.spans) for text in prepared)
    return {
        "seconds": done - began,
        "prepare": (ready - began) / wanted * 1000,
        "sdg": (done - ready) / wanted * 1000,
        "sentences": count / wanted,
        "peak": peak(),
    }


def run_batch(wanted: int) -> dict[str, float]:
    began = time.process_time()
    sdg = opened()
    composer = Composer(sdg.thesaurus)
    goals = composer.goals(5_000)
    texts = composer.measures(wanted)
    opened_at = time.process_time()
    matcher = GoalMatcher(goal_aims(goals), sdg, shipped_model())
    built = time.process_time()
    first = 0.0
    for part in parts_of(texts):
        prepared = sdg.prepare(part)
        own = sdg.score_all(prepared)
        for targets, scores in zip(own, matcher.score_all(prepared, own), strict=True):
            first += targets.targets.first(TOP)[0][1] + scores.first(TOP)[0][1]
    done = time.process_time()
    return {
        "open": opened_at - began,
        "build": built - opened_at,
        "texts": done - built,
        "peak": peak(),
        "checked": first,
    }


def run_aims(wanted: int) -> dict[str, float]:
    cache = ComposedVectors()
    sdg = opened(cache)
    cache.composing = wanted >= 100_000
    composer = Composer(sdg.thesaurus)
    aims = goal_aims(composer.goals(wanted))
    before = time.process_time()
    matcher = GoalMatcher(aims, sdg, shipped_model())
    built = time.process_time() - before
    prepared = sdg.prepare(composer.measures(2_000)[-TOGETHER * 4 :])
    own = sdg.score_all(prepared)
    spent = []
    quick: list[Scores] = []
    for _ in range(3):
        began = time.process_time()
        quick = matcher.score_all(prepared, own)
        spent.append((time.process_time() - began) / len(prepared) * 1000)
    highest = peak()
    exact = exactly(matcher, prepared, own, COMPARED if wanted < 1_000_000 else 20)
    return {"build": built, "ms": min(spent), "peak": highest, **agreement(quick, exact)}


def exactly(
    matcher: GoalMatcher, prepared: Sequence[PreparedText], own: Sequence[SdgScores], most: int
) -> list[Scores]:
    """Return the scores of the first texts against every goal."""
    quick, matcher.nearby = matcher.nearby, None
    try:
        return matcher.score_all(prepared[:most], own[:most])
    finally:
        matcher.nearby = quick


def agreement(quick: Sequence[Scores], exact: Sequence[Scores]) -> dict[str, float]:
    """Return the shares of the exact first three and ten found, and how far chances differ."""
    shares: dict[int, list[float]] = {3: [], 10: []}
    apart: list[float] = []
    for one, other in zip(quick, exact, strict=False):
        chances = dict(one.ranked())
        for top, found in shares.items():
            wanted = {iri for iri, _ in other.first(top)}
            found.append(len(wanted & {iri for iri, _ in one.first(top)}) / len(wanted))
        apart += [abs(chances[i] - chance) for i, chance in other.first(10) if i in chances]
    return {
        "first3": float(np.mean(shares[3])),
        "first10": float(np.mean(shares[10])),
        "apart": float(np.mean(apart)),
    }


def run_english(wanted: int) -> dict[str, float]:
    texts, labels = english(sys.argv[4], wanted)
    sdg = opened()
    sdg.score_all(sdg.prepare(texts[:TOGETHER]))
    began = time.process_time()
    chances = [
        scores.goals.probabilities
        for part in parts_of(texts)
        for scores in sdg.score_all(sdg.prepare(part))
    ]
    said = [{1 + int(place) for place in np.flatnonzero(own >= LINE)} for own in chances]
    return scored(said, labels, time.process_time() - began)


ENGINES = {"speed": run_speed, "batch": run_batch, "aims": run_aims, "english": run_english}


def speed() -> None:
    print("texts\tsentences a text\tprepare ms\tSDG ms\ttexts a CPU second\tpeak MiB")
    answer = measured(__file__, "speed", 4_000, limit_seconds=LIMIT_SECONDS)
    if answer:
        rate = 4_000 / answer["seconds"]
        print(
            f"4000\t{answer['sentences']:.2f}\t{answer['prepare']:.2f}\t{answer['sdg']:.2f}"
            f"\t{rate:.0f}\t{answer['peak']:.0f}"
        )


def batch(wanted: int) -> None:
    print("measures\tgoals\topen s\tbuild s\ttexts s\tbuild and texts s\tpeak MiB")
    answer = measured(__file__, "batch", wanted, limit_seconds=LIMIT_SECONDS)
    if answer:
        together = answer["build"] + answer["texts"]
        print(
            f"{wanted}\t5000\t{answer['open']:.1f}\t{answer['build']:.1f}\t{answer['texts']:.1f}"
            f"\t{together:.1f}\t{answer['peak']:.0f}"
        )


def aims(sizes: Sequence[int]) -> None:
    print("goals\tms a text\tbuild s\tpeak MiB\tfound of 3\tfound of 10\tmean difference")
    spent: list[tuple[float, float]] = []
    for wanted in sizes:
        answer = measured(__file__, "aims", wanted, limit_seconds=LIMIT_SECONDS)
        if answer is None:
            break
        spent.append((math.log(wanted), math.log(answer["ms"])))
        print(
            f"{wanted}\t{answer['ms']:.2f}\t{answer['build']:.0f}\t{answer['peak']:.0f}"
            f"\t{answer['first3']:.3f}\t{answer['first10']:.3f}\t{answer['apart']:.4f}",
            flush=True,
        )
    if len(spent) > 1:
        slope = np.polyfit(*zip(*spent, strict=True), 1)[0]
        print(f"time a text grows with the number of goals to the power of {slope:.2f}")


def peers(folder: str, wanted: int) -> None:
    print("engine\ttexts\taccuracy\tmacro F1\tCPU ms a text")
    found: dict[str, float] = {}
    here = Path(__file__)
    for name, script, engine in (
        ("kreislaufstadt", here, "english"),
        ("seesus 1.2.1", here.with_name("peers_english.py"), "seesus"),
    ):
        answer = measured(str(script), engine, wanted, limit_seconds=LIMIT_SECONDS, more=[folder])
        if answer:
            found[name] = answer["ms"]
            print(
                f"{name}\t{answer['texts']}\t{answer['accuracy']:.3f}\t{answer['f1']:.3f}"
                f"\t{answer['ms']:.2f}",
                flush=True,
            )
    if len(found) == 2:
        ours, theirs = found.values()
        print(f"seesus takes {theirs / ours:.1f} times our processor time a text")


def main(arguments: Sequence[str]) -> None:
    match arguments:
        case ["speed"]:
            speed()
        case ["batch", *wanted]:
            batch(int(wanted[0]) if wanted else 10_000)
        case ["aims", *sizes]:
            aims([int(size) for size in sizes] or [1_000, 10_000, 100_000, 1_000_000])
        case ["peers", folder, *wanted]:
            peers(folder, int(wanted[0]) if wanted else 0)
        case _:
            print(__doc__)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(ENGINES[sys.argv[2]](int(sys.argv[3]))))
    else:
        main(sys.argv[1:])
