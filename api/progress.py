"""Show a person what is going on, on stderr and only on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from kg.language import Language


class Steps:
    """Show one line for the step at hand and a bar where a step counts."""

    def __init__(self, progress: Progress, language: Language) -> None:
        """Start without a step."""
        self._progress = progress
        self._language = language
        self._task = progress.add_task("", total=None)

    def step(self, german: str, english: str) -> None:
        """Name the step that begins now."""
        text = german if self._language == "de" else english
        self._progress.update(self._task, description=text, completed=0, total=None)

    def count(self, done: int, total: int) -> None:
        """Show how far the step is."""
        self._progress.update(self._task, completed=done, total=total)


@contextmanager
def steps(language: Language) -> Iterator[Steps]:
    """Give a progress line that vanishes at the end; silent when stderr is not a terminal."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        yield Steps(progress, language)
