"""Link measures and goals to the thesaurus concepts their texts name, on demand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.dataset import DERIVED, Dataset, Draft, Generation
from kg.embedded import EmbeddedStore
from kg.errors import NoDataset
from kg.fit.aims import read_aims
from kg.fit.known import read_measures
from kg.matching import thesaurus_file
from kg.matching.annotate import Annotator
from kg.matching.text import normalise
from kg.matching.thesaurus import Thesaurus
from kg.store import Store
from ontology.namespaces import KS, PROPOSED_GRAPH
from ontology.reference import reference_quads

_MENTIONS = NamedNode(KS.mentionsConcept)
_PROPOSED = NamedNode(PROPOSED_GRAPH)


@dataclass(frozen=True, slots=True)
class Linked:
    """Tell which generation readers have now and how many links of this kind it holds."""

    generation: Generation
    elements: int
    mentions: int


def mention_quads(store: Store, thesaurus: Thesaurus) -> list[Quad]:
    """Return `ks:mentionsConcept` of all measures and goals of concepts, sorted.

    What a text denies is not linked. The same store and thesaurus give the same statements.
    """
    annotator = Annotator(thesaurus)
    texts = [(measure.iri, measure.text) for measure in read_measures(store)]
    texts += [
        (aim.iri, "\n\n".join(aim.german or aim.english))
        for aim in read_aims(store)
        if aim.kind == "concept-goal"
    ]
    pairs = {
        (iri, mention.concept)
        for iri, text in texts
        for mention in annotator.annotate(normalise(text))
        if not mention.denied
    }
    return [
        Quad(NamedNode(element), _MENTIONS, NamedNode(concept), _PROPOSED)
        for element, concept in sorted(pairs)
    ]


def has_mentions(store: Store) -> bool:
    """Tell whether a store holds such links; a load then renews them."""
    return store.ask(f"ASK {{ GRAPH {_PROPOSED} {{ ?element {_MENTIONS} ?concept }} }}")


def link_mentions(dataset: Dataset) -> Linked:
    """Publish a generation whose proposals hold the links; nothing changes if they are there.

    Raises:
        NoDataset: nothing was built yet.
    """
    with dataset.next_draft() as draft:
        thesaurus = _thesaurus_of(draft.earlier, draft.store)
        return _published(dataset, draft, mention_quads(draft.store, thesaurus))


def unlink_mentions(dataset: Dataset) -> Linked:
    """Publish a generation without the links; the other proposals stay.

    Raises:
        NoDataset: nothing was built yet.
    """
    with dataset.next_draft() as draft:
        return _published(dataset, draft, [])


def thesaurus_in(dataset: Dataset) -> Thesaurus:
    """Return the thesaurus of the current generation, or the shipped one where none was built."""
    try:
        generation = dataset.current()
    except NoDataset:
        return Thesaurus.read(EmbeddedStore.in_memory(reference_quads("thesaurus")))
    kept = thesaurus_file.of_bytes(generation.file(thesaurus_file.NAME))
    return kept or Thesaurus.read(generation.open())


def _thesaurus_of(generation: Generation | None, store: Store) -> Thesaurus:
    file = generation.file(thesaurus_file.NAME) if generation else None
    return thesaurus_file.of_bytes(file) or Thesaurus.read(store)


def _published(dataset: Dataset, draft: Draft, mentions: Iterable[Quad]) -> Linked:
    """Publish the draft with all that was derived before and these links in place of the old."""
    wanted = list(mentions)
    earlier = draft.earlier
    if earlier is not None:
        store = earlier.open()
        for graph in DERIVED:
            draft.store.put_graph(graph, store.graph(graph))
        draft.rules = earlier.rules
        content = earlier.file(thesaurus_file.NAME)
        if content is not None:
            draft.files[thesaurus_file.NAME] = content
    other = [quad for quad in draft.store.graph(PROPOSED_GRAPH) if quad.predicate != _MENTIONS]
    draft.store.put_graph(PROPOSED_GRAPH, [*other, *wanted])
    elements = len({quad.subject for quad in wanted})
    return Linked(dataset.publish(draft), elements, len(wanted))
