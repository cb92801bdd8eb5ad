"""Measure how fast texts are annotated, beside searches for the bare labels, in one run.

    python benchmarks/annotator.py [FOLDER …]
    PYTHONPATH=/tmp/peers python benchmarks/annotator.py /path/to/texts

The texts are what the repository says in whole sentences (documents, the example city, what the
ontology and its tables say of their terms; not the thesaurus itself) and the files of the folders:
each text once. "long" has one text a file, "short" one a paragraph, value or row. "CPU seconds" is
processor time of `Annotator.annotate` without a given language, "MB/s" millions of UTF-8 bytes a
second: "cold" the first pass of a fresh annotator that knows no word yet, "warm" the best of five
more. "start" is what a process pays before: the annotator and one short German text. The peers look
for the labels as they stand, in lower case and one language at a time, without stems, compounds,
scattered words or denial; "hits" is what they find. They are no dependencies; each takes part where
it is installed.
"""

from __future__ import annotations

import json
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from own_process import measured

from kg.embedded import EmbeddedStore
from kg.matching.annotate import Annotator
from kg.matching.text import normalise
from kg.matching.thesaurus import Thesaurus
from ontology.reference import reference_quads

ROOT = Path(__file__).resolve().parent.parent
LIMIT_SECONDS = 600
PASSES = 5
PLAIN = {".md", ".txt", ".yaml", ".yml", ".csv", ".rq"}

Search = Callable[[str], int]


def texts(folders: list[Path]) -> tuple[list[str], list[str]]:
    """Return the long and the short texts."""
    long = [
        text
        for folder in [ROOT / "docs", ROOT / "examples", ROOT / "ontology", *folders]
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "thesaurus.csv"
        for text in file_texts(path)
    ]
    long = [normalise(text) for text in long]
    short = [normalise(piece) for text in long for piece in re.split(r"\n\s*\n|\n(?=[-*#])", text)]
    return distinct(long), distinct(short)


def distinct(pieces: list[str]) -> list[str]:
    return [piece for piece in dict.fromkeys(pieces) if len(piece) > 10]


def file_texts(path: Path) -> Iterator[str]:
    if path.suffix in PLAIN:
        yield path.read_text("utf-8", "replace")
    elif path.suffix == ".ttl":
        said = re.findall(r'"((?:[^"\\]|\\.)+)"@(?:de|en)', path.read_text("utf-8"))
        yield "\n\n".join(said)
    elif path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(("document.xml", "sharedStrings.xml")):
                    marked = archive.read(name).decode("utf-8")
                    yield re.sub("<[^>]+>", "", re.sub("</(?:w:p|si)>", "\n\n", marked))


def thesaurus() -> Thesaurus:
    return Thesaurus.read(EmbeddedStore.in_memory(reference_quads("thesaurus")))


def labels() -> list[str]:
    every = thesaurus().concepts.values()
    return sorted({label.text.lower() for concept in every for label in concept.phrases()})


def shipped() -> tuple[Search, float]:
    known = thesaurus()
    began = time.process_time()
    annotator = Annotator(known)
    annotator.annotate("Reparatur")
    return lambda text: len(annotator.annotate(text)), time.process_time() - began


def ahocorasick_rs() -> tuple[Search, float]:
    words = labels()
    began = time.process_time()
    engine = import_module("ahocorasick_rs")
    kind = engine.MatchKind.LeftmostLongest
    automaton = engine.AhoCorasick(words, matchkind=kind)
    find = automaton.find_matches_as_indexes
    return lambda text: len(find(text.lower())), time.process_time() - began


def pyahocorasick() -> tuple[Search, float]:
    words = labels()
    began = time.process_time()
    automaton = import_module("ahocorasick").Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return (
        lambda text: sum(1 for _ in automaton.iter_long(text.lower())),
        time.process_time() - began,
    )


def flashtext() -> tuple[Search, float]:
    words = labels()
    began = time.process_time()
    processor = import_module("flashtext").KeywordProcessor()
    for word in words:
        processor.add_keyword(word)
    return lambda text: len(processor.extract_keywords(text)), time.process_time() - began


ENGINES: dict[str, tuple[str, Callable[[], tuple[Search, float]]]] = {
    "kreislaufstadt": ("kg", shipped),
    "ahocorasick-rs": ("ahocorasick_rs", ahocorasick_rs),
    "pyahocorasick": ("ahocorasick", pyahocorasick),
    "flashtext": ("flashtext", flashtext),
}


def one(engine: str, kind: int, folders: list[Path]) -> None:
    given = texts(folders)[kind]
    size = sum(len(text.encode()) for text in given)
    search, start = ENGINES[engine][1]()
    seconds: list[float] = []
    found = 0
    for _ in range(PASSES + 1):
        began = time.process_time()
        found = sum(map(search, given))
        seconds.append(time.process_time() - began)
    print(
        json.dumps(
            {
                "texts": len(given),
                "bytes": size,
                "start": start,
                "cold": seconds[0],
                "warm": min(seconds[1:]),
                "found": found,
            }
        )
    )


def main(folders: list[str]) -> None:
    print("engine\ttexts\tMB\tstart s\tcold s\tcold MB/s\twarm s\twarm MB/s\ttimes ours\thits")
    for kind, name in enumerate(("long", "short")):
        ours = 0.0
        for engine, (module, _) in ENGINES.items():
            if find_spec(module) is None:
                print(f"{engine}\t{name}\tnot run: not installed")
                continue
            answer = measured(__file__, engine, kind, limit_seconds=LIMIT_SECONDS, more=folders)
            if answer is None:
                continue
            ours = ours or answer["warm"]
            size = answer["bytes"] / 1e6
            print(
                f"{engine}\t{name} {answer['texts']}\t{size:.2f}\t{answer['start']:.2f}"
                f"\t{answer['cold']:.2f}\t{size / answer['cold']:.2f}\t{answer['warm']:.2f}"
                f"\t{size / answer['warm']:.2f}\t{answer['warm'] / ours:.2f}\t{answer['found']}",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]), [Path(text) for text in sys.argv[4:]])
    else:
        main(sys.argv[1:])
