"""Read a crosswalk in SSSOM/TSV: its head, which is YAML in comment lines, and its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from ontology.errors import ReferenceTableError
from ontology.namespaces import OWL, RDF, RDFS, SEMAPV, SKOS, SSSOM, XSD
from ontology.tables import Row, TableForm, read_rows

COLUMNS = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "confidence",
    "comment",
    "comment_de",
    "object_label_de",
    "review_status",
    "subject_label_de",
)
EXTENSIONS = (
    "comment_de",
    "mapping_set_description_de",
    "mapping_set_title_de",
    "object_label_de",
    "review_status",
    "source",
    "strength",
    "subject_label_de",
)
OPTIONAL_COLUMNS = ("reviewer_label", "source", "strength")

# Prefixes that every SSSOM file may use without saying what they stand for (SSSOM, IRI prefixes).
_BUILT_IN = {
    "linkml": "https://w3id.org/linkml/",
    "owl": OWL.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "semapv": SEMAPV.base,
    "skos": SKOS.base,
    "sssom": SSSOM.base,
    "xsd": XSD.base,
}
_TEXTS = (
    "license",
    "mapping_set_description",
    "mapping_set_description_de",
    "mapping_set_id",
    "mapping_set_title",
    "mapping_set_title_de",
    "mapping_set_version",
    "object_source",
    "subject_source",
)


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Hold a crosswalk: the texts of its head by slot, its prefixes and its rows."""

    name: str
    head: Mapping[str, str]
    prefixes: Mapping[str, str]
    rows: tuple[Row, ...]

    def iri(self, row: Row, column: str) -> str:
        """Return the IRI that a cell names in short form.

        Raises:
            ReferenceTableError: The prefix is not in the head.
        """
        prefix, colon, code = row.text(column).partition(":")
        if not colon or not code or prefix not in self.prefixes:
            raise row.error(
                "unknown-code",
                column,
                "the prefix is not declared",
                "Use a prefix of the curie_map in the head, such as sdg:12.5.",
            )
        return self.prefixes[prefix] + code


def read_crosswalk(name: str, text: str) -> Crosswalk:
    """Return a crosswalk given as SSSOM/TSV.

    Raises:
        ReferenceTableError: The head is incomplete, or a row breaks the form.
    """
    lines = text.splitlines(keepends=True)
    length = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    content = _head(name, "".join(line[1:] for line in lines[:length]))
    head = {slot: _text(name, content, slot) for slot in _TEXTS}
    prefixes = content.get("curie_map")
    if not isinstance(prefixes, dict) or not all(isinstance(v, str) for v in prefixes.values()):
        raise _head_error(name, "curie_map", "the prefixes are missing")
    _check_extensions(name, content)
    form = TableForm(name, "record_id", COLUMNS, OPTIONAL_COLUMNS)
    rows = read_rows(form, "".join(lines[length:]), separator="\t", heading_row=length + 1)
    named = {str(prefix): str(base) for prefix, base in prefixes.items()}
    return Crosswalk(name, head, _BUILT_IN | named, tuple(rows))


def _head(name: str, text: str) -> dict[str, object]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _head_error(name, "", "the head is not YAML") from error
    if not isinstance(content, dict):
        raise _head_error(name, "", "the head is missing")
    return {str(key): value for key, value in content.items()}


def _text(name: str, content: Mapping[str, object], slot: str) -> str:
    value = content.get(slot)
    if not isinstance(value, str) or not value.strip():
        raise _head_error(name, slot, "the head lacks this text")
    return value.strip()


def _check_extensions(name: str, content: Mapping[str, object]) -> None:
    """Refuse columns and slots of ours that the head does not define (SSSOM, extension slots)."""
    stated = content.get("extension_definitions")
    defined = {
        entry.get("slot_name")
        for entry in (stated if isinstance(stated, list) else [])
        if isinstance(entry, dict)
    }
    for slot in EXTENSIONS:
        if slot not in defined:
            raise _head_error(name, slot, "extension_definitions lacks this slot")


def _head_error(name: str, slot: str, reason: str) -> ReferenceTableError:
    return ReferenceTableError(
        "bad-header",
        reason,
        "Take the head of another crosswalk as a pattern; each of its lines begins with #.",
        table=name,
        column=slot,
    )
