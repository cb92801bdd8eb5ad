"""Give vocabularies whose terms are declared attributes, so that a misspelt term is an error."""

from __future__ import annotations

from typing import ClassVar


class Namespace:
    """Give each annotated attribute of a subclass its IRI: the base plus the attribute's name.

    A term that is not declared is an `AttributeError` at run time and an error in the type check;
    a term cannot be assigned to, since instances have no place to store one.

    >>> class Example(Namespace, base="https://example.org/"):
    ...     __slots__ = ()
    ...     Thing: str
    >>> Example().Thing
    'https://example.org/Thing'
    """

    __slots__ = ()

    base: ClassVar[str]

    def __init_subclass__(cls, *, base: str) -> None:
        """Set the IRI of every declared term.

        Args:
            base: The IRI in front of each term's name.
        """
        super().__init_subclass__()
        cls.base = base
        for name in cls.__annotations__:
            setattr(cls, name, base + name)

    @classmethod
    def terms(cls) -> dict[str, str]:
        """Return the IRI of each declared term by its name, sorted by name."""
        return {name: getattr(cls, name) for name in sorted(cls.__annotations__)}
