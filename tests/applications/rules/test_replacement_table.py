"""The table of states: complete, checked on load, and open to an agency's corrections."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.replacement_table import (
    STATE_COLUMNS,
    RuleTable,
    StateRule,
    read_forms,
    read_states,
    standard_table,
    standard_text,
    written,
)
from megler.vocabulary.codes import JURISDICTIONS

STATES = sorted(set(JURISDICTIONS) - {"AS", "GU", "MP", "VI"})
HEAD = ",".join(STATE_COLUMNS)
ROW = "TX,life,2007-12-27,any,naic_2000,existing:owner,applies,5 business,,30,5,a law,read,,"


def problems_of(row: str) -> list[tuple[str, str, str]]:
    _rows, problems = read_states(f"{HEAD}\n{row}\n", ["naic_2000"])
    return [(p.code, p.where, p.found) for p in problems]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("line", ["life", "annuity"])
def test_every_state_the_district_and_puerto_rico_have_a_row_with_its_source(
    state: str, line: str
) -> None:
    rule = standard_table().rule_for(state, line, date(2026, 7, 1))
    assert rule is not None
    assert rule.source
    assert rule.cite or rule.family == "none"


def test_every_family_but_none_has_papers() -> None:
    table = standard_table()
    assert {row.family for row in table.rows} == {*table.forms, "none"}


def test_what_no_rule_was_found_for_is_never_confirmed() -> None:
    unfounded = [row for row in standard_table().rows if not row.cite]
    assert {row.state for row in unfounded} == {"DC", "ND", "PR"}
    assert all(row.verify for row in unfounded)


def test_a_row_is_read() -> None:
    rows, problems = read_states(f"{HEAD}\n{ROW}\n", ["naic_2000"])
    assert problems == []
    assert (rows[0].notice_days, rows[0].notice_in_business_days) == (5, True)
    assert rows[0].effective_from == date(2007, 12, 27)


@pytest.mark.parametrize(
    ("cell", "into", "problem"),
    [
        ("TX,", "XX,", ("not_allowed_value", "row 2 state", "XX")),
        (",life,", ",term,", ("not_allowed_value", "row 2 line", "term")),
        ("2007-12-27", "12/27/2007", ("not_a_date", "row 2 effective_from", "12/27/2007")),
        (",naic_2000,", ",model,", ("not_allowed_value", "row 2 family", "model")),
        ("existing:owner", "existing", ("not_allowed_value", "row 2 asks", "existing")),
        ("5 business", "five", ("not_days", "row 2 notice_days", "five")),
        ("5 business", "5", ("not_days", "row 2 notice_days", "5")),
        (",30,", ",thirty,", ("not_whole", "row 2 free_look_days", "thirty")),
        (",30,", ",-1,", ("not_whole", "row 2 free_look_days", "-1")),
        (",read,", ",,", ("cell_empty", "row 2 source", "")),
        ("read,,", "read,freelook,", ("not_allowed_value", "row 2 verify", "freelook")),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(
    cell: str, into: str, problem: tuple[str, str, str]
) -> None:
    assert problems_of(ROW.replace(cell, into, 1)) == [problem]


def test_a_state_and_line_stand_once_a_day() -> None:
    rows, problems = read_states(f"{HEAD}\n{ROW}\n{ROW}\n", ["naic_2000"])
    assert len(rows) == 1
    assert [(p.code, p.where) for p in problems] == [("duplicate_row", "row 3 state")]


def test_all_problems_of_all_rows_are_told_at_once() -> None:
    bad = ROW.replace("TX", "XX").replace("2007-12-27", "soon")
    _rows, problems = read_states(f"{HEAD}\n{bad}\n{bad.replace('XX', 'YY')}\n", ["naic_2000"])
    assert [p.where for p in problems if p.code == "not_a_date"] == [
        "row 2 effective_from",
        "row 3 effective_from",
    ]
    assert len(problems) >= 4


def test_missing_and_unknown_columns_are_told_and_nothing_is_read() -> None:
    rows, problems = read_states("state,colour\nTX,red\n", ["naic_2000"])
    assert rows == []
    assert ("column_unknown", "colour") in [(p.code, p.where) for p in problems]
    assert ("column_missing", "line") in [(p.code, p.where) for p in problems]


def test_a_row_with_too_few_cells_is_told() -> None:
    _rows, problems = read_states(f"{HEAD}\nTX,life\n", ["naic_2000"])
    assert [(p.code, p.where) for p in problems] == [("cells_uneven", "row 2")]


def test_a_table_of_papers_names_wrong_purposes_and_signers() -> None:
    text = (
        "family,step,purpose,when,signers,by,copy_left_by,note\n"
        "a,1,letter,sometimes,uncle,with_application,,\n"
    )
    found, problems = read_forms(text)
    assert found == {}
    assert [p.where for p in problems] == ["row 2 purpose", "row 2 when", "row 2 signers"]


def test_what_is_written_is_read_again() -> None:
    table = standard_table()
    text = written(table.rows)
    rows, problems = read_states(text, [*table.forms, "none"])
    assert problems == []
    assert set(rows) == set(table.rows)
    assert sorted(standard_text().splitlines()[0].split(",")) == sorted(STATE_COLUMNS)


def test_the_row_that_holds_is_the_latest_that_has_begun() -> None:
    old = StateRule("TX", "life", date(2000, 1, 1), "any", "none")
    new = StateRule("TX", "life", date(2010, 1, 1), "any", "naic_2000")
    table = RuleTable((new, old), {})
    assert table.rule_for("TX", "life", date(2009, 12, 31)) is old
    assert table.rule_for("TX", "life", date(2010, 1, 1)) is new
    assert table.rule_for("TX", "life", date(1999, 12, 31)) is None


def test_an_agencys_rows_stand_in_place_of_the_products_for_their_state_and_line() -> None:
    table = standard_table()
    ours = StateRule("ND", "life", date(2026, 1, 1), "any", "naic_1984", cite="our carrier says")
    corrected = table.corrected(RuleTable((ours,), {}))
    on = date(2026, 7, 1)
    assert corrected.rule_for("ND", "life", on) is ours
    assert corrected.rule_for("ND", "annuity", on) is table.rule_for("ND", "annuity", on)
    assert len(corrected.rows) == len(table.rows)


@given(st.text(max_size=300))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    rows, problems = read_states(text, ["naic_2000"])
    assert rows == []
    assert problems


@given(st.lists(st.text(max_size=20), min_size=len(STATE_COLUMNS), max_size=len(STATE_COLUMNS)))
def test_no_cells_whatever_break_the_reader(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    rows, problems = read_states(f"{HEAD}\n{quoted}\n", ["naic_2000"])
    assert bool(rows) is not bool(problems) or not rows
