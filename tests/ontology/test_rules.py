"""The rules turn accepted interfaces into support and hindrance, and nothing else."""

from __future__ import annotations

from importlib.resources import files

from pyoxigraph import RdfFormat, Store

EX = "https://w3id.org/kreislaufstadt/id/05999999/example/"


def _inferred(text: str) -> set[tuple[str, str, str]]:
    store = Store()
    store.load(text.encode(), format=RdfFormat.TURTLE)
    rules = sorted(
        (entry.name, entry.read_text(encoding="utf-8"))
        for entry in files("ontology").joinpath("rules").iterdir()
    )
    return {
        tuple(term.value.removeprefix(EX).rsplit("#", 1)[-1] for term in triple)
        for _, rule in rules
        for triple in store.query(rule)
    }


def test_confirmed_and_declared_interfaces_yield_statements_and_proposed_ones_do_not(
    example_text: str,
) -> None:
    assert _inferred(example_text) == {
        ("goal", "supportsAimDirectly", "http://metadata.un.org/sdg/12.5"),
        ("repair", "supportsAimDirectly", "carbon"),
        ("burn", "hindersAim", "http://metadata.un.org/sdg/12.5"),
    }


def test_rejection_undoes_what_the_document_declared(example_text: str) -> None:
    rejected = example_text + "ex:declared ks:reviewStatus status:rejected ."
    assert ("repair", "supportsAimDirectly", "carbon") not in _inferred(rejected)


def test_neutral_interface_yields_nothing(example_text: str) -> None:
    neutral = example_text.replace("ks:strength 3", "ks:strength 0")
    assert not any(subject == "goal" for subject, _, _ in _inferred(neutral))


def test_rules_say_what_they_do_in_both_languages() -> None:
    for entry in files("ontology").joinpath("rules").iterdir():
        text = entry.read_text(encoding="utf-8")
        for word in ("# title:", "# title-en:", "# question:", "# question-en:", "# parameters:"):
            assert word in text
