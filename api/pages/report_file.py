"""Write the answer of a fit check as one HTML file that needs no server."""

from __future__ import annotations

from importlib import resources

from markupsafe import Markup

from api.pages.check.answer import answer_values
from api.pages.rendering import filled
from kg.fit.report import FitReport
from kg.language import Language

_STYLES = ("style", "check")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report_document(report: FitReport, language: Language) -> str:
    """Return the document; its links lead to the sources and to the IRIs of things."""
    folder = resources.files("api").joinpath("static")
    style = "".join(folder.joinpath(f"{name}.css").read_text("utf-8") for name in _STYLES)
    return filled(
        "report_file.html",
        language,
        {
            "style": Markup(style),  # noqa: S704  (our own style sheets)
            "policy": _POLICY,
            "thing_path": str,
            **answer_values(report),
        },
    )
