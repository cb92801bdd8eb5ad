"""Read the SDG goals and targets of a store as aims to compare texts with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files

from kg.language import Language
from kg.matching.rank import AimText
from kg.store import Store, text_of
from ontology.namespaces import SDG

_CODE = re.compile(re.escape(SDG) + r"(\d{1,2})(?:\.(\d{1,2}|[a-d]))?")


@dataclass(frozen=True, slots=True)
class SdgAims:
    """Hold goals and targets in the order of their codes; a goal's parts are its targets."""

    goals: tuple[AimText, ...]
    targets: tuple[AimText, ...]


def sdg_code(iri: str) -> str:
    """Return the code of a goal or target, "" for anything else.

    >>> sdg_code("http://metadata.un.org/sdg/12.5"), sdg_code("http://metadata.un.org/sdg/C120501")
    ('12.5', '')
    """
    return iri.removeprefix(SDG) if _CODE.fullmatch(iri) else ""


def sdg_order(code: str) -> tuple[int, int, str]:
    """Return the place of a code in the UN's order: numbers first, then letters.

    >>> sorted(["12.a", "2.1", "12.10", "12.2"], key=sdg_order)
    ['2.1', '12.2', '12.10', '12.a']
    """
    goal, _, rest = code.partition(".")
    return (int(goal), int(rest), "") if rest.isdigit() else (int(goal), 99 if rest else 0, rest)


def read_sdg_aims(store: Store) -> SdgAims:
    """Return what a store says of goals, targets and their indicators, in both languages."""
    query = files("kg.matching").joinpath("queries", "sdg-texts.rq").read_text("utf-8")
    texts: dict[str, dict[Language, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(query):
        language: Language = "en" if text_of(row.get("language")) == "en" else "de"
        entry = (text_of(row["rank"]), text_of(row["text"]))
        texts[text_of(row["aim"])][language].add(entry)
    codes = sorted(filter(None, map(sdg_code, texts)), key=sdg_order)
    targets = [_aim(SDG + code, texts) for code in codes if "." in code]
    goals = [
        replace(
            _aim(SDG + code, texts),
            parts=tuple(aim.iri for aim in targets if aim.iri.startswith(f"{SDG}{code}.")),
        )
        for code in codes
        if "." not in code
    ]
    return SdgAims(tuple(goals), tuple(targets))


def _aim(iri: str, texts: dict[str, dict[Language, set[tuple[str, str]]]]) -> AimText:
    german = tuple(text for _, text in sorted(texts[iri]["de"]))
    english = tuple(text for _, text in sorted(texts[iri]["en"]))
    return AimText(iri, _once(german), _once(english))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
