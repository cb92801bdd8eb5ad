"""Name every IRI the graph uses: terms, scheme concepts, SDGs, keys and named graphs.

Terms are attributes of the constants below (`KS.Measure`, `SKOS.prefLabel`): a misspelt one does
not exist. All values are plain strings.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from ontology.domain_vocabularies import (
    CoreOrganisationTerms,
    DcatDeTerms,
    DcatTerms,
    EliTerms,
    FoafTerms,
    OaTerms,
    OrgTerms,
    SdgOntologyTerms,
    SemapvTerms,
    SssomTerms,
    VannTerms,
    VoidTerms,
)
from ontology.terms import BASE, KreislaufstadtTerms
from ontology.vocabularies import (
    DctermsTerms,
    OwlTerms,
    ProvTerms,
    RdfsTerms,
    RdfTerms,
    ShaclTerms,
    SkosTerms,
    XsdTerms,
)

KS: Final = KreislaufstadtTerms()
RDF: Final = RdfTerms()
RDFS: Final = RdfsTerms()
OWL: Final = OwlTerms()
XSD: Final = XsdTerms()
SKOS: Final = SkosTerms()
PROV: Final = ProvTerms()
DCTERMS: Final = DctermsTerms()
SDGO: Final = SdgOntologyTerms()
SH: Final = ShaclTerms()
ORG: Final = OrgTerms()
OA: Final = OaTerms()
SSSOM: Final = SssomTerms()
SEMAPV: Final = SemapvTerms()
ELI: Final = EliTerms()
M8G: Final = CoreOrganisationTerms()
DCAT: Final = DcatTerms()
DCATDE: Final = DcatDeTerms()
VOID: Final = VoidTerms()
VANN: Final = VannTerms()
FOAF: Final = FoafTerms()

ONTOLOGY: Final = BASE + "ontology"
SHAPES: Final = BASE + "shapes#"
SDG: Final = "http://metadata.un.org/sdg/"
SDG_SCHEME: Final = "http://metadata.un.org/sdg"

ONTOLOGY_GRAPH: Final = BASE + "graph/ontology"
INFERRED_GRAPH: Final = BASE + "graph/inferred"
PROPOSED_GRAPH: Final = BASE + "graph/proposed"
REVIEWED_GRAPH: Final = BASE + "graph/reviewed"
PROVENANCE_GRAPH: Final = BASE + "graph/provenance"

PREFIXES: Final[dict[str, str]] = {
    "dcat": DCAT.base,
    "dcatde": DCATDE.base,
    "dcterms": DCTERMS.base,
    "eli": ELI.base,
    "foaf": FOAF.base,
    "ks": KS.base,
    "ksg": BASE + "graph/",
    "ksi": BASE + "id/",
    "ksc": BASE + "scheme/",
    "kss": SHAPES,
    "m8g": M8G.base,
    "oa": OA.base,
    "org": ORG.base,
    "owl": OWL.base,
    "prov": PROV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "sdg": SDG,
    "sdgo": SDGO.base,
    "semapv": SEMAPV.base,
    "sh": SH.base,
    "skos": SKOS.base,
    "sssom": SSSOM.base,
    "vann": VANN.base,
    "void": VOID.base,
    "xsd": XSD.base,
}

_INDICATOR_CODE = re.compile(r"(\d{1,2})\.([0-9a-d]{1,2})\.(\d{1,2})")


def _path(parts: tuple[str, ...]) -> str:
    return "/".join(quote(part, safe="") for part in parts)


def scheme(name: str, code: str | None = None) -> str:
    """Return the IRI of a concept scheme, or of one of its concepts.

    >>> scheme("r-strategy", "R4")
    'https://w3id.org/kreislaufstadt/scheme/r-strategy/R4'
    """
    return BASE + "scheme/" + _path((name,) if code is None else (name, code))


def graph(*parts: str) -> str:
    """Return the IRI of a named graph.

    >>> graph("source", "05515000", "massnahmen")
    'https://w3id.org/kreislaufstadt/graph/source/05515000/massnahmen'
    """
    return BASE + "graph/" + _path(parts)


def reference_graph(table: str) -> str:
    """Return the IRI of the graph that holds one reference table."""
    return graph("reference", table)


def source_graph(ags: str, source: str) -> str:
    """Return the IRI of the graph that holds one source of one municipality."""
    return graph("source", ags, source)


def resource(ags: str, kind: str, key: str) -> str:
    """Return the IRI of a municipality's own thing.

    >>> resource("05515000", "measure", "W-07")
    'https://w3id.org/kreislaufstadt/id/05515000/measure/W-07'
    """
    return BASE + "id/" + _path((ags, kind, key))


def sdg(code: str) -> str:
    """Return the UN's IRI of a goal (`12`), a target (`12.5`) or an indicator's permanent code.

    >>> sdg("12.a")
    'http://metadata.un.org/sdg/12.a'
    """
    return SDG + code


def sdg_indicator(code: str) -> str:
    """Return the IRI that an indicator's number has by the UN's pattern.

    Indicators shared by several targets have one permanent code, so ask the table
    `sdg_indicators` first; this is the pattern for those that occur once.

    >>> sdg_indicator("12.5.1")
    'http://metadata.un.org/sdg/C120501'
    """
    match = _INDICATOR_CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"'{code}' is not an SDG indicator number such as 12.5.1.")
    goal, target, number = match.groups()
    middle = target if target.isalpha() else f"{int(target):02d}"
    return f"{SDG}C{int(goal):02d}{'0' + middle if middle.isalpha() else middle}{int(number):02d}"
