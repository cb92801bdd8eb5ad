"""Read from a form what a reviewer decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.errors import BadParameter
from kg.language import Language, Text
from kg.reviewing import Correction, Verdict
from kg.reviewing.desk import Order

_NUMBER: Final = re.compile(r"[-+\u2212]?[0-9]{1,2}")


def order_of(entered: Mapping[str, str], language: Language) -> Order:
    """Return what the fields of the form order; a correction keeps what was left open.

    Raises:
        BadParameter: no decision was chosen, or the strength is no number.
    """
    chosen = entered.get("decision", "")
    if chosen not in {verdict.value for verdict in Verdict}:
        listed = "bestätigen, verwerfen oder korrigieren", "accept, reject or correct"
        raise BadParameter("decision", chosen[:40], Text(*listed))
    verdict = Verdict(chosen)
    correction = Correction()
    if verdict is Verdict.CORRECT:
        correction = Correction(
            entered.get("target") or None,
            entered.get("kind") or None,
            _strength(entered.get("strength", "")),
        )
    link, reason = entered.get("link", ""), entered.get("reason", "")
    return Order(link, verdict, reason, language, entered.get("state", ""), correction)


def _strength(text: str) -> int | None:
    if not text:
        return None
    if _NUMBER.fullmatch(text) is None:
        raise BadParameter(
            "strength", text[:20], Text("eine Zahl von -3 bis 3", "a number from -3 to 3")
        )
    return int(text.replace("\u2212", "-"))
