"""Let people accept, reject and correct links; every decision is kept and can be replayed."""

from kg.reviewing.decisions import Decision, Reviewer, Standing, Verdict, history, standing
from kg.reviewing.journal import Journal
from kg.reviewing.links import Correction, Link

__all__ = [
    "Correction",
    "Decision",
    "Journal",
    "Link",
    "Reviewer",
    "Standing",
    "Verdict",
    "history",
    "standing",
]
