"""Labelled texts of the tests, written for them."""

from __future__ import annotations

import json
from pathlib import Path

SDG_ROWS: list[tuple[str, str, list[str], list[str]]] = [
    ("Radwege ausbauen", "", ["11"], ["11.2"]),
    ("Photovoltaik auf Schulen", "", ["7"], ["7.2"]),
    ("Essensreste in Mensen vermeiden", "", ["12"], ["12.3"]),
    ("Gewaltprävention an Schulen", "", ["16"], ["16.1"]),
    ("Impfangebote für Kinder", "", ["3"], ["3.8"]),
    ("Sprachkurse", "Für Zugewanderte.\n\nAm Abend.", ["4", "10"], []),
]
GOALS = [
    ("A1", "Radverkehr stärken", "Astadt"),
    ("A2", "Abfälle vermeiden und verwerten", "Astadt"),
    ("L1", "Zu Fuß gehen fördern", "Land"),
    ("L2", "Strom aus Sonne ausbauen", "Land"),
]
MEASURES = [
    ("Fahrradstraße", "Astadt", ["A1"], "source_stated"),
    ("Kompostberatung", "Astadt", ["A2"], "source_stated"),
    ("Zebrastreifen", "Bdorf", ["L1"], "noisy"),
    ("Solaranlage", "Cheim", ["L2"], "noisy"),
    ("Chorfest", "Astadt", [], "source_stated"),
]


def write_gold(folder: Path) -> Path:
    """Write one set of each kind into a folder and return it."""
    sdg = [
        {"id": str(n), "title": title, "text": text, "sdgs": sdgs, "targets": targets}
        for n, (title, text, sdgs, targets) in enumerate(SDG_ROWS)
    ]
    goals = [
        {"goal_id": key, "goal_text": text, "concept_title": "Plan", "city": city}
        for key, text, city in GOALS
    ]
    fit = [
        {"id": str(n), "measure_title": t, "city": c, "goal_ids": g, "label_quality": q}
        for n, (t, c, g, q) in enumerate(MEASURES)
    ]
    for name, rows in (("sdg_x", sdg), ("goals_x", goals), ("fit_x", fit)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    return folder
