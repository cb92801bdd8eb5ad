"""Bring the operations together under `/api/v1`."""

from __future__ import annotations

from fastapi import APIRouter

from api.rest import (
    aims,
    batch,
    check,
    concepts,
    double_work,
    explain,
    gaps,
    indicators,
    links,
    match,
    measures,
    stored,
)

router = APIRouter(prefix="/api/v1")
for module in (
    check,
    batch,
    match,
    double_work,
    links,
    measures,
    concepts,
    aims,
    indicators,
    gaps,
    explain,
    stored,
):
    router.include_router(module.router)
