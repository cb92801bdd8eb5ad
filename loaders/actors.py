"""Split cells that name bodies into single ones and tell offices from others."""

from __future__ import annotations

import re

from loaders.text import clean, mend

LONGEST_NAME = 120
_OFFICE_WORDS = (
    r"(?:Amt|Fachbereich|FB|Stabsstelle|Dezernat|Dez|Referat|Abteilung|Fachdienst|Fachstelle|Sachgebiet|Fachamt"
    r"|Eigenbetrieb|Bauhof|Geschäftsbereich|Büro)"
)
_OFFICE = re.compile(
    rf"\b{_OFFICE_WORDS}\b|\w+(?:amt|dezernat|betriebe?)\b|^\d{{2,3}}\s", re.IGNORECASE
)
_BODY_WORDS = (
    rf"(?:{_OFFICE_WORDS}|Stadtwerke|Wirtschaftsförderung|Tochtergesellschaft|[A-ZÄÖÜ]\w+amt)\b"
)
_BEFORE_BODY = re.compile(rf",\s+(?={_BODY_WORDS})|\s+/\s+|\s*[;|•]\s*|\n\s*-\s+")
_TOGETHER = re.compile(
    r"\s+in\s+(?:enger\s+)?(?:Kooperation|Abstimmung|Zusammenarbeit)\s+mit\s+(?:de[rmn]\s+)?"
)
_SENTENCE = re.compile(
    r"[a-zäöüß]{3}\)?\.\s+[A-ZÄÖÜ]|\b(?:wird|werden|liegt|liegen|erfolgt|beteiligt|ist|sind)\b"
)


def is_office(name: str) -> bool:
    """Tell whether a name is that of a part of the administration.

    >>> is_office("Stadtplanungsamt"), is_office("Stadtwerke Münster GmbH")
    (True, False)
    """
    return _OFFICE.search(name) is not None


def is_prose(name: str) -> bool:
    """Tell whether a text is a sentence and not the name of a body."""
    return len(name) > LONGEST_NAME or _SENTENCE.search(name) is not None


def leader_and_partners(text: str) -> tuple[str, str]:
    """Return who leads and with whom, where the cell says »in Kooperation mit«.

    >>> leader_and_partners("Stabsstelle Klima in Kooperation mit Münster Marketing")
    ('Stabsstelle Klima', 'Münster Marketing')
    """
    leader, *partners = _TOGETHER.split(mend(clean(text)), maxsplit=1)
    return leader, partners[0] if partners else ""


def split_responsible(text: str) -> list[str]:
    """Return the bodies in charge; a comma separates only in front of an office or company.

    >>> split_responsible("Dezernat für Finanzen, Bau und Recht, Amt 20; Stadtwerke")
    ['Dezernat für Finanzen, Bau und Recht', 'Amt 20', 'Stadtwerke']
    """
    joined = _join_lines(clean(text))
    return _names(_BEFORE_BODY.split(joined))


def split_involved(text: str) -> list[str]:
    """Return the bodies that take part; commas and line ends separate.

    >>> split_involved("IHK, HWK, Dezernat für Finanzen, Beteiligungen und Integration")
    ['IHK', 'HWK', 'Dezernat für Finanzen, Beteiligungen und Integration']
    """
    names: list[str] = []
    for line in re.split(r"[;\n|•]|\s/\s", mend(clean(text))):
        for part in line.split(","):
            goes_on = names and re.search(r"\bfür\b", names[-1]) is not None and " und " in part
            if goes_on and " und " not in names[-1]:
                names[-1] = f"{names[-1]},{part}"
            else:
                names.append(part)
    return _names(names)


def _join_lines(text: str) -> str:
    lines = text.split("\n")
    joined = lines[0]
    for line in lines[1:]:
        starts_body = re.match(_BODY_WORDS, line) is not None
        ends = joined.rstrip().endswith(",")
        if not line.strip():
            continue
        joined = (
            f"{joined.rstrip().rstrip(',')}; {line}" if starts_body or ends else f"{joined}\n{line}"
        )
    return mend(joined)


def _names(parts: list[str]) -> list[str]:
    names = (" ".join(part.split()).strip(" ,;:-–") for part in parts)
    return list(dict.fromkeys(name for name in names if name))
