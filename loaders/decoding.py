"""Turn the bytes of a text file into text, and tell when the encoding had to be guessed."""

from __future__ import annotations

import codecs
import re

from kg.errors import UnreadableFile
from kg.findings import Findings, Place
from kg.language import Text
from loaders.files import SourceFile
from loaders.remarks import remark

_MOJIBAKE = re.compile("Ã[¤¶¼Ÿ„–œ©]|â‚¬|Â[ §²³]|ï¿½|\ufffd")


def decode(file: SourceFile, findings: Findings) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else Windows-1252.

    Adds a note when Windows-1252 was taken, and a warning when the text was already garbled in
    the file. Line ends become one kind.
    """
    text = _decoded(file, findings)
    garbled = _MOJIBAKE.search(text)
    if garbled is not None:
        line = text.count("\n", 0, garbled.start()) + 1
        start = max(0, garbled.start() - 12)
        remark(
            findings, "garbled-text", Place(file.name, row=line), text[start : garbled.end() + 12]
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(file: SourceFile, findings: Findings) -> str:
    content = file.content
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        if b"\x00" in content:
            raise _no_text(file, content)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
            raise _wrong_encoding(file, content, error.start) from error
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(file, content, error.start) from error
    remark(findings, "encoding-guessed", Place(file.name), "Windows-1252")
    return text


def _line(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _no_text(file: SourceFile, content: bytes) -> UnreadableFile:
    line = _line(content, content.index(b"\x00"))
    return UnreadableFile(
        file.name,
        Text(
            f"enthält in Zeile {line} Nullzeichen und ist so keine Textdatei."
            " Bitte in Excel als »CSV UTF-8« neu speichern.",
            f"contains NUL characters in row {line} and is no text file."
            " Please save it anew in Excel as “CSV UTF-8”.",
        ),
    )


def _wrong_encoding(file: SourceFile, content: bytes, position: int) -> UnreadableFile:
    line = _line(content, position)
    return UnreadableFile(
        file.name,
        Text(
            f"hat in Zeile {line} Zeichen, die weder zu UTF-8 noch zu Windows-1252 passen."
            " Bitte in Excel als »CSV UTF-8« neu speichern.",
            f"has characters in row {line} that fit neither UTF-8 nor Windows-1252."
            " Please save it anew in Excel as “CSV UTF-8”.",
        ),
    )
