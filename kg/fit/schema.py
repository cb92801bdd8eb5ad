"""Give the JSON Schema that every fit report follows."""

from __future__ import annotations

from importlib.resources import files


def report_schema() -> str:
    """Return `fit-report.schema.json` (JSON Schema 2020-12) as text."""
    return files("kg.fit").joinpath("fit-report.schema.json").read_text("utf-8")
