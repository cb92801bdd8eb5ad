"""Load the official SDG texts that Open SDG publishes in German and English, and the UN's RDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal as OneOf

from kg.errors import NothingLoaded
from kg.findings import Findings, Place
from kg.language import Text
from kg.sources import Loaded, SourceRecord
from loaders.context import LoadContext
from loaders.files import FileForm, SourceFile, form_of, joined_checksum
from loaders.remarks import remark
from loaders.sdg_un import load_un
from loaders.trees import Fields, flat_text
from loaders.yaml_tree import read_yaml
from ontology.namespaces import DCTERMS, reference_graph, sdg
from ontology.quads import QuadList

OPEN_SDG = "https://github.com/open-sdg/sdg-translations"
_KEY = re.compile(r"(\d{1,2})(?:-([0-9a-d]{1,2}))?(?:-(\d{1,2}))?-(title|short)")
_PARTS = ("goals", "targets", "indicators")
_INDICATOR_DEPTH = 2
_GERMAN = re.compile(r"\b(?:und|der|die|das|bis|für)\b")
_ENGLISH = re.compile(r"\b(?:and|the|of|by|for)\b")
SdgLanguage = OneOf["de", "en"]


def load_sdg(files: Sequence[SourceFile], context: LoadContext) -> list[Loaded]:
    """Return one source for each language of Open SDG and one for the UN's RDF.

    Raises:
        UnreadableFile: A file is broken or too large.
        NothingLoaded: None of the files holds official SDG texts.
    """
    yaml_files: dict[SdgLanguage, list[SourceFile]] = {}
    rdf_files = []
    for file in sorted(files, key=lambda each: (each.folder, each.name)):
        if form_of(file) is FileForm.YAML:
            yaml_files.setdefault(_language(file), []).append(file)
        elif form_of(file) in {FileForm.TURTLE, FileForm.RDF_XML, FileForm.N_TRIPLES}:
            rdf_files.append(file)
    loaded = [_load_open_sdg(yaml_files[name], name, context) for name in sorted(yaml_files)]
    if rdf_files:
        loaded.append(load_un(rdf_files, context))
    if not loaded:
        raise NothingLoaded(
            files[0].name if files else "SDG",
            Text(
                "enthält keine amtlichen SDG-Texte. Bitte den Ordner mit global_goals.yml,"
                " global_targets.yml"
                " und global_indicators.yml oder die RDF-Dateien der UN angeben.",
                "contains no official SDG texts. Please give the folder with global_goals.yml,"
                " global_targets.yml and global_indicators.yml or the UN's RDF files.",
            ),
        )
    return loaded


def _language(file: SourceFile) -> SdgLanguage:
    if file.folder in {"de", "en"}:
        return "de" if file.folder == "de" else "en"
    text = file.content.decode("utf-8", "replace")
    return "de" if len(_GERMAN.findall(text)) > len(_ENGLISH.findall(text)) else "en"


def _load_open_sdg(
    files: Sequence[SourceFile], language: SdgLanguage, context: LoadContext
) -> Loaded:
    findings = Findings()
    graph = reference_graph(f"sdg-official-open-sdg-{language}")
    quads = QuadList(graph)
    counts: Counter[str] = Counter()
    read = 0
    for file in files:
        tree = read_yaml(file, findings)
        pairs = tree.pairs if isinstance(tree, Fields) else ()
        read += len(pairs)
        for key, value in pairs:
            text = flat_text(value)
            match = _KEY.fullmatch(key)
            if match is None:
                remark(findings, "unknown-key", value.place, text, key=key)
                continue
            if not text:
                remark(findings, "empty-text", value.place, "", key=key)
                continue
            code, part = ".".join(each for each in match.groups()[:3] if each), match[4]
            kind = _state(quads, code, part, text, language, context)
            if kind is not None:
                counts[kind] += 1
            elif match[3] is not None:
                remark(findings, "unknown-sdg-indicator", value.place, text, code=code)
            else:
                remark(findings, "unknown-sdg", value.place, text, code=code)
    names = {part for part in _PARTS for file in files if part in file.name}
    if len(names) < len(_PARTS):
        remark(findings, "part-of-set", Place(files[0].name), found=len(names))
    record = SourceRecord(
        graph=graph,
        kind="sdg",
        title_de=f"Amtliche SDG-Texte ({'deutsch' if language == 'de' else 'englisch'}, Open SDG)",
        title_en=f"Official SDG texts ({'German' if language == 'de' else 'English'}, Open SDG)",
        file=", ".join(f"{file.folder}/{file.name}".lstrip("/") for file in files),
        sha256=joined_checksum(files),
        licence="MIT",
        url=OPEN_SDG,
    )
    return Loaded(record, quads.quads(), read, dict(sorted(counts.items())), findings)


def _state(
    quads: QuadList,
    code: str,
    part: str,
    text: str,
    language: SdgLanguage,
    context: LoadContext,
) -> str | None:
    """State one text and return what it is of, or None when its code is not known."""
    depth = code.count(".")
    if depth == _INDICATOR_DEPTH:
        subject = context.sdg_indicator_codes.get(code)
        kind, name = "indicators", "SDG-Indikator" if language == "de" else "SDG indicator"
    else:
        subject = sdg(code) if code in context.sdg_codes else None
        kind = "targets" if depth else "goals"
        name = "SDG-Unterziel" if language == "de" else "SDG target"
    if subject is None:
        return None
    if part == "short":
        quads.text(subject, DCTERMS.title, text, language)
        return "short titles"
    quads.text(subject, DCTERMS.description, text, language)
    if depth:
        quads.text(subject, DCTERMS.title, f"{name} {code}", language)
    return kind
