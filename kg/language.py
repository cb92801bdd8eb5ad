"""Hold a text in German and English and pick the one a reader wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """Hold one sentence in both languages; neither may be empty.

    >>> Text("Maßnahme", "measure").in_language("en")
    'measure'
    """

    de: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the German or the English wording."""
        return self.de if language == "de" else self.en
