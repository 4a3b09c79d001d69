"""Charts of other steps than an inch, by age and by sex, in several files."""

import pytest

from tests.carriers.books import guide, problems, replaced, told

HEADER = "height_in,sex,class,weight_min_lb,weight_max_lb,age_from,age_to\n"


def chart(*rows: str) -> dict[str, bytes]:
    text = HEADER + "".join(f"{row}\n" for row in rows)
    return {**guide(), "build.csv": text.encode()}


def rows_of(step: float, ages: str = ",") -> list[str]:
    return [
        f"{60 + n * step:g},any,{code},,{weight + 4 * n},{ages}"
        for n in range(5)
        for code, weight in (("preferred", 150), ("standard", 170), ("table_2", 190))
    ]


@pytest.mark.parametrize("step", [0.5, 1, 2])
def test_a_chart_has_its_own_step(step: float) -> None:
    assert told(chart(*rows_of(step))) == []


@pytest.mark.parametrize(("step", "missing"), [(0.5, "60.5"), (1, "61"), (2, "62")])
def test_a_height_missing_inside_the_step_is_told(step: float, missing: str) -> None:
    rows = rows_of(step)
    (problem,) = problems(chart(*rows[:4], *rows[5:]))
    assert (problem.code, problem.where) == ("missing_key", "build.csv row 6")
    assert problem.expected == f"{missing} in, standard, any"


def test_a_height_off_the_step_is_told() -> None:
    rows = [row.replace("62,any", "62.3,any") for row in rows_of(1)]
    assert {code for code, _ in told(chart(*rows))} == {"height_off_step"}


@pytest.mark.parametrize(
    ("height", "code"), [("61.255", "too_many_decimals"), ("35", "out_of_range"), ("x", "text")]
)
def test_a_height_that_is_none_is_told(height: str, code: str) -> None:
    rows = rows_of(1)
    rows[3] = rows[3].replace("61", height, 1)
    assert problems(chart(*rows))[0].code.startswith(code)


YOUNG, OLD = rows_of(1, ",49"), rows_of(1, "50,")


def test_a_chart_may_differ_by_age() -> None:
    heavier = [row.replace(",150,", ",152,") for row in OLD]
    assert told(chart(*YOUNG, *heavier)) == []


def test_crossing_classes_at_some_ages_are_told() -> None:
    crossed = [row.replace("60,any,standard,,170", "60,any,standard,,149") for row in OLD]
    assert told(chart(*YOUNG, *crossed)) == [
        ("weights_do_not_rise", "build.csv row 18 column weight_max_lb")
    ]


def test_crossing_classes_of_one_sex_are_told() -> None:
    rows = [row.replace("any", sex) for sex in ("female", "male") for row in rows_of(1)]
    rows[16] = rows[16].replace(",170,", ",149,")
    assert told(chart(*rows)) == [("weights_do_not_rise", "build.csv row 18 column weight_max_lb")]


def test_ages_that_overlap_or_leave_some_out_are_told() -> None:
    over = [row.replace("50,", "49,") if row.startswith("60,any,pref") else row for row in OLD]
    assert told(chart(*YOUNG, *over)) == [("bands_overlap", "build.csv row 17 column age_from")]
    gap = [row.replace("50,", "52,") for row in OLD]
    assert {code for code, _ in told(chart(*YOUNG, *gap))} == {"gap_in_bands"}


def test_a_class_missing_at_some_ages_is_told() -> None:
    files = chart(*YOUNG, *OLD[:3], *OLD[4:])
    (problem,) = problems(files)
    assert problem.code == "missing_key"
    assert problem.expected == "61 in, preferred, any, ages 50 to"


def test_rows_of_several_files_make_one_chart() -> None:
    files = chart(*YOUNG)
    files["old.csv"] = (HEADER + "\n".join(OLD) + "\n").encode()
    old = 'file = "build.csv"'
    files = replaced(files, "edition.toml", old, 'files = ["build.csv", "old.csv"]')
    assert told(files) == []
    files["old.csv"] = (HEADER + "\n".join([*OLD, YOUNG[0]]) + "\n").encode()
    (problem,) = problems(files)
    assert (problem.code, problem.where) == ("duplicate_key", "old.csv row 17")
    assert problem.expected == "once; first in build.csv row 2"
