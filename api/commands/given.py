"""Read a text that a person hands to a command, from a file or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.errors import UnreadableFile
from kg.language import Text


def given_text(file: str, *, most: int) -> str:
    """Return the text of a file, or of standard input for "-", of at most so many bytes.

    Raises:
        UnreadableFile: the file is missing, unreadable or too large.
    """
    if file == "-":
        content = sys.stdin.buffer.read(most + 1)
        name = "stdin"
    else:
        path = Path(file)
        name = path.name
        try:
            with path.open("rb") as stream:
                content = stream.read(most + 1)
        except OSError as error:
            raise UnreadableFile(
                name,
                Text(
                    "Die Datei fehlt oder ist nicht lesbar.", "The file is missing or unreadable."
                ),
            ) from error
    if len(content) > most:
        raise UnreadableFile(name, Text(f"mehr als {most} Bytes.", f"more than {most} bytes."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
