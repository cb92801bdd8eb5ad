"""Hold the moves of one text with what follows from them for aims, each worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from kg.fit.direction import Direction, pulls_back, target_candidates
from kg.fit.polarity import Move, only_examines
from kg.fit.wants import Wants, against_aim, spoken
from kg.matching.thesaurus import Thesaurus


class Course:
    """Tell in which direction a text goes; many changes that are tried leave it as it is."""

    def __init__(
        self, moves: Sequence[Move], text: str, wants: Wants, thesaurus: Thesaurus
    ) -> None:
        self.moves: Final = tuple(moves)
        self.text: Final = text
        self._wants = wants
        self._thesaurus = thesaurus
        self._against: dict[str, Direction | None] = {}

    def with_moves(self, moves: Sequence[Move]) -> Course:
        """Return the course of the text with these of its moves."""
        if len(moves) == len(self.moves):
            return self
        return Course(moves, self.text, self._wants, self._thesaurus)

    @cached_property
    def concerned(self) -> frozenset[str]:
        """Return the SDG targets and the goals that the moves may concern."""
        return target_candidates(self.moves, self._thesaurus) | self._wants.concerned(
            self.moves, self._thesaurus
        )

    @cached_property
    def pulls_back(self) -> Move | None:
        """Return the first move against a wanted thing when no other acts for one."""
        return pulls_back(self.moves)

    @cached_property
    def only_examines(self) -> bool:
        """Tell whether all words of change of the text examine, plan or inform."""
        return only_examines(self.text, spoken(self.text))

    def against(self, iri: str) -> Direction | None:
        """Return the rule that holds between the moves and an aim they concern; None for none."""
        if iri not in self._against:
            self._against[iri] = against_aim(self.moves, iri, self._wants, self._thesaurus)
        return self._against[iri]
