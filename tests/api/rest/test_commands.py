"""The curl lines of the document and of the page about the interface do what they say."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.api.town import RunningServer

LIST = b"Nr.;Titel\n1;Lastenrad\n"
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "api.md"
LINES = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("curl ")]


def _run(client: httpx.Client, command: str) -> httpx.Response:
    """Send what curl would send for the few options that are used."""
    words = iter(shlex.split(command)[1:])
    headers: dict[str, str] = {}
    fields: dict[str, tuple[str | None, bytes | str]] = {}
    body, path, method = None, "", ""
    for word in words:
        match word:
            case "-s":
                pass
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-d" | "--data-binary":
                body = next(words).encode()
            case "-F":
                name, _, value = next(words).partition("=")
                fields[name] = (value[1:], LIST) if value.startswith("@") else (None, value)
            case "-X":
                method = next(words)
            case "-o":
                next(words)
            case _:
                address = urlsplit(word)
                path = f"{address.path}?{address.query}"
    if not method:
        method = "GET" if body is None and not fields else "POST"
    sent = {name: value.encode() for name, value in headers.items()}
    return client.request(method, path, headers=sent, content=body, files=fields or None)


@pytest.mark.parametrize("command", LINES)
def test_a_command_of_the_document_is_answered(rest: httpx.Client, command: str) -> None:
    answer = _run(rest, command)
    assert answer.status_code == 200, answer.text


def test_the_document_has_commands() -> None:
    assert len(LINES) > 5


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_command_of_the_page_is_answered(
    rest: httpx.Client, rest_server: RunningServer, language: str
) -> None:
    page = rest.get(f"/{language}/api").text
    blocks = [html.unescape(block) for block in re.findall(r"<code>(curl .*?)</code>", page, re.S)]
    assert len(blocks) > 15
    assert all(rest_server.url in block for block in blocks)
    failed = [block for block in blocks if _run(rest, block).status_code != _expected(block)]
    assert failed == []


def _expected(command: str) -> int:
    # The token is left to the reader, so it is unknown; the link is one of the example city.
    if "Authorization: " in command:
        return 401
    return 404 if "/reviews/history" in command else 200


def test_the_page_shows_every_operation_of_the_document(rest: httpx.Client) -> None:
    page = rest.get("/de/api").text
    document = rest.get("/api/v1/openapi.json").json()
    names = [o["operationId"] for item in document["paths"].values() for o in item.values()]
    assert [name for name in names if f'<h3 id="{name}">' not in page] == []


def test_tables_of_the_page_have_captions_and_headings(rest: httpx.Client) -> None:
    page = rest.get("/en/api").text
    assert page.count("<table>") == page.count("<caption>") == page.count("<thead>")


def test_the_start_page_leads_to_the_page(rest: httpx.Client) -> None:
    assert 'href="/en/api"' in rest.get("/en/").text
