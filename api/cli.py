"""Start at the command line: `kreislaufstadt COMMAND`.

Exit codes: 0 done; 2 the input can be mended; 1 the service could not answer.
"""

from __future__ import annotations

import os
import sys

import typer

from api.commands import (
    accounts,
    annotating,
    asking,
    data,
    explaining,
    exporting,
    fitting,
    keeping,
    operating,
    reviewing,
    tokens,
    training,
)
from kg.errors import KreislaufstadtError, SettingInvalid, UserError
from kg.language import Language
from kg.settings import read_settings

app = typer.Typer(
    name="kreislaufstadt",
    help="Passt eine Maßnahme zu Konzepten und SDG? / Does a measure fit concepts and SDGs?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("build")(data.build)
app.command("load")(data.load)
app.command("check")(fitting.check)
app.command("match")(fitting.match)
app.command("evaluate")(training.evaluate)
app.command("train")(training.train)
app.command("annotate")(annotating.annotate)
app.command("interfaces")(asking.interfaces)
app.command("query")(asking.query)
app.command("analyse")(asking.analysis)
app.command("explain")(explaining.explain)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("serve")(operating.serve)
app.command("doctor")(operating.doctor)
app.add_typer(exporting.app, name="export")
app.add_typer(reviewing.app, name="review")
app.add_typer(tokens.app, name="token")
app.add_typer(accounts.app, name="account")


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; messages go to stderr."""
    # One thread for linear algebra: more of them only get in each other's way on shared cores.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        app(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KreislaufstadtError as error:
        sys.stderr.write(error.text.in_language(_language(arguments)) + "\n")
        return 2 if isinstance(error, UserError) else 1
    return 0


def _language(arguments: list[str]) -> Language:
    joined = " ".join(arguments).replace("--lang=", "--lang ")
    if "--lang en" in joined:
        return "en"
    try:
        return read_settings().language
    except SettingInvalid:
        return "de"
