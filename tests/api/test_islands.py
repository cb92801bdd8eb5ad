"""The scripts of the pages: bundled within their budgets, named by content, allowed by policy."""

from __future__ import annotations

import gzip
import json
from importlib import resources
from typing import get_args

import httpx
import pytest

from api.content_policy import CONTENT_SECURITY_POLICY, scripted_policy
from api.pages.islands import BUNDLES_PATH, Island

STATIC = resources.files("api").joinpath("static")
BUNDLES = resources.files("api").joinpath("static", "dist")
MANIFEST = json.loads(BUNDLES.joinpath("manifest.json").read_text("utf-8"))


def test_every_script_of_the_pages_is_bundled() -> None:
    assert set(MANIFEST) == set(get_args(Island))


def test_all_styles_together_are_small() -> None:
    sheets = [entry for entry in STATIC.iterdir() if entry.name.endswith(".css")]
    sizes = [len(gzip.compress(sheet.read_bytes())) for sheet in sheets]
    assert 0 < sum(sizes) <= 40_000


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_a_bundle_keeps_its_budget_and_may_be_kept_for_ever(
    client: httpx.Client, name: str
) -> None:
    answer = client.get(f"{BUNDLES_PATH}/{MANIFEST[name]['file']}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert len(gzip.compress(answer.content)) <= MANIFEST[name]["budget"]


def test_a_bundle_of_another_name_is_not_there_and_not_kept(client: httpx.Client) -> None:
    answer = client.get(f"{BUNDLES_PATH}/explorer-00000000.js")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_every_package_in_the_bundles_is_named_with_its_licence() -> None:
    notices = BUNDLES.joinpath("THIRD-PARTY-NOTICES.txt").read_text("utf-8")
    assert "Third-party software" in notices
    assert "GPL" not in notices


def test_a_page_with_a_script_allows_ours_and_no_other() -> None:
    rules = scripted_policy("abc").split("; ")
    assert "script-src 'self'" in rules
    assert "style-src 'self' 'nonce-abc'" in rules
    assert not [rule for rule in rules if "unsafe" in rule or "*" in rule or "http" in rule]
    assert "script-src" not in CONTENT_SECURITY_POLICY
