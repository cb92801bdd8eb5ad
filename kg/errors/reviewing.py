"""Name why a review of a link does not stand."""

from __future__ import annotations

from kg.errors.base import UserError
from kg.language import Text


class ReviewOutdated(UserError):
    """Say that a link is in another state than the one the reviewer saw, and in which."""

    code = "review-outdated"

    def __init__(self, link: str, state: Text) -> None:
        super().__init__(
            Text(
                f"{link} ist inzwischen: {state.de}. Bitte den jetzigen Stand ansehen und dann"
                " entscheiden.",
                f"{link} is by now: {state.en}. Please look at its present state, then decide.",
            )
        )
        self.link = link


class SecondPersonNeeded(UserError):
    """Say that somebody else has to review what a person stated, loaded or corrected."""

    code = "second-person-needed"

    def __init__(self, link: str) -> None:
        super().__init__(
            Text(
                f"{link} stammt von Ihnen selbst (geladen, eingetragen oder korrigiert)."
                " Prüfen muss eine zweite Person mit eigenem Zugriffstoken.",
                f"{link} is your own work (loaded, stated or corrected)."
                " A second person with a token of their own has to review it.",
            )
        )
        self.link = link
