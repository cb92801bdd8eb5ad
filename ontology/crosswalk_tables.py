"""Turn crosswalks in SSSOM into reviewable statements, never into facts."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ontology.codes import scheme_codes
from ontology.crosswalk_ends import End, EndKind, ends
from ontology.crosswalk_files import Crosswalk, read_crosswalk
from ontology.errors import ReferenceTableError
from ontology.namespaces import (
    DCTERMS,
    KS,
    OWL,
    SEMAPV,
    SKOS,
    SSSOM,
    XSD,
    reference_graph,
    scheme,
)
from ontology.quads import QuadList
from ontology.tables import Row

_PREDICATES = {f"skos:{name}": iri for name, iri in SKOS.terms().items() if iri.endswith("Match")}
_JUSTIFICATIONS = {f"semapv:{name}": iri for name, iri in SEMAPV.terms().items()}
_DECIDED = frozenset({"confirmed", "rejected"})


def crosswalk_quads(name: str, text: str) -> QuadList:
    """Return the rows of a crosswalk as links, in the graph `graph/reference/{name}`.

    A row is a link with its reasons, whatever its status. The one exception are municipal
    indicators that a declared row says to be a UN indicator: these align with it.

    Args:
        name: Name of the table, such as `crosswalk-taxonomy-esrs`.
        text: The file's SSSOM/TSV.

    Raises:
        ReferenceTableError: The head or a cell is wrong.
    """
    crosswalk = read_crosswalk(name, text)
    quads = QuadList(reference_graph(name))
    mapping_set = _mapping_set(quads, crosswalk)
    places: dict[frozenset[str], int] = {}
    for row in crosswalk.rows:
        node = crosswalk.iri(row, "record_id")
        _check_node(row, node)
        subject, target = crosswalk.iri(row, "subject_id"), crosswalk.iri(row, "object_id")
        _check_pair(row, frozenset({subject, target}), places)
        quads.iri(mapping_set, SSSOM.mappings, node)
        _add_link(quads, row, node, (subject, target))
        _add_record(quads, row, node, (subject, target))
    return quads


def _mapping_set(quads: QuadList, crosswalk: Crosswalk) -> str:
    head = crosswalk.head
    node = scheme("crosswalk", crosswalk.name.removeprefix("crosswalk-"))
    if head["mapping_set_id"] != node:
        raise ReferenceTableError(
            "bad-header",
            "the address does not fit the file's name",
            f"Write {node}.",
            table=crosswalk.name,
            column="mapping_set_id",
            value=head["mapping_set_id"],
        )
    quads.types(node, SSSOM.MappingSet)
    title_de, title_en = head["mapping_set_title_de"], head["mapping_set_title"]
    quads.label(node, title_de, title_en)
    about_de, about_en = head["mapping_set_description_de"], head["mapping_set_description"]
    quads.both(node, DCTERMS.description, about_de, about_en)
    quads.iri(node, DCTERMS.license, head["license"])
    quads.string(node, OWL.versionInfo, head["mapping_set_version"])
    return node


def _check_node(row: Row, node: str) -> None:
    if not node.startswith(scheme("reference-link", "")):
        raise row.error(
            "unknown-code", "record_id", "this is no key of a link", "Write link: and a key."
        )


def _check_pair(row: Row, pair: frozenset[str], places: dict[frozenset[str], int]) -> None:
    if len(pair) == 1:
        raise row.error(
            "duplicate-id", "object_id", "both sides are the same thing", "Correct one side."
        )
    if pair in places:
        raise row.error(
            "duplicate-id",
            "object_id",
            f"row {places[pair]} already connects these two",
            "Keep one row for a pair, whichever side comes first.",
        )
    places[pair] = row.number


def _end(row: Row, column: str, iri: str) -> End:
    known = ends().get(iri)
    if known is None:
        raise row.error(
            "unknown-code",
            f"{column}_id",
            "there is no such thing in the graph",
            "Use an SDG, an aim, an R-strategy, an instrument type or an indicator that exists.",
        )
    for name, word in ((f"{column}_label_de", known.german), (f"{column}_label", known.english)):
        if row.text(name) != word:
            raise row.error("label-differs", name, "the label differs", f"Write '{word}'.")
    return known


def _add_link(quads: QuadList, row: Row, node: str, pair: tuple[str, str]) -> None:
    subject, target = pair
    kinds = _end(row, "subject", subject).kind, _end(row, "object", target).kind
    status = _status(row)
    match kinds:
        case (_, EndKind.AIM):
            quads.types(node, KS.ReferenceLink, SSSOM.Mapping)
            quads.iri(node, KS.linkSource, subject)
            quads.iri(node, KS.linkTarget, target)
        case (EndKind.INDICATOR, EndKind.UN_INDICATOR):
            # A UN indicator is no aim, so no reference link may end there.
            quads.types(node, KS.Link, SSSOM.Mapping)
            if status == "declared" and row.text("predicate_id") == "skos:exactMatch":
                quads.iri(subject, KS.alignsWithSdgIndicator, target)
        case _:
            raise row.error(
                "unknown-code",
                "object_id",
                "the object must be an aim, or a UN indicator for a municipal one",
                "Swap subject and object, and turn a broadMatch into a narrowMatch.",
            )
    quads.iri(node, KS.reviewStatus, scheme("review-status", status))
    quads.iri(node, KS.assessmentMethod, scheme("assessment-method", "crosswalk"))
    quads.ground(node, "official" if status == "declared" else "expert", row.url("source"))
    quads.both(node, KS.rationale, row.text("comment_de"), row.text("comment"))
    confidence = row.share("confidence")
    quads.add(node, KS.confidence, Literal(confidence, datatype=NamedNode(XSD.decimal)))
    if row.text("strength"):
        quads.integer(node, KS.strength, row.integer("strength", -3, 3))


def _status(row: Row) -> str:
    status = row.choice("review_status", scheme_codes("review-status"))
    if status == "declared" and not row.text("source"):
        raise row.error(
            "missing-source",
            "source",
            "a declared row needs the place where a public body says so",
            "Enter its address, or set review_status to 'proposed'.",
        )
    if status != "declared" and row.text("source"):
        raise row.error(
            "unknown-code",
            "source",
            "only a declared row has a source",
            "Set review_status to 'declared' if the source itself says so, or clear the cell.",
        )
    if status in _DECIDED and not row.text("reviewer_label"):
        raise row.error(
            "empty-cell", "reviewer_label", "a decided row needs its reviewer", "Enter who decided."
        )
    return status


def _add_record(quads: QuadList, row: Row, node: str, pair: tuple[str, str]) -> None:
    """State the row in the standard's own terms."""
    quads.iri(node, SSSOM.subject_id, pair[0])
    row.choice("predicate_id", _PREDICATES)
    quads.iri(node, SSSOM.predicate_id, _PREDICATES[row.text("predicate_id")])
    quads.iri(node, SSSOM.object_id, pair[1])
    row.choice("mapping_justification", _JUSTIFICATIONS)
    justification = _JUSTIFICATIONS[row.text("mapping_justification")]
    quads.iri(node, SSSOM.mapping_justification, justification)
    quads.string(node, SSSOM.author_label, row.text("author_label"))
    quads.string(node, SSSOM.reviewer_label, row.text("reviewer_label"))
    quads.day(node, SSSOM.mapping_date, row.day("mapping_date"))
