from __future__ import annotations

import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.matching.annotate import Annotator
from kg.matching.compare import FEATURES
from kg.matching.fit_likeness import (
    evaluation,
    main,
    pair_figures,
    read_pairs,
    shipped_pairs,
    slots_of,
)
from kg.matching.likeness import (
    Likeness,
    LikenessModel,
    in_words,
    likeness,
    likenesses,
    shipped_likeness,
)
from kg.matching.prepare import PlaceNames, prepare
from kg.matching.semantic import UniversalEncoder
from kg.matching.slots import MeasureSlots, SlotReader
from kg.matching.thesaurus import Thesaurus

PAIRS = Path(__file__).parents[2] / "data" / "measure_pairs.csv"
BLIND = PAIRS.with_name("measure_pairs_blind.csv")


class FlatEncoder:
    """Give every text the same vector, so that only slots tell texts apart."""

    model = "flat"

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.full((len(texts), 512), 512**-0.5, dtype=np.float32)


@pytest.fixture(scope="module")
def encoder() -> UniversalEncoder:
    return UniversalEncoder()


@dataclass(frozen=True, slots=True)
class Command:
    """Hold what the command that fits the model on the shipped pairs returned, said and wrote."""

    status: int
    said: str
    model: dict[str, Any]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Command:
    folder = tmp_path_factory.mktemp("likeness")
    pairs, out = folder / "pairs.csv", folder / "model.json"
    pairs.write_text(
        "language,first,second,relation\nde,Mehrweg,Mehrwegbecher,same\nde,Mehrweg,Brücke,different\n",
        "utf-8",
    )
    with redirect_stdout(StringIO()) as said:
        status = main(["--out", str(out), "--evaluate", str(pairs)])
    return Command(status, said.getvalue(), json.loads(out.read_text("utf-8")))


@pytest.fixture(scope="module")
def small_reader(small_thesaurus: Thesaurus, annotator: Annotator) -> SlotReader:
    return SlotReader(small_thesaurus, annotator)


def flat_slots(reader: SlotReader, annotator: Annotator, text: str) -> MeasureSlots:
    return reader.read(prepare([text], annotator, FlatEncoder(), places=PlaceNames())[0])


def about(first: str, second: str, encoder: UniversalEncoder) -> Likeness:
    return likeness(*slots_of([first, second], encoder), shipped_likeness())


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("Radständer Beethovenstraße", "Radständer Brahmsstraße", "Anderer Ort: Beethovenstraße"),
        ("Kauf von 20 Elektrobussen", "Kauf von 60 Elektrobussen", "Andere Zahl: 20 – 60"),
    ],
)
def test_other_place_or_number_is_named_and_lies_elsewhere(
    first: str, second: str, words: str, encoder: UniversalEncoder
) -> None:
    found = about(first, second, encoder)
    assert found.relation == "elsewhere"
    assert any(in_words(pair).de.startswith(words) for pair in found.clashes)


def test_synonyms_of_one_concept_agree(encoder: UniversalEncoder) -> None:
    found = about("Gründächer auf Schulen anlegen", "Dachbegrünung von Schulgebäuden", encoder)
    assert found.relation == "same"
    assert any(in_words(pair).en.startswith("Same object") for pair in found.agrees)


@pytest.mark.property
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_in_either_order_and_never_raises(
    small_reader: SlotReader, annotator: Annotator, first: str, second: str
) -> None:
    one, other = (flat_slots(small_reader, annotator, text) for text in (first, second))
    there, back = likeness(one, other, shipped_likeness()), likeness(other, one, shipped_likeness())
    assert there.probability == pytest.approx(back.probability)
    assert there.relation == back.relation
    assert [pair.slot for pair in there.clashes] == [pair.slot for pair in back.clashes]


@pytest.mark.property
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_identical_text_is_the_same_measure(
    small_reader: SlotReader, annotator: Annotator, text: str
) -> None:
    slots = flat_slots(small_reader, annotator, text)
    found = likeness(slots, slots, shipped_likeness())
    assert (found.relation, found.probability) == ("same", 1.0)


def test_nothing_to_compare_gives_nothing(small_reader: SlotReader, annotator: Annotator) -> None:
    assert likenesses(flat_slots(small_reader, annotator, "Lager"), [], shipped_likeness()) == []


def test_more_alike_is_never_less_probable() -> None:
    same = shipped_likeness().coefficients[0]
    lowers = {name for name, value in zip(FEATURES, same, strict=True) if value < 0}
    assert all(
        name.endswith(("clashes", "one_sided", "opposite", "other_concepts")) for name in lowers
    )


def test_model_of_other_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="fit it anew"):
        LikenessModel.of_json({"format": 1, "features": ["cosine"]})


def test_unknown_relation_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown relations: alike"):
        read_pairs("id,language,first,second,relation\n1,de,a,b,alike\n")


@pytest.mark.quality
def test_shipped_model_is_what_the_shipped_pairs_give(command: Command) -> None:
    kept = json.loads(files("kg.matching").joinpath("likeness.json").read_text("utf-8"))
    assert command.model["fitted"] == kept["fitted"]
    for part in ("mean", "scale", "coefficients", "intercepts"):
        assert np.allclose(command.model[part], kept[part], atol=2e-3)


@pytest.mark.parametrize("path", [PAIRS, BLIND], ids=["own", "blind"])
def test_no_text_is_fitted_on_and_tested(path: Path) -> None:
    fitted, tested = (
        {text for pair in read_pairs(content) for text in (pair.first, pair.second)}
        for content in (shipped_pairs(), path.read_text("utf-8"))
    )
    assert not fitted & tested


@pytest.mark.quality
def test_likeness_fitted_on_one_author_holds_for_the_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--held-out"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    reached = [float(line[1]) for line in lines if line[0] == "all"]
    assert [value >= floor for value, floor in zip(reached, (0.817, 0.852), strict=True)] == [
        True,
        True,
    ]


@pytest.mark.quality
@pytest.mark.parametrize(
    ("path", "floors"),
    [
        (PAIRS, {"all": 0.898, "same/elsewhere": 0.933, "same/related": 0.832, "en": 0.883}),
        (
            BLIND,
            {
                "all": 0.821,
                "same/elsewhere": 0.907,
                "same/related": 0.691,
                "same/different": 0.929,
                "de": 0.81,
                "en": 0.812,
                "de-en": 0.916,
            },
        ),
    ],
    ids=["own", "blind"],
)
def test_likeness_tells_the_same_from_the_rest_better_than_the_cosine(
    path: Path, floors: dict[str, float], encoder: UniversalEncoder
) -> None:
    pairs = read_pairs(path.read_text("utf-8"))
    slots = slots_of([*(p.first for p in pairs), *(p.second for p in pairs)], encoder)
    figures = pair_figures(pairs, slots)
    scores = shipped_likeness().probabilities(figures)[:, 0]
    found = evaluation(pairs, figures, scores)
    assert all(found[name][0] >= floor for name, floor in floors.items()), found
    assert found["all"][0] > found["all"][1] + 0.2


def test_command_fits_and_prints_figures(command: Command) -> None:
    assert command.status == 0
    assert "all             1.000  1.000" in command.said
    assert LikenessModel.of_json(command.model)
