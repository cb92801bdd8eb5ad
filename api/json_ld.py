"""Write triples as compacted JSON-LD, with our prefixes in the document itself.

No document of ours refers to a remote context: a reader needs no second request, and our own
loader, which follows no address in a file, reads what we wrote. The whole context, for those who
write JSON-LD by hand, is at `/context.jsonld`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology.description import ontology_description
from ontology.namespaces import KS, PREFIXES, RDF, XSD

CONTEXT_PATH: Final = "/context.jsonld"
Json = str | dict[str, "Json"] | list["Json"]


def compacted(triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Return a JSON-LD 1.1 document; nodes and properties keep the order of the triples."""
    names = _Names(prefixes)
    nodes: dict[str, dict[str, list[Json]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        values = nodes[names.of(triple.subject)]
        if triple.predicate.value == RDF.type:
            values["@type"].append(names.of(triple.object))
        else:
            values[names.of(triple.predicate)].append(names.value_of(triple.object))
    listed: list[Json] = [
        {"@id": name, **{key: found[0] if len(found) == 1 else found for key, found in one.items()}}
        for name, one in nodes.items()
    ]
    body = {"@context": dict(sorted(names.used.items())), "@graph": listed}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


class _Names:
    """Shorten IRIs and remember which prefixes that took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # Longest first: one base may lie below another.
        self._prefixes = sorted(prefixes.items(), key=lambda pair: -len(pair[1]))
        self.used: dict[str, str] = {}

    def of(self, term: object) -> str:
        return self._short(term.value) if isinstance(term, NamedNode) else str(term)

    def value_of(self, term: object) -> Json:
        match term:
            case NamedNode() | BlankNode():
                return {"@id": self.of(term)}
            case Literal(language=str(tag)):
                return {"@language": tag, "@value": term.value}
            case Literal() if term.datatype.value == XSD.string:
                return term.value
            case Literal():
                return {"@type": self.of(term.datatype), "@value": term.value}
            case _:
                # A triple as a value has no place in JSON-LD 1.1.
                return str(term)

    def _short(self, iri: str) -> str:
        for prefix, base in self._prefixes:
            # What follows must not make an authority of it (JSON-LD 1.1, 5.2.2).
            if iri.startswith(base) and not iri.startswith("//", len(base)):
                self.used[prefix] = base
                return f"{prefix}:{iri[len(base) :]}"
        return iri


@cache
def context_document() -> bytes:
    """Return the context: our prefixes, and a plain name for each property of the ontology."""
    context: dict[str, Json] = {"@version": "", "id": "@id", "type": "@type", **PREFIXES}
    kinds = {"object_property": "@id"}
    for iri, term in sorted(ontology_description().terms.items()):
        if term.kind != "class" and iri.startswith(KS.base):
            name = iri.removeprefix(KS.base)
            coerced = kinds.get(term.kind)
            context[name] = {"@id": f"ks:{name}", "@type": coerced} if coerced else f"ks:{name}"
        elif iri.startswith(KS.base):
            context[iri.removeprefix(KS.base)] = f"ks:{iri.removeprefix(KS.base)}"
    text = json.dumps({"@context": context}, ensure_ascii=False, indent=1, sort_keys=True)
    # The version is a number, the only one in a context.
    return text.replace('"@version": ""', '"@version": 1.1').encode()
