"""Read a city's folder: `stadt.yaml` names the municipality and its sources in loading order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import UnreadableFile
from kg.identifiers import Ags, parse_ags
from kg.language import Text

FILE_NAME = "stadt.yaml"

Kind = Literal["concept", "strategy", "measures", "indicators", "rdf"]


class _Source(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    datei: str
    art: Kind
    titel: str = ""
    quelle: str = ""
    beschluss: str = ""
    beschlussdatum: str = ""


class _City(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1)]
    ags: str


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    stadt: _City
    quellen: Annotated[list[_Source], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class ManifestSource:
    """Hold one source: its file, its kind, and what the file does not say about itself."""

    path: Path
    kind: Kind
    title: str
    url: str
    resolution: str
    issued: str


@dataclass(frozen=True, slots=True)
class CityManifest:
    """Hold a city's name, AGS and sources in loading order."""

    name: str
    ags: Ags
    sources: tuple[ManifestSource, ...]


def read_manifest(folder: Path) -> CityManifest:
    """Return the manifest of a city's folder.

    Raises:
        UnreadableFile: the manifest or a file that it names is missing or broken.
    """
    path = folder / FILE_NAME
    name = f"{folder.name}/{FILE_NAME}"
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        manifest = _Manifest.model_validate(content)
    except FileNotFoundError as error:
        raise UnreadableFile(
            name,
            Text(
                "Datei fehlt. Sie nennt Stadt, AGS und Quellen (Muster: examples/muenster).",
                "The file is missing. It names city, AGS and sources (model: examples/muenster).",
            ),
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
        detail = _first_line(error)
        raise UnreadableFile(
            name, Text(f"ist nicht lesbar: {detail}", f"cannot be read: {detail}")
        ) from error
    sources = tuple(_source(folder, entry) for entry in manifest.quellen)
    return CityManifest(manifest.stadt.name, parse_ags(manifest.stadt.ags), sources)


def _source(folder: Path, entry: _Source) -> ManifestSource:
    path = folder / entry.datei
    if not path.is_file():
        raise UnreadableFile(
            f"{folder.name}/{FILE_NAME}",
            Text(
                f"nennt {entry.datei}, aber diese Datei gibt es nicht.",
                f"names {entry.datei}, but there is no such file.",
            ),
        )
    return ManifestSource(
        path, entry.art, entry.titel, entry.quelle, entry.beschluss, entry.beschlussdatum
    )


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error).splitlines()[0]
