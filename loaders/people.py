"""Take personal data out of texts: names of single persons, telephone numbers, mail addresses."""

from __future__ import annotations

import re

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(
    r"\b(?:Tel(?:efon)?|Fon|Phone|Mobil|Fax|Durchwahl)\b\.?(?:-?Nr\.?)?\s*:?\s*\+?[\d(][\d\s/()+–-]{2,}\d"
    r"|(?<![\w/.,-])(?:\+49|0049)[\s\d/()–-]{6,}\d"
    r"|(?<![\w/.,-])0[1-9]\d{1,4}\s?[/–-]\s?\d[\d\s]{4,}(?:-\d+)?"
)
_NAME = r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
_ADDRESSED = re.compile(
    rf"\b(?:(?:Herrn?|Frau|Mrs?\.|Ms\.)\s+(?:(?:Prof|Dr|Dipl)\.(?:-\w+\.?)?\s*)*(?:{_NAME}\s+)?{_NAME}"
    rf"|(?:(?:Prof|Dr|Dipl)\.(?:-\w+\.?)?\s*)+(?:{_NAME}|[A-ZÄÖÜ]\.)\s+{_NAME})"
)
_FIRST_NAMES_WORDS = """
alexander alexandra andrea andreas angela anja anke anna anne annette antje astrid barbara
bernd bernhard bettina birgit björn brigitte britta carina carla carmen carsten charlotte
christa christian christiane christina christine christoph claudia claus cornelia daniel
daniela david denise dennis detlef diana dieter dirk dominik doris edith elena elisabeth elke
ellen emma erik eva fabian felix florian frank franz franziska frauke friederike georg gerd
gerhard gisela gudrun günter hannah hanna hans harald heike heiko heinz helga helmut henning
henrik hendrik herbert hilde holger horst inge ingo ingrid ines irene iris jan jana janina
jasmin jens jessica joachim jochen johanna johannes jonas jörg josef judith julia julian
jürgen jutta kai karin karl karsten katharina kathrin katja katrin kerstin kirsten klaus klara
kristina lars laura lea lena leon lisa lothar ludwig lukas luisa lutz maike manfred manuela
marc marcel marco marcus maren margit maria marie marion mark markus marlene martin martina
mathias matthias max maximilian melanie michael michaela miriam monika moritz nadine nadja
natalie nicole nils nina nora norbert olaf oliver otto patrick paul paula peter petra philipp
rainer ralf ralph regina reinhard renate rené robert roland rolf rudolf rüdiger sabine sabrina
sandra sarah sascha sebastian silke silvia simon simone sofia sonja sophie stefan stefanie
steffen stephan stephanie susanne svenja sven sylvia tanja tatjana thomas thorsten tim timo
tobias torsten udo ulf ulrich ulrike ursula ute uwe vanessa vera verena volker walter werner
wilhelm wolfgang yvonne
"""
_FIRST_NAMES = frozenset(_FIRST_NAMES_WORDS.split())
_TWO_WORDS = re.compile(rf"({_NAME})\s+(?:[A-ZÄÖÜ]\.\s+)?(?:von\s+|zu\s+|van\s+)?({_NAME})")
_TURNED = re.compile(rf"({_NAME}),\s*({_NAME})")
_LEFT_OUT = "[…]"


def without_contacts(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without contact data and addressed persons, and what kinds were there.

    >>> without_contacts("Amt 61, Frau Muster, Tel. 0251 123456")
    ('Amt 61, […], […]', ('phone', 'person'))
    """
    kinds = []
    for kind, pattern in (("mail", _MAIL), ("phone", _PHONE), ("person", _ADDRESSED)):
        text, count = pattern.subn(_LEFT_OUT, text)
        if count:
            kinds.append(kind)
    return text, tuple(kinds)


def is_person(name: str) -> bool:
    """Tell whether a name is that of a single person, by form of address or a common first name.

    >>> is_person("Anna Muster"), is_person("Muster, Anna"), is_person("Stadtwerke Münster")
    (True, True, False)
    """
    plain = name.strip()
    if _ADDRESSED.fullmatch(plain) is not None:
        return True
    straight, turned = _TWO_WORDS.fullmatch(plain), _TURNED.fullmatch(plain)
    first = straight[1] if straight is not None else turned[2] if turned is not None else ""
    return first.lower().split("-")[0] in _FIRST_NAMES


def is_left_out(name: str) -> bool:
    """Tell whether nothing but removed personal data is left of a name."""
    return not re.sub(r"[\W_]", "", name.replace(_LEFT_OUT, ""))
