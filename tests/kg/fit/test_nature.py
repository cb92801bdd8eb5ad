"""Goals that only share a target with a measure count less when they are of another nature."""

from __future__ import annotations

import pytest

from kg.fit.nature import OTHER_NATURE, Nature, kinship, nature
from ontology.namespaces import scheme


def of(codes: str, fields: str = "") -> Nature:
    return nature(
        (scheme("r-strategy", code) for code in codes.split()),
        (scheme("value-chain", field) for field in fields.split()),
    )


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        pytest.param(of("R4"), of("R0"), 1.0, id="repair and refusal both prevent"),
        pytest.param(of("R4"), of("R8"), OTHER_NATURE, id="repair is no recycling"),
        pytest.param(of("R4 R8"), of("R8"), 1.0, id="one common side is enough"),
        pytest.param(of(""), of("R8"), 1.0, id="an unknown side sets nothing apart"),
        pytest.param(of("", "bau"), of("", "elektro"), OTHER_NATURE, id="other field"),
        pytest.param(of("", "bau quer"), of("", "quer"), 1.0, id="cross-cutting is no field"),
        pytest.param(of("R4", "bau"), of("R9", "gruen"), OTHER_NATURE**2, id="both differ"),
    ],
)
def test_kinship(one: Nature, other: Nature, factor: float) -> None:
    assert kinship(one, other) == pytest.approx(factor)
    assert kinship(other, one) == pytest.approx(factor)
