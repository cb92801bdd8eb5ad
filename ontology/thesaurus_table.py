"""Turn the thesaurus into SKOS, with the words that are not meant and the links it proposes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from ontology.codes import r_codes, scheme_codes, sdg_labels, shipped_keys
from ontology.link_tables import Ground, add_link, ground
from ontology.namespaces import DCTERMS, KS, SKOS, XSD, reference_graph, scheme, sdg
from ontology.quads import QuadList
from ontology.tables import Row, TableForm, read_rows

THESAURUS = TableForm(
    "thesaurus",
    "id",
    ("id", "kind", "pref_de", "pref_en", "evidence"),
    (
        "alt_de",
        "alt_en",
        "hidden_de",
        "hidden_en",
        "not_meant_de",
        "not_meant_en",
        "broader",
        "related",
        "r_strategies",
        "fields",
        "instruments",
        "sdg_targets",
        "source",
        "eurovoc",
        "gemet",
        "shared_labels",
    ),
)

KINDS = ("actor", "instrument", "material", "place", "practice", "product", "sector", "topic")
LANGUAGES = ("de", "en")

_MATCHES = {
    "exact": SKOS.exactMatch,
    "close": SKOS.closeMatch,
    "broad": SKOS.broadMatch,
    "narrow": SKOS.narrowMatch,
}
_VOCABULARIES = {
    "eurovoc": ("http://eurovoc.europa.eu/", re.compile(r"(?:[1-9]\d*|c_[0-9a-f]+)")),
    "gemet": ("http://www.eionet.europa.eu/gemet/concept/", re.compile(r"[1-9]\d*")),
}
_WEIGHTED = re.compile(r"([^:]+?)(?::(0?\.\d+|0|1|1\.0+|0\.\d+))?")


def thesaurus_quads(text: str) -> QuadList:
    """Return the concepts, their labels and relations, and their links to SDG targets."""
    quads = QuadList(reference_graph(THESAURUS.name))
    quads.concept_scheme("thesaurus", "Thesaurus", "Thesaurus")
    rows = read_rows(THESAURUS, text)
    by_id = {row.text("id"): row for row in rows}
    _check_labels(rows)
    _check_both_languages(rows)
    _check_broader(by_id)
    if len(by_id) > 1:
        _check_orphans(by_id)
    for row in rows:
        _add_concept(quads, row, by_id)
    return quads


def _labels(row: Row, language: str) -> list[str]:
    return [
        label for column in ("pref", "alt", "hidden") for label in row.items(f"{column}_{language}")
    ]


def _same(label: str) -> str:
    return " ".join(label.casefold().split())


def _check_labels(rows: list[Row]) -> None:
    for language in LANGUAGES:
        owners: dict[str, Row] = {}
        for row in rows:
            shared = {_same(label) for label, _, _ in _shared(row)}
            for label in _labels(row, language):
                owner = owners.setdefault(_same(label), row)
                if owner is not row and _same(label) not in shared:
                    raise row.error(
                        "label-on-two-concepts",
                        f"pref_{language}",
                        f"'{label}' also stands at '{owner.text('id')}' (row {owner.number})",
                        "Keep the label on one of the two concepts only, or give the reason in"
                        " 'shared_labels' as: label = Grund | reason.",
                    )
        for row in rows:
            _check_not_meant(row, language)


def _check_not_meant(row: Row, language: str) -> None:
    own = {_same(label) for label in _labels(row, language)}
    for label in row.items(f"not_meant_{language}"):
        if _same(label) in own:
            raise row.error(
                "label-not-meant",
                f"not_meant_{language}",
                f"'{label}' is also a label of the same concept",
                "Remove it from one of the two columns.",
            )


def _shared(row: Row) -> list[tuple[str, str, str]]:
    """Return the labels that another concept has too, with the reason in German and English."""
    found: list[tuple[str, str, str]] = []
    for part in row.items("shared_labels"):
        label, sign, reason = part.partition("=")
        german, bar, english = reason.partition("|")
        if not (sign and bar and label.strip() and german.strip() and english.strip()):
            raise row.error(
                "shared-label-without-reason",
                "shared_labels",
                f"'{part}' names no reason in both languages",
                "Write it as: label = Grund | reason.",
            )
        found.append((label.strip(), german.strip(), english.strip()))
    return found


def _check_both_languages(rows: list[Row]) -> None:
    for row in rows:
        for one, other in (("de", "en"), ("en", "de")):
            if row.items(f"alt_{one}") and not row.items(f"alt_{other}"):
                raise row.error(
                    "empty-cell",
                    f"alt_{other}",
                    "the concept has alternative labels in the other language only",
                    "Enter at least one in this language too.",
                )


def _check_orphans(by_id: Mapping[str, Row]) -> None:
    tied = {
        code
        for row in by_id.values()
        for column in ("broader", "related")
        for code in row.items(column)
    }
    for code, row in by_id.items():
        if code not in tied and not row.items("broader") and not row.items("related"):
            raise row.error(
                "orphan-concept",
                "broader",
                "no other concept is broader, narrower or related",
                "Enter the concept above it, or a related one.",
            )


def _check_broader(by_id: Mapping[str, Row]) -> None:
    finished: set[str] = set()

    def visit(code: str, path: tuple[str, ...]) -> None:
        if code in path:
            raise by_id[code].error(
                "broader-cycle",
                "broader",
                "the concept is broader than itself: " + " > ".join((*path, code)),
                "Remove one of these relations.",
            )
        if code in finished:
            return
        for parent in by_id[code].choices("broader", by_id):
            visit(parent, (*path, code))
        finished.add(code)

    for code in by_id:
        visit(code, ())


def _add_concept(quads: QuadList, row: Row, by_id: Mapping[str, Row]) -> None:
    subject = quads.concept("thesaurus", row.text("id"), KS.ThesaurusConcept)
    quads.string(subject, DCTERMS.type, row.choice("kind", KINDS))
    quads.label(subject, row.text("pref_de"), row.text("pref_en"))
    for language in LANGUAGES:
        for column, term in (
            ("alt", SKOS.altLabel),
            ("hidden", SKOS.hiddenLabel),
            ("not_meant", KS.notMeantLabel),
        ):
            for label in row.items(f"{column}_{language}"):
                quads.text(subject, term, label, language)
    for parent in row.items("broader"):
        quads.iri(subject, SKOS.broader, scheme("thesaurus", parent))
        quads.iri(scheme("thesaurus", parent), SKOS.narrower, subject)
    if not row.items("broader"):
        quads.iri(subject, SKOS.topConceptOf, scheme("thesaurus"))
    for other in row.choices("related", by_id):
        quads.iri(subject, SKOS.related, scheme("thesaurus", other))
        quads.iri(scheme("thesaurus", other), SKOS.related, subject)
    for code in r_codes(row, "r_strategies"):
        quads.iri(subject, KS.typicalRStrategy, scheme("r-strategy", code))
    for code in row.choices("fields", scheme_codes("value-chain")):
        quads.iri(subject, KS.typicalValueChain, scheme("value-chain", code))
    for code in row.choices("instruments", shipped_keys("instruments")):
        quads.iri(subject, SKOS.relatedMatch, scheme("instrument", code))
    for label, german, english in _shared(row):
        quads.both(
            subject,
            SKOS.editorialNote,
            f"Die Bezeichnung „{label}“ steht auch bei einem anderen Begriff: {german}",
            f'The label "{label}" stands with another concept too: {english}',
        )
    for column in _VOCABULARIES:
        for predicate, match in _matches(row, column):
            quads.iri(subject, predicate, match)
    reason = ground(row, "evidence", "", "")
    quads.ground(subject, reason.evidence, reason.source)
    for code, weight in _targets(row):
        node = add_link(
            quads, f"thesaurus-{row.text('id')}-{code}", subject, code, _reason(row, reason, code)
        )
        if weight:
            quads.add(node, KS.confidence, Literal(weight, datatype=NamedNode(XSD.decimal)))


def _matches(row: Row, column: str) -> list[tuple[str, str]]:
    """Return the concepts of another thesaurus with how they match."""
    base, number = _VOCABULARIES[column]
    found: list[tuple[str, str]] = []
    for part in row.items(column):
        relation, _, code = part.partition(":")
        if relation not in _MATCHES or number.fullmatch(code) is None:
            raise row.error(
                "bad-match",
                column,
                f"'{part}' is no match of the form exact:1158",
                f"Write one of {', '.join(_MATCHES)}, a colon and the number in {base}.",
            )
        found.append((_MATCHES[relation], base + code))
    return found


def _targets(row: Row) -> list[tuple[str, str]]:
    targets: list[tuple[str, str]] = []
    for part in row.items("sdg_targets"):
        match = _WEIGHTED.fullmatch(part)
        if match is None:
            raise row.error(
                "bad-number",
                "sdg_targets",
                f"the weight in '{part}' is not a number from 0 to 1",
                "Write a code and a weight such as 12.5:0.7.",
            )
        code, weight = match[1].strip(), match[2] or ""
        if code not in sdg_labels():
            raise row.error(
                "unknown-sdg",
                "sdg_targets",
                f"'{code}' is no SDG goal or target",
                "Use a code such as 12.5, with a weight such as 12.5:0.7.",
            )
        targets.append((code, weight))
    return targets


def _reason(row: Row, reason: Ground, code: str) -> Ground:
    """Return the ground of one link: an SDG's own text speaks for that SDG only."""
    labels, target = (row.text("pref_de"), row.text("pref_en")), sdg_labels()[code]
    if reason.evidence == "official" and reason.source == sdg(code):
        return Ground(
            reason.evidence,
            reason.source,
            f"Das SDG {code} ({target[0]}) nennt den Begriff „{labels[0]}“ selbst.",
            f'SDG {code} ({target[1]}) names the concept "{labels[1]}" itself.',
        )
    evidence, source = reason.evidence, reason.source
    if source is not None and source.startswith(sdg("")):
        evidence, source = "expert", None
    return Ground(
        evidence,
        source,
        f"Der Thesaurus ordnet „{labels[0]}“ dem SDG {code} ({target[0]}) zu.",
        f'The thesaurus assigns "{labels[1]}" to SDG {code} ({target[1]}).',
    )
