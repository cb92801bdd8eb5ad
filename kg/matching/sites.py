"""Find the buildings that a text speaks of as one certain building, though it names none."""

from __future__ import annotations

import re
from typing import Final

from kg.language import Language
from kg.matching.places import Names

_SITE: Final = re.compile(
    r"\b(?:am|im|beim|zum|vom|dem|des|der|das|die|den|einer|einem|eines|[Aa]m|[Ii]m|[Dd]as|[Dd]ie)"
    r"\s+(?:[A-ZÄÖÜ]?[a-zäöüß]+(?:en|es|er|e)\s+)?(?P<site>[A-ZÄÖÜ][a-zäöüß]+)"
)
_BUILDING: Final = re.compile(
    r"\w*(?:schule|gymnasium|haus|halle|bad|amt|wache|bücherei|bibliothek|bahnhof|werk|werkhof"
    r"|bauhof|kirche|museum|theater|rathaus|krankenhaus|klinikum|fabrik|brauerei|schloss|turm"
    r"|universität|kaserne|kasernengelände|stadion|zentrum|depot|hafen|zoo|friedhof|flughafen"
    r"|messe|mühle|markt|archiv|gelände|garten|wiese|laden|heim|hof|saal|stadtpark|spielplatz|areal)"
)
_BUILDING_EN: Final = re.compile(
    r"\bthe\s+(?:\w+\s+)?(?P<site>library|town hall|fire station|police station|museum|theatre"
    r"|stadium|hospital|swimming pool|depot|church|cathedral|university|market hall|airport"
    r"|cemetery|zoo|harbour|central station|sports hall)\b",
    re.IGNORECASE,
)


def sites(text: str, names: Names, language: Language) -> Names:
    """Return the kinds of building with their words; those of proper names are left out.

    >>> sites("Wärmepumpe für die Stadthalle", {}, "de")
    {'stadthalle': 'Stadthalle'}
    """
    found: Names = {}
    if language == "en":
        for match in _BUILDING_EN.finditer(text):
            found[match["site"].casefold()] = match["site"]
        return found
    for match in _SITE.finditer(text):
        word = match["site"].casefold().replace("ß", "ss")
        for ending in ("", "es", "s"):
            bare = word[: len(word) - len(ending)] if word.endswith(ending) else ""
            if bare and _BUILDING.fullmatch(bare):
                if bare not in names:
                    found[bare] = match["site"]
                break
    return found
