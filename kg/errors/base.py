"""Be the root of every failure: a stable code and a sentence in two languages."""

from __future__ import annotations

from typing import ClassVar

from kg.language import Text


class KreislaufstadtError(Exception):
    """Carry a stable code and a sentence in German and English."""

    code: ClassVar[str] = "error"

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

    def __str__(self) -> str:
        """Return the English sentence; `text` has both languages."""
        return self.text.en


class UserError(KreislaufstadtError):
    """Tell a person what to change in their input."""

    code = "user-error"


class ServiceError(KreislaufstadtError):
    """Tell a person that the service, not the input, is at fault."""

    code = "service-error"
