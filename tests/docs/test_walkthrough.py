"""The walkthrough leads to pages that exist; every page has its picture in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from api.pages.paths import PATHS

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "walkthrough.md").read_text("utf-8")
# They show nothing without something to explain, or to who is not logged in.
WITHOUT_PICTURE = {"explanation", "take_over"}


def test_ten_questions_are_answered() -> None:
    assert [int(number) for number in re.findall(r"^## (\d+)\.", TEXT, re.MULTILINE)] == list(
        range(1, 11)
    )


def test_every_address_of_the_walkthrough_is_one_of_a_page() -> None:
    known = {path for paths in PATHS.values() for path in paths.values()}
    named = {urlsplit(link).path for link in re.findall(r"\]\((http://[^)]+)\)", TEXT)}
    assert named
    assert named <= known


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_has_a_picture(language: str) -> None:
    taken = {path.name for path in (DOCS / "screenshots").glob(f"*-{language}.png")}
    wanted = {f"{name}-{language}.png" for name in PATHS if name not in WITHOUT_PICTURE}
    assert wanted <= taken
