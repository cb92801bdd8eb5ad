"""Every threat of the threat model names a test that exists."""

from __future__ import annotations

import re
from pathlib import Path


def test_every_threat_has_a_test_that_exists(repository: Path) -> None:
    text = (repository / "SECURITY.md").read_text("utf-8")
    table = text.partition("## Threats")[2]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    missing = []
    for row in rows:
        found = re.search(r"\| `(tests/[^`:]+)(?:::(\w+))?` \|$", row)
        path = repository / found[1] if found else repository / "none"
        if (
            not found
            or not path.is_file()
            or (found[2] and f"def {found[2]}(" not in path.read_text("utf-8"))
        ):
            missing.append(row)
    assert rows
    assert missing == []
