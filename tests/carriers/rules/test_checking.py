"""Modes, trends, charts, criteria, grids and steps: what must hold between good cells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.vocabulary.problems import Severity, errors
from tests.carriers.books import guide, problems, replaced, term_book, told, with_cell

MODES = ("annual", "semiannual", "quarterly", "monthly")
FACTORS = {"annual": 1.0, "semiannual": 0.51, "quarterly": 0.26, "monthly": 0.0875}


def modal_book(rows: int = 60, fee: float = 0.0) -> dict[str, bytes]:
    """Ages from 20, the premium of each mode a factor of the annual one and rounded to cents."""
    head = term_book()["edition.toml"].decode()
    start, table = head.index("[[product]]"), head.index("[[table]]")
    product = head[start : head.index("[product.eligibility]")].replace(
        'premium_period = "annual"\n', ""
    )
    step = '[[product.step]]\nname = "base"\ndo = "rate"\ntable = "base"\nper = "1000"\n'
    layout = f"""[[table]]
name = "base"
file = "base.csv"
measure = "rate_per_1000"
[[table.dimension]]
name = "age"
kind = "whole"
column = "age"
from = 20
to = {19 + rows}
[[table.dimension]]
name = "mode"
kind = "choice"
across = true
values = ["annual", "semiannual", "quarterly", "monthly"]
"""
    assert table
    lines = ["age," + ",".join(MODES)]
    for age in range(20, 20 + rows):
        annual = 900 + 37 * (age - 20) + (age * age) % 7
        cells = [
            f"{int(annual * FACTORS[m] + 0.5 + fee * (m != 'annual')) / 100:.2f}" for m in MODES
        ]
        lines.append(f"{age}," + ",".join(cells))
    return {
        "edition.toml": (head[:start] + product + step + layout).encode(),
        "base.csv": "\n".join(lines).encode(),
    }


def test_rounded_modes_do_not_contradict() -> None:
    assert told(modal_book()) == []
    assert told(modal_book(8)) == []


@settings(max_examples=80, deadline=None)
@given(
    st.integers(2, 61),
    st.sampled_from(MODES),
    st.integers(-60, 60).filter(lambda cents: abs(cents) > 2),
)
def test_a_misprint_of_some_cents_is_named_in_its_cell(row: int, mode: str, cents: int) -> None:
    files = modal_book()
    line = files["base.csv"].decode().splitlines()[row - 1].split(",")
    was = line[1 + MODES.index(mode)]
    spoilt = with_cell(files, "base.csv", row, mode, f"{float(was) + cents / 100:.2f}")
    if float(was) + cents / 100 <= 0:
        return
    (problem,) = [p for p in problems(spoilt) if p.code.startswith("mode")]
    assert problem.where == f"base.csv row {row} column {mode}"
    if mode != "annual":
        assert abs(float(problem.expected) - float(was)) < 0.011


def test_a_cent_off_where_all_others_fit_is_a_warning() -> None:
    files = modal_book()
    was = files["base.csv"].decode().splitlines()[9].split(",")[2]
    (problem,) = problems(
        with_cell(files, "base.csv", 10, "semiannual", f"{float(was) + 0.01:.2f}")
    )
    assert problem.severity is Severity.WARNING
    assert "row 10" in problem.where
    assert was in problem.expected


def test_swapped_columns_are_out_of_order() -> None:
    files = replaced(modal_book(), "base.csv", "quarterly,monthly", "monthly,quarterly")
    assert ("modes_out_of_order", "base.csv row 1 column quarterly") in told(files)


def test_a_fee_in_every_mode_is_no_contradiction() -> None:
    assert errors(problems(modal_book(60, fee=400.0))) == []


def test_two_modes_that_disagree_name_both() -> None:
    files = modal_book(12)
    files = replaced(files, "edition.toml", 'values = ["annual", "semiannual", "quarterly", "monthly"]',
                     'values = ["annual", "semiannual"]')  # fmt: skip
    lines = [line.split(",")[:3] for line in files["base.csv"].decode().splitlines()]
    files["base.csv"] = "\n".join(",".join(line) for line in lines).encode()
    assert told(files) == []
    (problem,) = problems(with_cell(files, "base.csv", 5, "semiannual", "9.99"))
    assert problem.code == "modes_contradict"
    assert problem.where.startswith("base.csv row 5 column")
    assert "semiannual 9.99" in problem.found


def test_falls_and_slipped_points_are_warnings_with_their_rows() -> None:
    fallen = problems(with_cell(term_book(), "base.csv", 10, "preferred", "0.50"))
    assert [(p.code, p.where, p.severity) for p in fallen] == [
        ("falls", "base.csv row 10 column preferred", Severity.WARNING)
    ]
    slipped = replaced(term_book(), "edition.toml", 'monotone = { age = "rises" }', "")
    assert told(with_cell(slipped, "base.csv", 10, "preferred", "6.2")) == [
        ("out_of_line", "base.csv row 10 column preferred")
    ]


@pytest.mark.parametrize(
    ("file", "row", "column", "text", "expected"),
    [
        ("build.csv", 3, "weight_max_lb", "149", ("weights_do_not_rise", "build.csv row 3 column weight_max_lb")),
        ("build.csv", 5, "weight_max_lb", "149", ("weights_do_not_rise", "build.csv row 5 column weight_max_lb")),
        ("build.csv", 5, "weight_max_lb", "150", ("weight_stands_still", "build.csv row 5 column weight_max_lb")),
        ("build.csv", 5, "weight_min_lb", "94", ("weights_do_not_rise", "build.csv row 5 column weight_min_lb")),
        ("build.csv", 3, "weight_min_lb", "96", ("weights_do_not_rise", "build.csv row 3 column weight_min_lb")),
        ("build.csv", 3, "class", "standrad", ("unknown_value", "build.csv row 3 column class")),
        ("build.csv", 3, "class", "preferred", ("duplicate_key", "build.csv row 3")),
        ("build.csv", 5, "height_in", "62", ("missing_key", "build.csv row 5")),
        ("build.csv", 5, "height_in", "155", ("out_of_range", "build.csv row 5 column height_in")),
        ("build.csv", 5, "sex", "female", ("missing_key", "build.csv row 5")),
        ("build.csv", 5, "weight_max_lb", "90", ("bounds_reversed", "build.csv row 5 column weight_max_lb")),
        ("criteria.csv", 4, "limit", "130", ("criteria_do_not_ease", "criteria.csv row 4 column limit")),
        ("criteria.csv", 6, "limit", "36", ("criteria_do_not_ease", "criteria.csv row 6 column limit")),
        ("criteria.csv", 3, "age_from", "59", ("bands_overlap", "criteria.csv row 3 column age_from")),
        ("criteria.csv", 3, "age_from", "61", ("gap_in_bands", "criteria.csv row 3 column age_from")),
        ("criteria.csv", 2, "limit", "13.5", ("out_of_range", "criteria.csv row 2 column limit")),
        ("criteria.csv", 2, "criterion", "systolic", ("unknown_value", "criteria.csv row 2 column criterion")),
        ("family.csv", 2, "event", "dead", ("unknown_value", "family.csv row 2 column event")),
        ("requirements.csv", 3, "amount_from", "100001", ("gap_in_bands", "requirements.csv row 3 column amount_from")),
        ("requirements.csv", 3, "amount_from", "99999", ("bands_overlap", "requirements.csv row 3 column amount_from")),
        ("requirements.csv", 3, "kinds", "mib exam", ("unknown_value", "requirements.csv row 3 column kinds")),
        ("requirements.csv", 5, "kinds", "mib", ("requirement_dropped", "requirements.csv row 5 column kinds")),
    ],
)  # fmt: skip
def test_a_spoilt_guide_is_named(
    file: str, row: int, column: str, text: str, expected: tuple[str, str]
) -> None:
    assert expected in told(with_cell(guide(), file, row, column, text))


def test_ages_of_a_grid_meet() -> None:
    files = guide()
    files["requirements.csv"] = files["requirements.csv"].replace(b"51,,", b"53,,")
    assert told(files) == [("gap_in_bands", "requirements.csv row 4 column age_from")]


_BASE = '[[product.step]]\nname = "base"\ndo = "rate"\ntable = "base"\nper = "1000"\n'
_FEE = '[[product.step]]\nname = "policy fee"\ndo = "add"\namount = "65"\n'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (_BASE + _FEE, _FEE + _BASE, ("step_before_start", "edition.toml product[0].step[0]")),
        (_BASE, "", ("no_start", "edition.toml product[0].step")),
        (_FEE, _BASE.replace('"base"\ndo', '"again"\ndo'), ("starts_twice", "edition.toml product[0].step[1]")),
        (_FEE, _FEE + 'table = "base"\n', ("contradicting_keys", "edition.toml product[0].step[1]")),
        ('annual = "1"', 'annual = "1.01"', ("contradicting_keys", "edition.toml product[0].step[3].factors.annual")),
        ("[product.eligibility]", '[product.fixed]\nplan = "x"\n[product.eligibility]',
         ("fixed_not_used", "edition.toml product[0].fixed.plan")),
        ("[product.eligibility]", '[product.fixed]\nsex = "x"\n[product.eligibility]',
         ("not_in_table", "edition.toml product[0].fixed.sex")),
    ],
)  # fmt: skip
def test_steps_that_make_no_premium_are_named(
    old: str, new: str, expected: tuple[str, str]
) -> None:
    assert expected in told(replaced(term_book(), "edition.toml", old, new))
