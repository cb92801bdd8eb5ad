"""Name why a graph cannot be written through the service."""

from __future__ import annotations

from kg.errors.base import UserError
from kg.language import Text


class GraphProtected(UserError):
    """Name a graph that nobody writes by hand and say how what it states is changed."""

    code = "graph-protected"

    def __init__(self, graph: str, way: Text) -> None:
        super().__init__(
            Text(
                f"{graph} lässt sich hier nicht ändern. {way.de}",
                f"{graph} cannot be changed here. {way.en}",
            )
        )
        self.graph = graph


class GraphNotNamed(UserError):
    """Say that a change has to name the graph it is for."""

    code = "graph-not-named"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Der Standardgraph ist die Vereinigung aller Graphen; hineinschreiben, leeren oder"
                " ersetzen lässt er sich nicht. Bitte den Graphen nennen, zum Beispiel mit"
                " GRAPH <…/graph/source/{AGS}/{Name}> { … }.",
                "The default graph is the union of all graphs; nothing is written into it, and it"
                " is neither cleared nor replaced. Please name the graph, for example with"
                " GRAPH <…/graph/source/{AGS}/{name}> { … }.",
            )
        )


class GraphChanged(UserError):
    """Say that a graph is not any more what the writer had seen."""

    code = "graph-changed"

    def __init__(self, graph: str) -> None:
        super().__init__(
            Text(
                f"{graph} ist inzwischen anders als im angegebenen Stand (If-Match)."
                " Bitte neu lesen, die Änderung übertragen und noch einmal senden.",
                f"{graph} is not in the given state (If-Match) any more."
                " Please read it again, carry your change over and send it once more.",
            )
        )
        self.graph = graph


class BadRdf(UserError):
    """Say where a body stops being RDF of its kind."""

    code = "bad-rdf"

    def __init__(self, reason: Text, line: int | None = None, column: int | None = None) -> None:
        super().__init__(Text(f"Der Inhalt {reason.de}", f"The content {reason.en}"))
        self.line = line
        self.column = column
