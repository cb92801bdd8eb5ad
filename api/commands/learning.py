"""Print what training with reviews used and changed."""

from __future__ import annotations

from api.output import print_json, print_table, print_text
from kg.fit.learning import COMPARED, HELD_OUT, Change, Learned
from kg.fit.reviewed import GROUNDS, Reviews
from kg.language import Language, Text
from kg.matching.quality_words import against_words

_FIGURES = Text(
    "Treffer@1 · Treffer@3 · Recall@3 · Kalibrierfehler",
    "accuracy@1 · hit@3 · recall@3 · calibration error",
)
_ANSWERS = {
    "accepted": Text("bestätigt", "confirmed"),
    "rejected": Text("verworfen", "rejected"),
}


def print_nothing_learned(reviews: Reviews, language: Language, *, as_json: bool) -> None:
    """Say that there is no review to learn from, so that nothing changed."""
    if as_json:
        print_json({"reviews": reviews.as_json(), "version": None, "written": False})
        return
    print_text(
        Text(
            "Es gibt keine geprüfte Verknüpfung, aus der gelernt werden kann."
            " Das Modell bleibt, wie es ist.",
            "There is no reviewed link to learn from. The model stays as it is.",
        ).in_language(language)
    )
    _print_left_out(reviews, language)


def print_learned(learned: Learned, language: Language, *, written: bool, as_json: bool) -> None:
    """Print the reviews used and left out, the figures before and after, and a warning."""
    if as_json:
        print_json({**learned.as_json(), "written": written})
        return
    heading = Text("Gelernt aus Prüfungen", "learned from reviews").in_language(language)
    columns = Text("gegen · Urteil · Zahl", "against · verdict · count").in_language(language)
    print_text(f"{heading}:")
    print_table(
        columns.split(" · "),
        [
            [against_words(kind, language), _ANSWERS[answer].in_language(language), str(count)]
            for (kind, answer), count in learned.reviews.counts.items()
        ],
    )
    _print_left_out(learned.reviews, language)
    _print_changes(
        Text("\nÜbungstexte, zurückgehalten", "\nTraining texts, held out"),
        learned.held_out,
        language,
    )
    if learned.development:
        _print_changes(
            Text("\nEntwicklungstexte", "\nDevelopment texts"), learned.development, language
        )
    print_text("\n" + _before(learned).in_language(language))
    if learned.worse:
        print_text(_worse(learned, language, written=written))
    print_text(_outcome(learned, written=written).in_language(language))


def _print_left_out(reviews: Reviews, language: Language) -> None:
    for item in reviews.left_out:
        text = GROUNDS[item.ground].in_language(language)
        left_out = Text("ausgelassen", "left out").in_language(language)
        print_text(f"{left_out}: {item.interface}: {text}")


def _print_changes(title: Text, changes: tuple[Change, ...], language: Language) -> None:
    print_text(title.in_language(language) + ":")
    columns = Text("Satz · gegen · Zeilen", "set · against · rows").in_language(language)
    figures = _FIGURES.in_language(language)
    print_table(
        [*columns.split(" · "), *figures.split(" · ")],
        [
            [
                _name(change, language),
                against_words(change.against, language),
                str(change.rows),
                *(f"{change.before[name]:.3f} → {change.after[name]:.3f}" for name in COMPARED),
            ]
            for change in changes
        ],
    )


def _name(change: Change, language: Language) -> str:
    """Return the name of a labelled set's file, or what training texts held out are called."""
    if change.set != HELD_OUT:
        return change.set
    return Text("zurückgehalten", "held out").in_language(language)


def _before(learned: Learned) -> Text:
    version = learned.before.model.version
    if learned.in_use:
        return Text(
            f"Vorher: das Modell in Gebrauch ({version}).", f"Before: the model in use ({version})."
        )
    return Text(
        "Vorher: ein Modell aus denselben Übungstexten ohne Prüfungen; das Modell in Gebrauch"
        " kennt andere Texte.",
        "Before: a model of the same training texts without reviews; the model in use was"
        " trained on other texts.",
    )


def _worse(learned: Learned, language: Language, *, written: bool) -> str:
    figures = dict(zip(COMPARED, _FIGURES.in_language(language).split(" · "), strict=True))
    places = "; ".join(
        f"{_name(change, language)}, {against_words(change.against, language)}: "
        + ", ".join(figures[name] for name in change.worse)
        for change in (*learned.held_out, *learned.development)
        if change.worse
    )
    warning = Text(
        f"ACHTUNG: Mit den Prüfungen um mehr als zwei Punkte schlechter: {places}.",
        f"WARNING: With the reviews worse by more than two points: {places}.",
    )
    way_back = Text(" Zurück: kreislaufstadt train --undo", " Back: kreislaufstadt train --undo")
    return warning.in_language(language) + (way_back.in_language(language) if written else "")


def _outcome(learned: Learned, *, written: bool) -> Text:
    version = learned.after.model.version
    if not written:
        return Text(
            f"Probelauf: Nichts wurde geschrieben (Modell {version}).",
            f"Dry run: nothing was written (model {version}).",
        )
    return Text(f"Modell: {version}", f"model: {version}")
