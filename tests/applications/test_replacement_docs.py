"""The document tells of every row of the table, and of what nobody confirmed."""

from datetime import date
from pathlib import Path

from megler.applications.rules.replacement_table import (
    FORM_COLUMNS,
    STATE_COLUMNS,
    standard_table,
)

TEXT = (Path(__file__).parents[2] / "docs" / "replacement.md").read_text()
ON = date(2026, 12, 31)


def rows_of(state: str, line: str) -> list[str]:
    return [
        row
        for row in TEXT.splitlines()
        if row.startswith((f"| {state} | both", f"| {state} | {line}"))
    ]


def test_every_rule_stands_in_the_document_with_its_source() -> None:
    table = standard_table()
    for state in {row.state for row in table.rows}:
        for line in ("life", "annuity"):
            rule = table.rule_for(state, line, ON)
            assert rule is not None
            (told,) = rows_of(state, line)
            assert rule.cite in told
            assert rule.source in told
            assert ("everything" in told or all(one in told for one in rule.verify)) is True


def test_every_column_is_told_of() -> None:
    untold = [one for one in (*STATE_COLUMNS, *FORM_COLUMNS) if f"`{one}`" not in TEXT]
    assert untold == []
