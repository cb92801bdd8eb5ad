"""Train with what people reviewed, and tell what that changes in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import ModelBroken
from kg.fit.index import EMBEDDINGS
from kg.fit.reviewed import Reviews, read_reviews
from kg.matching.evaluate import evaluate
from kg.matching.gold import Gold
from kg.matching.match import SdgMatcher
from kg.matching.model import Model, model_of
from kg.matching.model_store import current_files
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from kg.matching.train import Trained
from kg.matching.training_run import train_on
from kg.matching.training_texts import TrainingTexts
from kg.store import Store

SHARES: Final = ("accuracy_at_1", "hit_at_3", "recall_at_3")
ERROR: Final = "calibration_error"
HELD_OUT: Final = "held-out"
COMPARED: Final = (*SHARES, ERROR)
# A change within two points is not told from chance on sets of a few hundred texts.
NOTICEABLE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Change:
    """Hold the figures of one set before and after, by the names in `COMPARED`."""

    set: str
    against: str
    rows: int
    before: Mapping[str, float]
    after: Mapping[str, float]

    @property
    def worse(self) -> tuple[str, ...]:
        """Return the figures that are worse by more than `NOTICEABLE`."""
        # Figures have three digits, and so has their difference.
        drops = {name: round(self.before[name] - self.after[name], 3) for name in COMPARED}
        drops[ERROR] = -drops[ERROR]
        return tuple(name for name in COMPARED if drops[name] > NOTICEABLE)

    def as_json(self) -> dict[str, object]:
        """Return the set with both figures and what became worse."""
        return {
            "set": self.set,
            "against": self.against,
            "rows": self.rows,
            "before": dict(self.before),
            "after": dict(self.after),
            "worse": list(self.worse),
        }


@dataclass(frozen=True, slots=True)
class Learned:
    """Hold a model trained with reviews beside the one without, and what differs.

    `in_use`: the model before is the one in use. It is another, trained anew without reviews,
    where the model in use was trained on other texts, so that only the reviews make a difference.
    """

    reviews: Reviews
    before: Trained
    in_use: bool
    after: Trained
    held_out: tuple[Change, ...]
    development: tuple[Change, ...]

    @property
    def worse(self) -> bool:
        """Tell whether any figure became noticeably worse."""
        return any(change.worse for change in (*self.held_out, *self.development))

    def as_json(self) -> dict[str, object]:
        """Return everything for output."""
        return {
            **self.after.summary(),
            "reviews": self.reviews.as_json(),
            "before": {"version": self.before.model.version, "in_use": self.in_use},
            "change": {
                "held_out": [change.as_json() for change in self.held_out],
                "development": [change.as_json() for change in self.development],
                "worse": self.worse,
            },
        }


def learn(
    store: Store,
    root: Path,
    *,
    gold: Gold | None = None,
    texts: TrainingTexts | None = None,
) -> Learned | Reviews:
    """Return the model trained with a dataset's reviews; only these where none can be used.

    Nothing is written. Without texts it is trained on those that ship; with labelled sets, the
    figures on them are told too.
    """
    thesaurus = Thesaurus.read(store)
    reviews = read_reviews(store, thesaurus)
    if not reviews.reviewed.texts:
        return reviews
    vectors = root / EMBEDDINGS
    after = train_on(store, vectors, reviewed=reviews.reviewed, texts=texts)
    before = _in_use(root)
    in_use = before is not None and _ground(before.model) == _ground(after.model)
    if before is None or not in_use:
        before = train_on(store, vectors, texts=texts)
    figures = [
        {kind: _figures(found) for kind, found in trained.held_out().items()}
        for trained in (before, after)
    ]
    held_out = tuple(
        Change(HELD_OUT, kind, rows, figures[0][kind][1], own)
        for kind, (rows, own) in figures[1].items()
    )
    development: tuple[Change, ...] = ()
    if gold is not None:
        cache = EmbeddingCache(UniversalEncoder(), vectors)
        matchers = [
            SdgMatcher(read_sdg_aims(store), thesaurus, cache, trained.model)
            for trained in (before, after)
        ]
        development = _development(gold, matchers, (before.model, after.model))
    return Learned(reviews, before, in_use, after, held_out, development)


def _in_use(root: Path) -> Trained | None:
    """Return the model in use, None where its files are damaged."""
    try:
        weights, heads = current_files(root)
        return Trained(model_of(weights, heads), weights, heads)
    except (ModelBroken, ValueError, KeyError, TypeError):
        return None


def _ground(model: Model) -> dict[str, object]:
    """Return what a model was trained on and how, but for the reviews."""
    return {name: value for name, value in model.fitted.items() if name != "reviewed"}


def _development(
    gold: Gold, matchers: Sequence[SdgMatcher], models: Sequence[Model]
) -> tuple[Change, ...]:
    before, after = (
        [
            quality.figures.as_json()
            for quality in evaluate(gold, matcher, model)
            if quality.figures.rows
        ]
        for matcher, model in zip(matchers, models, strict=True)
    )
    return tuple(
        Change(
            str(now["set"]),
            str(now["against"]),
            _figures(now)[0],
            _figures(was)[1],
            _figures(now)[1],
        )
        for was, now in zip(before, after, strict=True)
    )


def _figures(found: Mapping[str, object]) -> tuple[int, dict[str, float]]:
    """Return the number of rows and the compared figures of a set."""
    return int(str(found["rows"])), {name: float(str(found[name])) for name in COMPARED}
