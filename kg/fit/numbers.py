"""Write figures as readers of German and English expect them."""

from __future__ import annotations

from kg.language import Language, Text


def percent(chance: float, language: Language) -> str:
    """Return a probability with two decimals.

    >>> percent(0.8251, "de")
    '0,83'
    """
    text = f"{chance:.2f}"
    return text.replace(".", ",") if language == "de" else text


def figures(chance: float) -> Text:
    """Return a probability with two decimals in both languages."""
    return Text(percent(chance, "de"), percent(chance, "en"))
