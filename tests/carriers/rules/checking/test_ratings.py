"""Ratings that contradict, never hold, or leave answers out are told with the answers."""

import pytest

from megler.vocabulary.problems import Severity
from tests.carriers.books import problems, with_cell
from tests.carriers.manuals import manual

HEART, LIFE = "ratings-heart.csv", "ratings-life.csv"


def one_of(files: dict[str, bytes], code: str) -> tuple[str, str, str, Severity]:
    (found,) = [p for p in problems(files) if p.code == code]
    return found.where, found.found, found.expected, found.severity


def when(file: str, row: int, text: str) -> dict[str, bytes]:
    return with_cell(manual(), file, row, "when", text)


def test_two_base_rows_that_can_hold_at_once_contradict() -> None:
    where, found, expected, severity = one_of(when(HEART, 3, "7.0 <= a1c <= 9"), "rules_contradict")
    assert (where, found) == (f"{HEART} row 3 column when", "a1c 7")
    assert expected == "one base row at a time: row 2 holds too"
    assert severity is Severity.ERROR


def test_two_base_rows_that_say_the_same_overlap() -> None:
    files = when(LIFE, 3, "depth_ft >= 100")
    for column in ("best", "flat_extra", "flat_extra_to"):
        files = with_cell(files, LIFE, 3, column, "any" if column == "best" else "")
    assert one_of(files, "rules_overlap")[3] is Severity.WARNING


def test_answers_that_no_base_row_has_are_told() -> None:
    where, found, _, severity = one_of(when(HEART, 3, "7.2 < a1c <= 9.0"), "rule_gap")
    assert (where, found) == (f"{HEART} row 4 column when", "a1c 7.1")
    assert severity is Severity.WARNING


def test_answers_between_whole_figures_are_no_gap() -> None:
    files = when(LIFE, 3, "depth_ft >= 101")
    assert [p.code for p in problems(files)] == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("insulin and not insulin", Severity.ERROR),
        ("a1c > 9 and a1c < 8", Severity.ERROR),
        ("years_since > 3 and months_since < 12", Severity.ERROR),
        ("age < 0", Severity.ERROR),
        ("not has('diabetes_type_2')", Severity.WARNING),
        ("has('melanoma') and not has('cancer')", Severity.WARNING),
    ],
)
def test_a_rule_that_can_never_hold_is_told(text: str, severity: Severity) -> None:
    told = one_of(when(HEART, 5, text), "rule_never_holds")
    assert (told[0], told[3]) == (f"{HEART} row 5 column when", severity)


def test_an_answer_finer_than_the_guide_writes_may_hold() -> None:
    assert problems(when(HEART, 5, "insulin and 7 < a1c < 8")) == []


def test_an_impairment_without_base_row_has_no_outcome() -> None:
    files = with_cell(with_cell(manual(), LIFE, 2, "rule", "at_least"), LIFE, 3, "rule", "at_least")
    assert one_of(files, "impairment_without_outcome")[:2] == (
        "impairments.csv row 4 column impairment",
        "scuba",
    )


def test_the_same_condition_twice_is_told() -> None:
    files = manual()
    files[HEART] += b"diabetes_type_2,add,insulin,+75,,,,,,,,,20\n"
    assert one_of(files, "rules_contradict")[0] == f"{HEART} row 11 column when"


def test_a_flat_extra_where_there_is_no_policy_is_told() -> None:
    files = with_cell(manual(), HEART, 6, "flat_extra", "5")
    assert one_of(files, "flat_extra_without_policy")[1] == "decline with a flat extra"


def test_a_table_beyond_the_last_is_told() -> None:
    files = with_cell(manual(), HEART, 3, "worst", "table_9")
    told = one_of(files, "table_beyond_last")
    assert (told[2], told[3]) == ("at most table_8", Severity.WARNING)


def test_too_many_answers_to_prove_are_said() -> None:
    keys = [f"k{n}" for n in range(12)]
    files = manual()
    files["questions-life.csv"] += "".join(
        f"scuba,{key},number,,,1,How?,30\n" for key in keys
    ).encode()
    text = " and ".join(f"{key} in [1, 5, 9]" for key in keys)
    files = with_cell(files, LIFE, 3, "when", f"depth_ft > 100 and {text}")
    assert one_of(files, "too_many_answers")[3] is Severity.WARNING


def test_an_unknown_drug_is_told() -> None:
    told = one_of(when(HEART, 5, "takes('metfornin')"), "unknown_drug")
    assert (told[1], told[2], told[3]) == ("metfornin", "metformin", Severity.WARNING)
    assert problems(when(HEART, 5, "insulin and takes('metformin')")) == []


def many(count: int, row: str) -> dict[str, bytes]:
    rows = "".join(row.format(n, n + 2) + ",any,,,,,,,,,\n" for n in range(200, 200 + count))
    files = manual()
    return {**files, LIFE: files[LIFE] + rows.encode()}


def test_of_very_many_rows_that_can_hold_at_once_enough_are_told() -> None:
    files = many(150, "scuba,base,{} < depth_ft <= {}")
    codes = [p.code for p in problems(files) if p.code in {"rules_overlap", "rules_contradict"}]
    assert len(codes) >= 100


def test_more_rows_than_a_part_may_have_are_one_problem() -> None:
    rows = b"".join(b"any,age > %d,,,\n" % n for n in range(498))
    files = manual()
    (found,) = problems({**files, "rules.csv": files["rules.csv"] + rows})
    assert (found.code, found.where, found.found) == ("too_many_rows", "rules.csv", "501")
    assert found.expected == "at most 500 in rules"
