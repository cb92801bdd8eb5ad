"""Train the matching and measure how well it works."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import JsonOption, LanguageOption
from api.output import print_json, print_table, print_text
from kg.errors import BadParameter, NoDataset
from kg.fit.index import EMBEDDINGS
from kg.language import Language, Text
from kg.matching.model import HEADS, WEIGHTS
from kg.settings import read_settings

if TYPE_CHECKING:
    from kg.matching.train import Trained

SHOWN = ("rows", "accuracy_at_1", "hit_at_3", "recall_at_3", "mrr", "map", "calibration_error")
TRAINED = {
    "de": (
        "Modell",
        "Zeilen",
        "Treffer@1",
        "Treffer@3",
        "Recall@3",
        "MRR",
        "MAP",
        "Kalibrierfehler",
    ),
    "en": ("model", "rows", "accuracy@1", "hit@3", "recall@3", "MRR", "MAP", "calibration"),
}


def evaluate(
    gold: Annotated[Path, typer.Option(help="Ordner mit JSONL-Dateien / folder of JSONL files.")],
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Misst die Zuordnung an Texten mit bekannten Zielen / measure matching on labelled texts.

    Beispiel / example: kreislaufstadt evaluate --gold pfad/zu/gold
    """
    from api.commands.matchers import read_matcher
    from kg.matching.evaluate import evaluate as measure_quality
    from kg.matching.gold import read_gold
    from kg.matching.quality_words import (
        GOAL_HEADINGS,
        HEADINGS,
        LEGEND,
        figure_rows,
        goal_rows,
        sets,
        worst_lines,
    )

    language = lang or read_settings().language
    matcher, model = read_matcher()
    found = measure_quality(read_gold(gold), matcher, model, language=language)
    if as_json:
        print_json([item.as_json() for item in found])
        return
    for name in sets(found):
        print_text(f"\n{name}")
        print_table(HEADINGS[language], figure_rows(found, name, language))
    print_text(LEGEND.in_language(language))
    for item in found:
        if item.by_goal:
            print_text(f"\n{item.figures.set}")
            print_table(GOAL_HEADINGS[language], goal_rows(item))
    for item in found:
        for line in worst_lines(item, language):
            print_text(line)


def train(
    out: Annotated[
        Path | None, typer.Option(help="Ordner statt des Datenbestands / folder, not the dataset.")
    ] = None,
    reviews: Annotated[
        bool,
        typer.Option(
            "--reviews", help="Auch aus geprüften Verknüpfungen / from reviewed links too."
        ),
    ] = False,
    gold: Annotated[
        Path | None,
        typer.Option(help="Dazu vorher und nachher messen / measure before and after on these."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Nichts schreiben / write nothing.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Zum vorigen Modell zurück / back to the model before.")
    ] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Lernt die Zuordnung neu aus Thesaurus, Zieltexten und Übungstexten / train the matching.

    Beispiel / example: kreislaufstadt train --reviews --dry-run
    """
    from api.commands.learning import print_learned, print_nothing_learned
    from api.commands.matchers import read_store
    from kg.fit.learning import Learned, learn
    from kg.matching.gold import read_gold
    from kg.matching.quality_words import against_words, figure_words
    from kg.matching.training_run import train_on

    language = lang or read_settings().language
    others = {"--reviews": reviews, "--gold": gold, "--dry-run": dry_run, "--out": out}
    given = [name for name, value in others.items() if value]
    if undo and given:
        raise BadParameter("--undo", " ".join(given), Text("--undo allein", "--undo alone"))
    if gold is not None and not reviews:
        raise BadParameter("--gold", gold.name, Text("--reviews dazu", "--reviews with it"))
    store, root = read_store()
    if root is None and (undo or reviews or (out is None and not dry_run)):
        raise NoDataset
    if undo and root is not None:
        _undo(root, language, as_json=as_json)
        return
    if reviews and root is not None:
        labelled = None if gold is None else read_gold(gold)
        learned = learn(store, root, gold=labelled)
        if not isinstance(learned, Learned):
            print_nothing_learned(learned, language, as_json=as_json)
            return
        if not dry_run:
            _write(learned.after, root, out)
        print_learned(learned, language, written=not dry_run, as_json=as_json)
        return
    trained = train_on(store, None if root is None else root / EMBEDDINGS)
    if not dry_run:
        _write(trained, root, out)
    if as_json:
        print_json({**trained.summary(), "written": not dry_run})
        return
    print_text(("Modell: " if language == "de" else "model: ") + trained.model.version)
    rows = [
        (against_words(kind, language), *(figure_words(figures[name]) for name in SHOWN))
        for kind, figures in trained.held_out().items()
    ]
    print_table(TRAINED[language], rows)


def _undo(root: Path, language: Language, *, as_json: bool) -> None:
    from kg.matching.model_store import undo_model

    german = language == "de"
    model = undo_model(root)
    if model is None:
        text = "Es gibt kein früheres Modell." if german else "There is no earlier model."
        sys.stderr.write(text + "\n")
        raise typer.Exit(2)
    if as_json:
        print_json({"version": model.version, "fitted": model.fitted, "written": True})
        return
    print_text(("Modell: " if german else "model: ") + model.version)


def _write(trained: Trained, root: Path | None, out: Path | None) -> None:
    from kg.matching.model_store import publish_model

    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / WEIGHTS).write_bytes(trained.weights)
        (out / HEADS).write_bytes(trained.heads)
    elif root is not None:
        publish_model(root, trained.weights, trained.heads)
