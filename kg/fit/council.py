"""Write what a check found as text for a council paper, for a person to check and to finish.

The text says nothing that the report does not: likelihoods in words, proposals as proposals, and
plainly when nothing fits. The same report gives the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.fit.evidence import quoted
from kg.fit.report import AimRef, Evidence, FitReport, Verdict, likelihood
from kg.fit.rungs import higher_rungs, named_rungs
from kg.fit.sentence import HOW, aim_name, name_of, sentence_of
from kg.language import Text
from ontology.terms import BASE

MOST_NAMED: Final = 5
_HEADINGS: Final[Mapping[str, Text]] = {
    "goals": Text("Bezug zu kommunalen Konzepten", "Relation to municipal concepts"),
    "sdgs": Text("Bezug zu Nachhaltigkeitszielen (SDG)", "Relation to the SDGs"),
    "frameworks": Text("Bezug zu Zielen von Bund und EU", "Relation to federal and EU aims"),
    "reasons": Text("Begründung", "Reasons"),
    "conflicts": Text("Mögliche Zielkonflikte", "Possible conflicts"),
    "alternatives": Text("Betrachtete Alternativen", "Alternatives considered"),
    "missing": Text("Noch zu ergänzen", "Still to be added"),
    "review": Text("Stand der Prüfung", "State of review"),
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold one paragraph with its heading: sentences, then points."""

    heading: str
    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CouncilText:
    """Hold the text: a note on what it is, the answer, paragraphs, and the sources named."""

    title: str
    note: str
    answer: str
    paragraphs: tuple[Paragraph, ...]
    sources_heading: str
    sources: tuple[str, ...]

    def as_plain(self) -> str:
        """Return the whole as plain text, to be pasted into a paper."""
        parts = [self.title, self.note, self.answer]
        listed = [(part.heading, part.text, part.points) for part in self.paragraphs]
        for heading, text, points in (*listed, (self.sources_heading, "", self.sources)):
            if text or points:
                start = f"{heading}: {text}".rstrip()
                parts.append("\n".join([start, *(f"- {point}" for point in points)]))
        return "\n\n".join(parts) + "\n"


def council_text(report: FitReport, city: str = "") -> CouncilText:
    """Return the text of a report in its language; `city` is the municipality's name."""
    return _Writer(report).written(city)


class _Writer:
    """Write the parts of one report's text."""

    def __init__(self, report: FitReport) -> None:
        self._report = report

    def written(self, city: str) -> CouncilText:
        report = self._report
        where = self._say(f" für {city}", f" for {city}") if city else ""
        goals = report.of("supports", "concept-goal")
        sdgs = [*report.of("supports", "sdg-target"), *report.of("supports", "sdg-goal")]
        written = {
            "goals": ("" if goals else self._no_goal(), self._related(goals)),
            "sdgs": ("" if sdgs else self._no_sdg(), self._related(sdgs)),
            "frameworks": ("", self._related(report.of("supports", "framework-aim"))),
            "reasons": ("", self._reasons()),
            "conflicts": (self._on_conflicts(), self._conflicts()),
            "alternatives": (" ".join([*self._rungs(), *self._similar()]), ()),
            "missing": (" ".join(gap.text for gap in report.missing), ()),
            "review": (self._review(), ()),
        }
        paragraphs = [
            Paragraph(_HEADINGS[key].in_language(report.language), text, tuple(points))
            for key, (text, points) in written.items()
        ]
        return CouncilText(
            title=self._say(
                f"Schnittstelle Kreislaufwirtschaft – Nachhaltigkeitsziele: {name_of(report)}",
                f"Circular economy and sustainability goals: {name_of(report)}",
            ),
            note=self._say(
                f"Entwurf, erzeugt aus dem Datenbestand{where} (Kennung {report.generation})."
                " Vor der Verwendung fachlich zu prüfen.",
                f"Draft, made from the dataset{where} (version {report.generation}). To be checked"
                " by a person before use.",
            ),
            answer=sentence_of(report),
            paragraphs=tuple(part for part in paragraphs if part.text or part.points),
            sources_heading=self._say("Quellen", "Sources"),
            sources=tuple(dict.fromkeys(self._sources())),
        )

    def _say(self, german: str, english: str) -> str:
        return Text(german, english).in_language(self._report.language)

    def _name(self, aim: AimRef) -> str:
        return quoted(aim_name(aim), self._report.language)

    def _no_goal(self) -> str:
        if not self._report.city:
            return self._say(
                "Ohne Angabe der Kommune wurden keine Ziele der Konzepte geprüft.",
                "Without a municipality no goals of concepts were checked.",
            )
        return self._say(
            "Ein Bezug zu einem Ziel der geladenen Konzepte lässt sich nicht belegen.",
            "No relation to a goal of the loaded concepts can be evidenced.",
        )

    def _no_sdg(self) -> str:
        return self._say(
            "Ein Bezug zu einem SDG oder SDG-Unterziel lässt sich nicht belegen.",
            "No relation to an SDG or SDG target can be evidenced.",
        )

    def _related(self, verdicts: Sequence[Verdict]) -> Iterator[str]:
        """Name the likeliest aims, each with how likely and how far reviewed the relation is."""
        for verdict in verdicts[:MOST_NAMED]:
            yield f"{self._with_document(verdict.aim)}: {self._how(verdict)}"
        if left := len(verdicts[MOST_NAMED:]):
            yield self._say(f"weitere Ziele: {left}", f"further aims: {left}")

    def _how(self, verdict: Verdict) -> str:
        how = HOW[likelihood(verdict.probability)].in_language(self._report.language)
        state = Text("Vorschlag", "proposal")
        if verdict.is_reviewed:
            state = Text("belegt", "documented")
        return f"{how}, {state.in_language(self._report.language)}"

    def _with_document(self, aim: AimRef) -> str:
        document = self._document(aim)
        return f"{self._name(aim)} ({document})" if document else self._name(aim)

    def _document(self, aim: AimRef) -> str:
        resolution = self._say("Beschluss", "resolution")
        told = [aim.concept, f"{resolution} {aim.resolution}" if aim.resolution else ""]
        return ", ".join(part for part in told if part)

    def _reasons(self) -> Iterator[str]:
        for kind in ("concept-goal", "sdg-target", "framework-aim"):
            for verdict in self._report.of("supports", kind)[:1]:
                if ground := _telling(verdict):
                    yield f"{self._name(verdict.aim)}: {ground.text}"

    def _on_conflicts(self) -> str:
        if not self._report.of("conflicts"):
            return self._say(
                "Hinweise auf einen Zielkonflikt wurden nicht gefunden; das schließt keinen aus.",
                "No hint at a conflict was found; that does not rule one out.",
            )
        return self._say(
            "Folgende Hinweise sind fachlich zu prüfen.", "The following hints have to be reviewed."
        )

    def _conflicts(self) -> Iterator[str]:
        found = self._report.of("conflicts")
        for verdict in found[:MOST_NAMED]:
            ground = _telling(verdict)
            reason = f": {ground.text}" if ground else ""
            yield f"{self._with_document(verdict.aim)}, {self._how(verdict)}{reason}"
        if left := len(found[MOST_NAMED:]):
            yield self._say(f"weitere Hinweise: {left}", f"further hints: {left}")

    def _rungs(self) -> Iterator[str]:
        """Say what the R-ladder offers above what is given; it is named, not judged."""
        if higher := higher_rungs(self._report):
            yield higher
        if named_rungs(self._report):
            return
        gaps = [gap for gap in self._report.missing if gap.field == "r_strategies"]
        near = ", ".join(item.label for gap in gaps for item in gap.suggestions)
        yield self._say("Eine R-Strategie ist nicht angegeben.", "No R-strategy is given.")
        if near:
            yield self._say(f"Der Text legt nahe: {near}.", f"The text suggests: {near}.")

    def _similar(self) -> Iterator[str]:
        starts = {
            "same": self._say("Vielleicht dieselbe Maßnahme", "Perhaps the same measure"),
            "elsewhere": self._say("Ähnliche Maßnahmen", "Similar measures"),
        }
        entries = self._report.duplicates
        for relation, start in starts.items():
            some = [entry for entry in entries if entry.relation == relation][:MOST_NAMED]
            named = ", ".join(
                quoted(f"{entry.number} {entry.label}".strip(), self._report.language)
                for entry in some
            )
            if some:
                yield f"{start}: {named}."
        if not entries:
            yield self._say(
                "Eine ähnliche Maßnahme ist im Datenbestand nicht bekannt.",
                "No similar measure is known in the dataset.",
            )

    def _review(self) -> str:
        told = [*self._report.of("supports"), *self._report.of("conflicts")]
        reviewed = sum(verdict.is_reviewed for verdict in told)
        proposed, silent = len(told) - reviewed, self._report.not_known_count
        return self._say(
            f"Von einem Dokument erklärt oder fachlich bestätigt: {reviewed}. Vorschläge, fachlich"
            f" noch nicht geprüft: {proposed}. Ziele, zu denen sich nichts sagen lässt: {silent}.",
            f"Declared by a document or confirmed by a person: {reviewed}. Proposals, not yet"
            f" reviewed: {proposed}. Aims about which nothing can be said: {silent}.",
        )

    def _sources(self) -> Iterator[str]:
        page = self._say("Seite", "page")
        for verdict in (*self._report.of("supports"), *self._report.of("conflicts")):
            aim = verdict.aim
            if aim.concept and aim.url:
                yield f"{self._document(aim)}: {aim.url}"
            for ground in verdict.evidence:
                source = ground.source or aim.concept
                if ground.page:
                    yield f"{source}, {page} {ground.page}"
                elif source == aim.iri:
                    yield f"{aim_name(aim)}: {source}"
                elif source.startswith(BASE):
                    yield self._say(f"Eintrag im Graphen: {source}", f"Entry in graph: {source}")
                elif ground.source and ground.source != aim.url:
                    yield source


def _telling(verdict: Verdict) -> Evidence | None:
    """Return the first ground that is more than nearness in meaning, else the first."""
    grounds = verdict.evidence
    return next((item for item in grounds if item.kind != "quote"), grounds[0] if grounds else None)
