"""Read the description of a measure: YAML, JSON or a few words of plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import BadMeasure
from kg.language import Text
from kg.matching.prepare import with_title
from kg.matching.text import normalise

BYTES: Final = 65_536
TITLE_LENGTH: Final = 160
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "titel", "name", "massnahme", "maßnahme", "measure"),
    "number": ("number", "nummer", "nr", "id", "kennung"),
    "description": ("description", "beschreibung", "text", "inhalt", "kurzbeschreibung"),
    "responsible": ("responsible", "federfuehrung", "federführung", "zustaendig", "zuständig"),
    "period": ("period", "zeitrahmen", "zeitraum", "laufzeit"),
    "status": ("status", "umsetzungsstand"),
    "instruments": ("instrument", "instrumente", "instruments"),
    "r_strategies": ("r_strategien", "r_strategie", "r_strategies", "r_strategy"),
    "fields": ("handlungsfeld", "handlungsfelder", "field", "fields", "wertschoepfungskette"),
    "indicators": ("indikatoren", "indikator", "indicators", "indicator"),
    "aims": ("zielbezug", "ziele", "aims", "goals", "sdg", "sdgs"),
    "source": ("quelle", "source"),
}
_LISTS: Final = frozenset({"instruments", "r_strategies", "fields", "indicators", "aims"})
_KEY_LINE = re.compile(r"^[\"']?([\w -]{2,30})[\"']?\s*:(?:\s|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Line = Annotated[str, Field(max_length=500)]


class MeasureInput(BaseModel):
    """Hold a measure as a person describes it; lists keep the words that were given."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: Line = ""
    number: Line = ""
    description: Annotated[str, Field(max_length=40_000)] = ""
    responsible: Line = ""
    period: Line = ""
    status: Line = ""
    instruments: tuple[Line, ...] = ()
    r_strategies: tuple[Line, ...] = ()
    fields: tuple[Line, ...] = ()
    indicators: tuple[Line, ...] = ()
    aims: tuple[Line, ...] = ()
    source: Line = ""

    @property
    def text(self) -> str:
        """Return title and description as the one text that is checked."""
        return with_title(self.title, self.description)

    def as_json(self) -> dict[str, str | list[str]]:
        """Return the fields that were given."""
        given: dict[str, str | list[str]] = {}
        for name in KEYS:
            value = getattr(self, name)
            if value:
                given[name] = list(value) if isinstance(value, tuple) else value
        return given


def read_measure(text: str, *, name: str = "") -> MeasureInput:
    r"""Return the measure that a file's or form's text describes.

    A name that ends in .yaml, .yml or .json asks for that form; otherwise a text whose lines begin
    with known keys is read as YAML, and any other text is the measure's own words.

    Raises:
        BadMeasure: The text is empty, too long, malformed, or has a key nobody knows.

    >>> read_measure("Repair-Café in der Stadtbücherei").title
    'Repair-Café in der Stadtbücherei'
    >>> read_measure("titel: Bauteilbörse\nR-Strategien: R3, R7").r_strategies
    ('R3', 'R7')
    """
    if len(text.encode("utf-8", "surrogatepass")) > BYTES:
        raise BadMeasure(
            Text(
                f"Die Beschreibung ist länger als {BYTES // 1024} KiB. Bitte kürzen.",
                f"The description is longer than {BYTES // 1024} KiB. Please shorten it.",
            )
        )
    clean = _CONTROL.sub(" ", text.removeprefix("\ufeff"))
    clean = clean.encode("utf-8", "replace").decode("utf-8")
    if not clean.strip():
        raise _empty()
    lower = name.lower()
    if lower.endswith((".yaml", ".yml", ".json")) or _looks_structured(clean):
        return measure_of(_parse(clean, as_json=lower.endswith(".json")))
    return _in_words(clean)


def measure_of(given: Mapping[str, object]) -> MeasureInput:
    """Return the measure of a mapping with German or English keys.

    Raises:
        BadMeasure: A key is unknown or given twice, a value cannot be used, or nothing is said.
    """
    fields: dict[str, object] = {}
    for key, value in given.items():
        field = _field(str(key))
        if field in fields:
            raise BadMeasure(
                Text(
                    f"Das Feld »{key}« ist doppelt angegeben. Bitte nur einmal angeben.",
                    f"The field “{key}” is given twice. Please give it once.",
                )
            )
        fields[field] = _items(key, value) if field in _LISTS else _line(key, value)
    try:
        measure = MeasureInput.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        place = str(first["loc"][0])
        raise BadMeasure(
            Text(
                f"Das Feld »{place}« ist zu lang.",
                f"The field “{place}” is too long.",
            )
        ) from error
    if not any(character.isalnum() for character in measure.text):
        raise _empty()
    return measure


def _in_words(text: str) -> MeasureInput:
    clean = normalise(text)
    if not any(character.isalnum() for character in clean):
        raise _empty()
    head, _, rest = clean.partition("\n")
    if rest and len(head) <= TITLE_LENGTH:
        return measure_of({"title": head, "description": rest})
    if len(clean) <= TITLE_LENGTH:
        return measure_of({"title": clean})
    return measure_of({"description": clean})


def _looks_structured(text: str) -> bool:
    if text.lstrip().startswith("{"):
        return True
    keys = [match[1] for line in text.splitlines() if (match := _KEY_LINE.match(line)) is not None]
    first = next((line for line in text.splitlines() if line.strip()), "")
    known = [key for key in keys if _known(key) is not None]
    return bool(known) and (_KEY_LINE.match(first) is not None or first.strip() == "---")


def _parse(text: str, *, as_json: bool) -> Mapping[str, object]:
    try:
        if as_json or text.lstrip().startswith("{"):
            parsed = json.loads(text)
        else:
            parsed = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 (texts only, no aliases)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else getattr(error, "lineno", 1)
        raise BadMeasure(
            Text(
                f"Die Beschreibung ist kein gültiges YAML oder JSON (Zeile {line}).",
                f"The description is not valid YAML or JSON (line {line}).",
            )
        ) from error
    if not isinstance(parsed, dict):
        raise BadMeasure(
            Text(
                "Erwartet werden Felder wie »titel: …« und »beschreibung: …«.",
                "Fields such as “title: …” and “description: …” are expected.",
            )
        )
    return parsed


class _PlainLoader(yaml.BaseLoader):
    """Read texts, lists and mappings, and refuse aliases, which can blow up a small file."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            message = "aliases are not read"
            raise yaml.YAMLError(message)
        return super().compose_node(parent, index)


def _fold(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip().casefold()).replace("ß", "ss")


def _known(key: str) -> str | None:
    folded = _fold(key)
    for field, names in KEYS.items():
        if folded in {_fold(name) for name in names}:
            return field
    return None


def _field(key: str) -> str:
    field = _known(key)
    if field is not None:
        return field
    every = [name for names in KEYS.values() for name in names]
    near = get_close_matches(_fold(key), every, n=3, cutoff=0.6)
    german = [names[1] if len(names) > 1 else names[0] for names in KEYS.values()]
    hint = Text(
        f"Meinten Sie: {', '.join(near)}?" if near else f"Möglich sind: {', '.join(german)}.",
        f"Did you mean: {', '.join(near)}?" if near else f"Choose from: {', '.join(KEYS)}.",
    )
    raise BadMeasure(
        Text(f"Das Feld »{key}« gibt es nicht. {hint.de}", f"There is no field “{key}”. {hint.en}")
    )


def _line(key: object, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(str(item) for item in value)
    raise _not_text(key)


def _items(key: object, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    items: Iterable[object] = value if isinstance(value, list) else re.split(r"[,;\n]", str(value))
    if isinstance(value, dict) or any(isinstance(item, list | dict) for item in items):
        raise _not_text(key)
    return tuple(dict.fromkeys(text for item in items if (text := str(item).strip())))


def _not_text(key: object) -> BadMeasure:
    return BadMeasure(
        Text(
            f"Im Feld »{key}« wird Text oder eine einfache Liste erwartet.",
            f"Text or a simple list is expected in the field “{key}”.",
        )
    )


def _empty() -> BadMeasure:
    return BadMeasure(
        Text(
            "Die Beschreibung der Maßnahme ist leer. Bitte mindestens einen Titel angeben.",
            "The description of the measure is empty. Please give at least a title.",
        )
    )
