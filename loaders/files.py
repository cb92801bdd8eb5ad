"""Open a source file safely: size first, then its kind by what it holds, not by its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from kg.errors import UnreadableFile
from kg.language import Text

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"
_YAML_START = re.compile(
    rb"(?:#[^\n]*\n|\s)*(?:---\s*\n)?(?:- )?[\w\x80-\xff]+:(?: [^;,\t\n]*)?\r?\n"
)
_RDF_SUFFIXES = {
    ".ttl": "turtle",
    ".nt": "n-triples",
    ".nq": "n-quads",
    ".trig": "trig",
    ".jsonld": "json-ld",
    ".rdf": "rdf-xml",
    ".owl": "rdf-xml",
}


class FileForm(StrEnum):
    """Name the kinds of files that are understood."""

    XLSX = "xlsx"
    DOCX = "docx"
    JSON = "json"
    YAML = "yaml"
    CSV = "csv"
    TURTLE = "turtle"
    N_TRIPLES = "n-triples"
    N_QUADS = "n-quads"
    TRIG = "trig"
    JSON_LD = "json-ld"
    RDF_XML = "rdf-xml"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Hold the name (without folders), the bytes and the folder name of a file."""

    name: str
    content: bytes
    folder: str = ""

    @property
    def sha256(self) -> str:
        """Return the checksum of the bytes in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def stem(self) -> str:
        """Return the name without its suffix."""
        return PurePath(self.name).stem

    @property
    def suffix(self) -> str:
        """Return the suffix in lower case, with its dot."""
        return PurePath(self.name).suffix.lower()


def open_file(path: Path, limit: int) -> SourceFile:
    """Return the file with its bytes, or raise `UnreadableFile`; never reads over the limit."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableFile(
                path.name,
                Text(
                    "ist keine Datei. Bitte den Pfad einer Datei angeben.",
                    "is not a file. Please give the path of a file.",
                ),
            )
        if size > limit:
            raise too_large(path.name, size, limit)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            path.name,
            Text(
                "lässt sich nicht öffnen. Bitte Namen, Ordner und Leserechte prüfen.",
                "cannot be opened. Please check name, folder and read permission.",
            ),
        ) from error
    return given_bytes(path.name, content, limit, folder=path.parent.name)


def given_bytes(name: str, content: bytes, limit: int, *, folder: str = "") -> SourceFile:
    """Return bytes that came by another way than a path, after the same size check."""
    if len(content) > limit:
        raise too_large(name, len(content), limit)
    return SourceFile(PurePath(name).name, content, folder)


def too_large(name: str, size: int, limit: int) -> UnreadableFile:
    """Return the error for a file over its limit."""
    return UnreadableFile(
        name,
        Text(
            f"ist mit {size} Bytes größer als erlaubt ({limit}). Bitte die Datei teilen oder"
            " die Grenze"
            " KREISLAUFSTADT_FILE_BYTES anheben.",
            f"has {size} bytes, more than the {limit} allowed. Please split the file or raise"
            " the limit"
            " KREISLAUFSTADT_FILE_BYTES.",
        ),
    )


def form_of(file: SourceFile) -> FileForm:
    """Return the kind of a file by its content; the suffix only decides between kinds of text.

    >>> form_of(SourceFile("a.xlsx", b"Nr.;Titel"))
    <FileForm.CSV: 'csv'>
    """
    content = file.content
    if not content.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        raise UnreadableFile(
            file.name,
            Text(
                "ist leer. Bitte prüfen, ob die richtige Datei gewählt wurde.",
                "is empty. Please check whether the right file was chosen.",
            ),
        )
    if content.startswith(b"PK\x03\x04"):
        return _office_form(file)
    if content.startswith(OLD_OFFICE):
        raise UnreadableFile(
            file.name,
            Text(
                "ist mit einem Kennwort geschützt oder im alten Format (.xls, .doc)."
                " Bitte ohne Kennwort als .xlsx, .docx oder .csv speichern.",
                "is protected by a password or in the old format (.xls, .doc)."
                " Please save it without a password as .xlsx, .docx or .csv.",
            ),
        )
    if content.startswith(_PDF):
        raise UnreadableFile(
            file.name,
            Text(
                "ist eine PDF-Datei; daraus lassen sich Tabellen nicht sicher lesen."
                " Bitte die Vorlage als .docx, .xlsx oder .csv verwenden.",
                "is a PDF file; tables cannot be read from it with certainty."
                " Please use the original as .docx, .xlsx or .csv.",
            ),
        )
    return _text_form(file)


def _office_form(file: SourceFile) -> FileForm:
    if b"xl/workbook" in file.content:
        return FileForm.XLSX
    if b"word/document" in file.content:
        return FileForm.DOCX
    raise UnreadableFile(
        file.name,
        Text(
            "ist ein Archiv, aber weder eine Excel- noch eine Word-Datei. Bitte entpacken"
            " oder als .xlsx,"
            " .docx oder .csv speichern.",
            "is an archive, but neither an Excel nor a Word file. Please unpack it or save"
            " it as .xlsx,"
            " .docx or .csv.",
        ),
    )


def _text_form(file: SourceFile) -> FileForm:
    start = file.content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if file.suffix in _RDF_SUFFIXES:
        return FileForm(_RDF_SUFFIXES[file.suffix])
    if start.startswith((b"<?xml", b"<rdf:RDF", b"<!DOCTYPE")) or b"<rdf:RDF" in start:
        return FileForm.RDF_XML
    if start.startswith((b"@prefix", b"@base", b"PREFIX ", b"BASE ")):
        return FileForm.TURTLE
    if start.startswith((b"{", b"[")):
        return FileForm.JSON_LD if b'"@context"' in file.content[:4096] else FileForm.JSON
    if file.suffix in {".yml", ".yaml"} or _YAML_START.match(start) is not None:
        return FileForm.YAML
    if file.suffix == ".json":
        return FileForm.JSON
    return FileForm.CSV


def joined_checksum(files: Sequence[SourceFile]) -> str:
    """Return the checksum of a file, or of the checksums of several in their order."""
    if len(files) == 1:
        return files[0].sha256
    return hashlib.sha256("\n".join(file.sha256 for file in files).encode()).hexdigest()
