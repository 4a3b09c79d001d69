"""A part of a list, newest first, and where the next one starts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

PAGE_SIZE = 50
Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Some rows, and the mark of the next ones."""

    items: list[Row]
    older: str | None
    newer: str | None = None


def part_after(found: "QuerySet[Any]", mark: str) -> "Part[Any]":
    """Those older than `mark`, newest first; a mark that is none starts at the newest."""
    rows = list(_after(found, mark).order_by("-created_at", "-pk")[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    return Part(rows[:PAGE_SIZE], _mark(rows[PAGE_SIZE - 1]) if more else None)


def _mark(row: Any) -> str:
    return f"{row.created_at.isoformat()}~{row.pk}"


def _after(found: "QuerySet[Any]", mark: str) -> "QuerySet[Any]":
    moment, _sep, pk = mark.partition("~")
    try:
        at, last = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        return found
    older = Q(created_at__lt=at) | Q(created_at=at, pk__lt=last)
    return found.filter(older, created_at__lte=at)
