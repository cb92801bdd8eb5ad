"""Draw what surrounds a thing as one offline HTML file, the same relations in a table below."""

from __future__ import annotations

from html import escape
from textwrap import fill

from kg.language import Language
from kg.store import Store
from visualisations.layout import positions
from visualisations.looks import SHAPES, look_of
from visualisations.neighbourhood import Edge, Neighbourhood, Node, neighbourhood
from visualisations.pyvis_page import Dot, Line, network_markup

_TEXTS: dict[Language, dict[str, str]] = {
    "de": {
        "title": "Umfeld von »{}«",
        "summary": "{} Dinge und {} Beziehungen im Umkreis. Gestrichelte Linien sind Vorschläge,"
        " die noch niemand geprüft hat. Ziehen verschiebt, Scrollen vergrößert.",
        "left_out": "{} weitere Nachbarn sind der Lesbarkeit halber nicht gezeichnet.",
        "legend": "Legende",
        "relations": "Alle gezeichneten Beziehungen als Tabelle",
        "from": "Von",
        "relation": "Beziehung",
        "to": "Nach",
        "state": "Stand",
        "open": "Vorschlag, ungeprüft",
        "kept": "steht im Datenbestand",
        "picture": "Netzbild; die Tabelle darunter enthält dieselben Beziehungen.",
    },
    "en": {
        "title": "Around “{}”",
        "summary": "{} things and {} relations nearby. Dashed lines are proposals that nobody has"
        " reviewed yet. Drag to move, scroll to zoom.",
        "left_out": "{} more neighbours are not drawn, to keep it readable.",
        "legend": "Legend",
        "relations": "All drawn relations as a table",
        "from": "From",
        "relation": "Relation",
        "to": "To",
        "state": "State",
        "open": "proposal, not reviewed",
        "kept": "stands in the dataset",
        "picture": "Network picture; the table below holds the same relations.",
    },
}

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:1rem;color:#1c2430;background:#fff}
h1{font-size:1.4rem;margin:.2rem 0}h2{font-size:1.1rem}
ul.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem}
#mynetwork{float:none!important}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #c9ced6;vertical-align:top}
"""

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)


def graph_html(
    store: Store, around: str, language: Language, *, depth: int = 2, limit: int = 45
) -> str:
    """Return one HTML document with the picture around an IRI; it makes no request of any kind.

    Raises:
        UnknownIri: the store says nothing about the IRI.
    """
    return _document(neighbourhood(store, around, language, depth=depth, limit=limit), language)


def _document(part: Neighbourhood, language: Language) -> str:
    texts = _TEXTS[language]
    place = positions(
        [node.iri for node in part.nodes], [(edge.source, edge.target) for edge in part.edges]
    )
    head, drawing = network_markup(
        [_dot(node, place[node.iri]) for node in part.nodes],
        [Line(edge.source, edge.target, edge.label, edge.open) for edge in part.edges],
    )
    title = escape(texts["title"].format(part.centre.label))
    summary = texts["summary"].format(len(part.nodes), len(part.edges))
    if part.left_out:
        summary += " " + texts["left_out"].format(part.left_out)
    labels = {node.iri: node.label for node in part.nodes}
    rows = "".join(_row(edge, labels, texts) for edge in part.edges)
    headings = "".join(
        f'<th scope="col">{texts[key]}</th>' for key in ("from", "relation", "to", "state")
    )
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}</title>{head}<style>{_STYLE}</style></head>\n"
        f"<body><main><h1>{title}</h1><p>{summary}</p>"
        f"<h2>{texts['legend']}</h2>{_legend(part)}"
        f'<div role="img" aria-label="{texts["picture"]}">{drawing}</div>'
        f"<h2>{texts['relations']}</h2>"
        f"<table><caption>{title}</caption><thead><tr>{headings}</tr></thead>"
        f"<tbody>{rows}</tbody></table></main></body></html>\n"
    )


def _dot(node: Node, position: tuple[float, float]) -> Dot:
    look = look_of(node.kind)
    size = (26, 16, 11)[min(node.distance, 2)]
    label = fill(node.label, 22, max_lines=3, placeholder=" …", break_long_words=False)
    return Dot(node.iri, label, look.shape, look.colour, position, size)


def _legend(part: Neighbourhood) -> str:
    kinds = {node.kind_label: look_of(node.kind) for node in part.nodes}
    items = "".join(
        f'<li><svg width="16" height="16" aria-hidden="true"><polygon points="{SHAPES[look.shape]}"'
        f' fill="{look.colour}"/></svg> {escape(label)}</li>'
        for label, look in sorted(kinds.items(), key=lambda pair: pair[0])
    )
    return f'<ul class="legend">{items}</ul>'


def _row(edge: Edge, labels: dict[str, str], texts: dict[str, str]) -> str:
    cells = (
        labels[edge.source],
        edge.label,
        labels[edge.target],
        texts["open" if edge.open else "kept"],
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
