"""A guide reads part by part; each cell that is wrong is named with what was found and expected."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import (
    Combination,
    CountedFrom,
    FlatExtraRange,
    Method,
    OrderedBy,
    OutcomeKind,
    QuestionType,
    Rated,
)
from megler.carriers.rules.when.reading import read_when
from megler.vocabulary.codes import RequirementKind, Sex
from megler.vocabulary.problems import Problem
from tests.carriers.books import problems, replaced, told, with_cell
from tests.carriers.manuals import guide_in, manual


@pytest.fixture(scope="module")
def read() -> Guide:
    return guide_in(manual())


def first(problems: list[Problem]) -> tuple[str, str, str, str]:
    one = problems[0]
    return one.code, one.where, one.found, one.expected


def test_a_guide_with_every_part_is_faultless() -> None:
    assert told(manual()) == []


def test_rules_and_nicotine_read(read: Guide) -> None:
    assert [(r.class_code, r.when is None, r.text) for r in read.rules] == [
        ("preferred", True, "Lipids"),
        ("preferred", False, "No DUI"),
        (None, True, ""),
    ]
    cigar = read.nicotine[1]
    assert (cigar.product, cigar.free_months, cigar.per_year) == ("cigar", 12, 12)
    assert cigar.when == read_when("cotinine_negative")
    assert read.nicotine[0].product is None


def test_questions_read_from_several_files(read: Guide) -> None:
    assert [(q.impairment, q.key, q.type.value, q.usual) for q in read.questions] == [
        ("diabetes_type_2", "a1c", "number", "7.0"),
        ("diabetes_type_2", "insulin", "flag", "false"),
        ("coronary_artery_disease", "vessels", "choice", "one"),
        ("coronary_artery_disease", "stent", "date", ""),
        (None, "cotinine_negative", "flag", "true"),
        ("scuba", "depth_ft", "number", "100"),
    ]
    assert read.questions[2].values == ("one", "two", "three")
    assert read.questions[3].type is QuestionType.DATE


def test_impairments_read(read: Guide) -> None:
    diabetes = read.impairments[0]
    assert diabetes.words == ("adult onset diabetes", "sugar")
    assert read.impairments[1].icd10 == ("I25", "I20")
    assert read.impairments[4].words == ("MX", "CO")


def test_ratings_read(read: Guide) -> None:
    well, bad, worst, insulin = read.ratings[:4]
    assert (well.best, well.worst) == (
        Rated(OutcomeKind.CLASS, "standard"),
        Rated(OutcomeKind.TABLE, number=2),
    )
    assert bad.when == read_when("7.0 < a1c and a1c <= 9.0")
    assert worst.best.kind is OutcomeKind.POSTPONE
    assert worst.worst.kind is OutcomeKind.INDIVIDUAL_CONSIDERATION
    assert (worst.postpone_months, worst.counted_from) == (6, CountedFrom.TODAY)
    assert insulin.worst == insulin.best == Rated(OutcomeKind.POINTS, number=50)
    deep, dui = read.ratings[10], read.ratings[12]
    assert deep.flat_extra == FlatExtraRange(Decimal("2.50"), Decimal(5))
    assert dui.flat_extra == FlatExtraRange(None, None, 3)
    assert dui.as_user


def test_combination_and_what_is_asked_read(read: Guide) -> None:
    beyond = OutcomeKind.INDIVIDUAL_CONSIDERATION
    assert read.combination == Combination(Method.ADD, Method.WORST, 25, 8, beyond)
    assert read.triggers[0].kinds == (RequirementKind.APS, RequirementKind.ECG)
    assert read.evidence[1].age_to == 70
    assert read.evidence[0].ordered_by is OrderedBy.AGENCY
    assert read.substitutes[0].stands_for == (RequirementKind.PARAMEDICAL_EXAM,)


def test_ends_of_a_flat_extra_are_the_same_where_one_is_stated() -> None:
    files = with_cell(manual(), "ratings-life.csv", 3, "flat_extra_to", "")
    flat = guide_in(files).ratings[10].flat_extra
    assert flat == FlatExtraRange(Decimal("2.50"), Decimal("2.50"))


RATINGS, LIFE = "ratings-heart.csv", "ratings-life.csv"


@pytest.mark.parametrize(
    ("cell", "code", "found", "expected"),
    [
        ((2, "when", "a1c <= "), "unreadable_condition", "a1c <=", 'age >= 60 and has("stroke")'),
        ((2, "when", "a1c + 1 > 3"), "unreadable_condition", "a1c + 1", "a fact"),
        ((2, "when", "a1x <= 7"), "unknown_fact", "a1x", "a1c"),
        ((2, "when", "vessels == 2"), "unknown_fact", "vessels", ""),
        ((2, "when", 'a1c <= "7"'), "wrong_comparison", 'a1c with "7"', "a figure"),
        ((2, "when", "insulin > 3"), "wrong_comparison", "insulin with 3", "true or false"),
        ((2, "when", 'sex < "male"'), "wrong_comparison", "sex <", "== or !="),
        ((2, "when", 'sex == "man"'), "unknown_answer", "man", "female male"),
        ((2, "when", "a1c(3) <= 7"), "wrong_arguments", "a1c(3)", "a1c"),
        ((2, "when", "has > 3"), "wrong_arguments", "has", 'has("code")'),
        ((2, "when", 'count("dui", "x") > 3'), "wrong_arguments", "count(dui, x)", "36"),
        ((2, "when", 'has("strok")'), "unknown_impairment", "strok", "stroke"),
        ((8, "when", 'vessels == "four"'), "unknown_answer", "four", "one two three"),
        ((2, "impairment", "diabetes_type_3"), "unknown_impairment", "diabetes_type_3", "_type_2"),
        ((2, "rule", "bas"), "unknown_value", "bas", "base add at_least"),
        ((2, "when", "a1c <= 1e1"), "unreadable_condition", "1e1", "a figure such as 6.5"),
        ((2, "when", "a1c <= 1_0"), "unreadable_condition", "1_0", "a figure such as 6.5"),
        ((2, "best", "Table 2"), "bad_outcome", "Table 2", "table_2"),
        ((2, "best", "table_17"), "bad_outcome", "table_17", "table_1 to table_16"),
        ((2, "best", ""), "empty_cell", "", "any, a class, +25"),
        ((2, "best", "table_3"), "bounds_reversed", "table_2", "table_3 or worse"),
        ((2, "worst", "any"), "bounds_reversed", "any", "standard or worse"),
        ((2, "worst", "+4000"), "bad_outcome", "+4000", "any, a class, +25"),
        ((5, "best", "standard"), "outcome_not_here", "standard", "add"),
        ((2, "postpone_months", "6"), "cell_not_here", "6", "nothing, or the outcome postpone"),
        ((2, "counted_from", "until"), "cell_not_here", "until", "months of postponement"),
        ((4, "counted_from", "end"), "unknown_value", "end", "since until today"),
        ((7, "counted_from", "stemt"), "unknown_value", "stemt", "since until today stent"),
        ((4, "counted_from", "stent"), "unknown_value", "stent", "since until today"),
        ((2, "flat_extra_to", "5"), "cell_not_here", "5", "nothing, or a flat extra"),
        ((2, "flat_years", "5"), "cell_not_here", "5", "nothing, or a flat extra"),
        ((2, "flat_extra", "$5"), "currency_sign", "$5", "5"),
        ((2, "flat_extra", "some"), "text_in_number", "some", "a figure"),
        ((2, "as_user", "Y"), "unknown_value", "Y", "yes no"),
    ],
)
def test_a_wrong_cell_of_the_ratings_is_named(
    cell: tuple[int, str, str], code: str, found: str, expected: str
) -> None:
    told = first(problems(with_cell(manual(), RATINGS, *cell)))
    assert told[0] == code
    assert told[1].startswith(f"{RATINGS} row {cell[0]} column ")
    assert told[2] == found
    assert expected in told[3]


@pytest.mark.parametrize(
    ("file", "row", "column", "text", "code"),
    [
        (LIFE, 8, "when", "months_since > 3", "fact_not_here"),
        (LIFE, 8, "when", "days > 3", "fact_not_here"),
        (LIFE, 3, "flat_extra_to", "2", "bounds_reversed"),
        (LIFE, 5, "flat_extra_to", "2", "cell_not_here"),
        (LIFE, 6, "when", 'country == "mx"', "unknown_answer"),
        ("rules.csv", 2, "requires", "", "empty_cell"),
        ("rules.csv", 2, "requires", "a1c < 3", "unknown_fact"),
        ("rules.csv", 2, "requires", "years_since < 3", "fact_not_here"),
        ("rules.csv", 2, "class", "gold", "unknown_value"),
        ("rules.csv", 4, "requires", 'jurisdiction == "XX"', "unknown_answer"),
        ("nicotine.csv", 2, "product", "chewing gum", "unknown_value"),
        ("nicotine.csv", 2, "product", "marijuana", "unknown_value"),
        ("nicotine.csv", 2, "free_months", "2 years", "text_in_number"),
        ("nicotine.csv", 3, "when", "cotinine == true", "unknown_fact"),
        ("nicotine.csv", 3, "per_year", "", "cell_not_here"),
        ("questions-heart.csv", 2, "impairment", "diabetes", "unknown_impairment"),
        ("questions-heart.csv", 2, "key", "A1C", "bad_code"),
        ("questions-heart.csv", 2, "key", "age", "reserved_code"),
        ("questions-heart.csv", 2, "key", "not", "reserved_code"),
        ("questions-heart.csv", 5, "key", "end", "reserved_code"),
        ("questions-heart.csv", 2, "type", "integer", "unknown_value"),
        ("questions-heart.csv", 2, "values", "1|2", "cell_not_here"),
        ("questions-heart.csv", 2, "usual", "seven", "not_a_figure"),
        ("questions-heart.csv", 2, "text", "", "empty_cell"),
        ("questions-heart.csv", 3, "usual", "maybe", "unknown_answer"),
        ("questions-heart.csv", 4, "values", "", "empty_cell"),
        ("questions-heart.csv", 4, "values", "one||two", "empty_value"),
        ("questions-heart.csv", 4, "values", "one|two|two", "duplicate_value"),
        ("questions-heart.csv", 4, "usual", "four", "unknown_answer"),
        ("questions-heart.csv", 5, "usual", "2020-01-01", "cell_not_here"),
        ("impairments.csv", 2, "impairment", "Diabetes", "bad_code"),
        ("impairments.csv", 2, "impairment", "person", "bad_code"),
        ("impairments.csv", 2, "name", "", "empty_cell"),
        ("impairments.csv", 2, "list", "illness", "unknown_value"),
        ("impairments.csv", 2, "words", "Sugar", "bad_text"),
        ("impairments.csv", 2, "icd10", "11E", "unknown_icd"),
        ("impairments.csv", 6, "words", "Mexico", "unknown_answer"),
        ("triggers.csv", 2, "when", "", "empty_cell"),
        ("triggers.csv", 2, "kinds", "", "empty_cell"),
        ("triggers.csv", 2, "kinds", "aps scan", "unknown_value"),
        ("triggers.csv", 2, "kinds", "aps aps", "duplicate_value"),
        ("evidence.csv", 2, "kind", "x_ray", "unknown_value"),
        ("evidence.csv", 2, "ordered_by", "me", "unknown_value"),
        ("evidence.csv", 2, "usual_days", "-1", "negative_figure"),
        ("evidence.csv", 4, "age_to", "60", "bounds_reversed"),
        ("substitutes.csv", 2, "within_days", "", "empty_cell"),
        ("substitutes.csv", 2, "stands_for", "", "empty_cell"),
    ],
)
def test_a_wrong_cell_of_another_part_is_named(
    file: str, row: int, column: str, text: str, code: str
) -> None:
    told = first(problems(with_cell(manual(), file, row, column, text)))
    assert told[0] == code
    assert told[1].startswith(f"{file} row {row} column ")


def test_what_names_a_refused_question_or_impairment_is_not_told_besides() -> None:
    spoilt = with_cell(manual(), "questions-heart.csv", 2, "type", "integer")
    assert told(spoilt) == [("unknown_value", "questions-heart.csv row 2 column type")]
    spoilt = with_cell(manual(), "impairments.csv", 2, "list", "illness")
    assert told(spoilt) == [("unknown_value", "impairments.csv row 2 column list")]


def test_all_that_is_wrong_is_told_at_once() -> None:
    files = with_cell(manual(), RATINGS, 2, "when", "a1x < 3 and insulin > 2")
    files = with_cell(files, RATINGS, 2, "best", "fine")
    files = with_cell(files, LIFE, 8, "when", "income")
    assert {(code, where) for code, where in told(files)} >= {
        ("unknown_fact", f"{RATINGS} row 2 column when"),
        ("wrong_comparison", f"{RATINGS} row 2 column when"),
        ("bad_outcome", f"{RATINGS} row 2 column best"),
        ("unknown_fact", f"{LIFE} row 8 column when"),
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('method = "add"', 'method = "sum"', "not_in_list", "combination.method"),
        ("tables_max = 8", "tables_max = 17", "out_of_range", "combination.tables_max"),
        ('"individual_consideration"', '"any"', "not_in_list", "combination.beyond"),
        ("tables_max", "max_tables", "unknown_key", "combination.max_tables"),
        ('file = "rules.csv"', "files = []", "empty_list", "rules.files"),
        ('file = "rules.csv"', 'files = ["rules.txt"]', "bad_file_name", "rules.files[0]"),
        (
            'file = "rules.csv"',
            'file = "rules.csv"\nfiles = ["a.csv"]',
            "contradicting_keys",
            "rules.files",
        ),
        ('code = "standard"', 'code = "decline"', "reserved_code", "class[1].code"),
    ],
)
def test_a_wrong_key_of_the_head_is_named(old: str, new: str, code: str, where: str) -> None:
    assert (code, f"edition.toml {where}") in told(replaced(manual(), "edition.toml", old, new))


def test_a_class_that_comes_twice_counts_as_the_first() -> None:
    files = manual()
    again = '\n[[class]]\ncode = "preferred"\nname = "Again"\n'
    (told,) = problems({**files, "edition.toml": files["edition.toml"] + again.encode()})
    assert (told.code, told.where) == ("duplicate_name", "edition.toml class[3].code")


def test_a_file_of_several_that_is_missing_is_named() -> None:
    files = manual()
    del files["ratings-life.csv"]
    assert ("missing_file", "ratings-life.csv") in told(files)


def test_an_answer_of_a_number_may_be_below_zero() -> None:
    files = with_cell(manual(), "questions-heart.csv", 2, "usual", "-2.5")
    assert guide_in(files).questions[0].usual == "-2.5"


SHEETS = sorted(name for name in manual() if name.endswith(".csv"))
ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "age > 3 and (" * 80,
            "years_since > 999999999999999",
            "a1c > -5 and a1c < -7",
            "count('dui', 9999) > 99999",
            "+0",
            "*",
            "|",
            "\u202e",
        ]
    ),
)


@settings(max_examples=60)
@given(st.data())
def test_whatever_stands_in_a_cell_the_check_answers(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(SHEETS))
    lines = manual()[file].decode().splitlines()
    column = data.draw(st.sampled_from(lines[0].split(",")))
    row = data.draw(st.integers(2, len(lines)))
    for problem in problems(with_cell(manual(), file, row, column, data.draw(ODD))):
        assert problem.where


FAMILY = "class,relation,condition,event,before_age,allowed,age_from,age_to,sex,except,page\n"


def test_family_history_may_ask_of_some_people_only_and_leave_illnesses_out() -> None:
    rows = "preferred,any,cancer,onset,60,0,,69,male,breast_cancer ovarian_cancer,9\n"
    rows += "preferred,any,cancer,onset,60,0,,69,female,prostate_cancer,9\n"
    one, other = guide_in(manual(family=FAMILY + rows)).family
    assert (one.age_to, one.sex, one.but) == (69, Sex.MALE, ("breast_cancer", "ovarian_cancer"))
    assert (other.sex, other.but) == (Sex.FEMALE, ("prostate_cancer",))


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ("70,60,,", "bounds_reversed", "age_to"),
        (",,man,", "unknown_value", "sex"),
        (",,,brest_cancer", "unknown_impairment", "except"),
    ],
)
def test_a_wrong_cell_of_family_history_is_named(cells: str, code: str, column: str) -> None:
    (told,) = problems(manual(family=f"{FAMILY}preferred,any,cancer,onset,60,0,{cells},9\n"))
    assert (told.code, told.where) == (code, f"family.csv row 2 column {column}")


def test_a_postponement_may_count_from_the_answer_to_a_date_question() -> None:
    ratings = with_cell(manual(), RATINGS, 7, "counted_from", "stent")
    last = [row for row in guide_in(ratings).ratings if row.impairment == "coronary_artery_disease"]
    assert (last[0].counted_from, last[0].counted_key) == (CountedFrom.TODAY, "stent")
    alone = with_cell(ratings, RATINGS, 10, "when", "")
    assert "question_not_used" not in [p.code for p in problems(alone)]
