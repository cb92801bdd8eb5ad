"""Name why somebody is not let in, or a form of theirs is not taken."""

from __future__ import annotations

from typing import Literal

from kg.errors.base import UserError
from kg.language import Text

_WHOSE = {
    "account": Text("für dieses Konto", "for this account"),
    "address": Text("von dieser Netzadresse", "from this network address"),
}


class LoginNeeded(UserError):
    """Say that this installation shows its data only to people it knows."""

    code = "login-needed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Dieser Dienst zeigt seine Daten nur nach Anmeldung. Bitte melden Sie sich an;"
                " Programme senden ein Zugriffstoken (Authorization: Bearer …).",
                "This service shows its data to people it knows only. Please log in;"
                " programs send an access token (Authorization: Bearer …).",
            )
        )


class TooManyAttempts(UserError):
    """Say which limit of attempts to log in is reached, and when there is another one."""

    code = "too-many-attempts"

    def __init__(
        self, whose: Literal["account", "address"], limit: int, *, minutes: int, retry_seconds: int
    ) -> None:
        wait = max(1, -(-retry_seconds // 60))
        super().__init__(
            Text(
                f"Es gab {limit} misslungene Anmeldungen {_WHOSE[whose].de} binnen {minutes}"
                f" Minuten, mehr sind nicht erlaubt. Bitte in {wait} Min. noch einmal versuchen.",
                f"There were {limit} failed logins {_WHOSE[whose].en} within {minutes} minutes,"
                f" the most allowed. Please try again in {wait} min.",
            )
        )
        self.limit = limit
        self.retry_seconds = retry_seconds


class FormRefused(UserError):
    """Say that a form did not come from a page of this session."""

    code = "form-refused"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Das Formular stammt nicht von einer Seite Ihrer jetzigen Anmeldung, deshalb wurde"
                " nichts geändert. Bitte die Seite neu laden und noch einmal absenden.",
                "The form does not come from a page of your present login, so nothing was changed."
                " Please reload the page and send it again.",
            )
        )
