"""Look into an Office archive before anything unpacks it: size, ratio, password, DOCTYPE."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from kg.errors import UnreadableFile
from kg.language import Text
from loaders.files import SourceFile

MOST_PARTS = 10_000
RATIO = 200
RATIO_FROM_BYTES = 16_777_216


def open_archive(file: SourceFile, unpacked_limit: int) -> zipfile.ZipFile:
    """Return the archive when it is safe to unpack, else raise `UnreadableFile`.

    A part that lies about its size cannot do harm: reading stops at the size it states.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise broken(file) from error
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(
            file.name,
            Text(
                "ist mit einem Kennwort verschlüsselt. Bitte ohne Kennwort speichern.",
                "is encrypted with a password. Please save it without a password.",
            ),
        )
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    bomb = unpacked > RATIO_FROM_BYTES and unpacked / packed > RATIO
    if unpacked > unpacked_limit or bomb or len(parts) > MOST_PARTS:
        raise UnreadableFile(
            file.name,
            Text(
                f"würde beim Entpacken auf {unpacked} Bytes anwachsen (erlaubt:"
                f" {unpacked_limit}, höchstens"
                f" das {RATIO}-Fache). Bitte leere Zeilen und Bilder entfernen und neu speichern.",
                f"would grow to {unpacked} bytes when unpacked (allowed: {unpacked_limit}, at most"
                f" {RATIO} times). Please remove empty rows and pictures and save it anew.",
            ),
        )
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        raise broken(file)
    return archive


def read_part(file: SourceFile, archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part of an archive, or raise `UnreadableFile` when it is missing or damaged."""
    try:
        return archive.read(name)
    except (
        KeyError,
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise broken(file) from error


def refuse_document_types(file: SourceFile, archive: zipfile.ZipFile) -> None:
    """Raise `UnreadableFile` when an XML part declares a document type, the way entities get in."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels", ".vml")):
            refuse_document_type(file, read_part(file, archive, name))


def refuse_document_type(file: SourceFile, content: bytes) -> None:
    """Raise `UnreadableFile` when XML declares a document type before its first element."""
    try:
        next(
            iter(ElementTree.iterparse(io.BytesIO(content), events=("start",), forbid_dtd=True)),
            None,
        )
    except DefusedXmlException as error:
        raise UnreadableFile(
            file.name,
            Text(
                "enthält eine Dokumenttyp-Angabe (DOCTYPE); solche Dateien werden zum Schutz"
                " nicht gelesen."
                " Bitte die DOCTYPE-Zeile entfernen und Abkürzungen (Entities) ausschreiben.",
                "contains a document type declaration (DOCTYPE); such files are refused for safety."
                " Please remove the DOCTYPE line and write out its entities.",
            ),
        ) from error
    except ParseError as error:
        line, column = error.position
        raise UnreadableFile(
            file.name,
            Text(
                f"enthält fehlerhaftes XML (Zeile {line}, Spalte {column + 1})."
                " Bitte im Ursprungsprogramm öffnen und neu speichern.",
                f"contains malformed XML (line {line}, column {column + 1})."
                " Please open it in the program it came from and save it anew.",
            ),
        ) from error


def broken(file: SourceFile) -> UnreadableFile:
    """Return the error for an archive that is damaged."""
    return UnreadableFile(
        file.name,
        Text(
            "ist beschädigt oder unvollständig. Bitte in Excel oder Word öffnen und neu speichern.",
            "is damaged or incomplete. Please open it in Excel or Word and save it anew.",
        ),
    )
