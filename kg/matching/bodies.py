"""Tell whose goals a measure is to be held against: its own city's before those of other bodies.

A council has adopted the goals of its own concepts; goals of another city bind nobody here, and
goals of bodies above the cities (a state, an association) are a frame. This order and the factors
are rules of ours, not fitted figures; they count only when it is known whose measure it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

# What is left of the probability of a goal of the own city, of a body above, of another city.
FACTORS: Final = (1.0, 0.5, 0.05)
_NAME = re.compile(r"[A-ZÄÖÜ][\w-]{3,}")


class Bodies:
    """Know which goals belong to which city; goals of bodies above the cities belong to ""."""

    def __init__(self, owners: Sequence[str]) -> None:
        self._owners = np.array(owners, dtype=object)
        self.cities: tuple[str, ...] = tuple(sorted({owner for owner in owners if owner}))

    def ranks(self, city: str, places: NDArray[np.intp] | None = None) -> NDArray[np.intp]:
        """Return for each goal 0 if it is the city's own, 1 for a body above, 2 for another city.

        An unknown city makes no difference, and neither does one without goals of its own.
        `places` asks for some of the goals only.
        """
        owners = self._owners if places is None else self._owners[places]
        if city not in self.cities:
            return np.zeros(len(owners), dtype=np.intp)
        above = np.where(owners == "", 1, 2)
        return np.asarray(np.where(owners == city, 0, above), dtype=np.intp)

    def named_in(self, text: str) -> str:
        """Return the one city that a text names, "" when it names none or several.

        >>> Bodies(["Münster", "Hamburg"]).named_in("Die Stadtwerke Münster bauen aus.")
        'Münster'
        """
        words = set(_NAME.findall(text))
        found = [city for city in self.cities if set(_NAME.findall(city)) & words]
        return found[0] if len(found) == 1 else ""
