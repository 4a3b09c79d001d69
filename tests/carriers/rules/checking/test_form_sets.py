"""The PDFs of a form set and what fills them fit its questions."""

import pytest

from megler.carriers.rules.checks import check_edition
from megler.vocabulary.problems import Severity
from tests.form_sets import MAP, QUESTIONNAIRE, TEXTS, acroform, package


def _told(map_csv: str) -> list[tuple[str, str, str]]:
    _, _, problems = check_edition(package({"maps/application.csv": map_csv}))
    return [(problem.code, problem.where, problem.found) for problem in problems]


@pytest.mark.parametrize(
    ("old", "new", "code", "column", "found"),
    [
        ("mail,", "post,", "field_missing", "field", "post"),
        ("born,insured_born", "born,insured_age_told", "question_missing", "question", "insured_age_told"),
        ("npn,agent_npn", "npn,agent_fax", "question_missing", "question", "agent_fax"),
        ("med_yes,takes_medication,,,yes", "med_yes,takes_medication,,,maybe", "unknown_value", "value", "maybe"),
        ("drug1,medications,name,1", "drug1,medications,dose,1", "unknown_value", "part", "dose"),
        ("drug1,medications,name,1", "drug1,medications,name,", "unknown_value", "item", ""),
        ("first,insured_first_name,,", "first,insured_first_name,city,", "unknown_value", "part", "city"),
        ("sign,signature.insured", "sign,signature.owner", "unknown_value", "question", "signature.owner"),
        ("born,insured_born", "first,insured_born", "duplicate_value", "field", "first"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_told_by_its_cell(
    old: str, new: str, code: str, column: str, found: str
) -> None:
    assert old in MAP
    row = 1 + next(i for i, line in enumerate(MAP.splitlines(), 1) if line.startswith(old)) - 1
    where = f"maps/application.csv row {row} column {column}"
    assert (code, where, found) in _told(MAP.replace(old, new))


def test_a_signer_needs_a_place_to_sign() -> None:
    without = "".join(f"{line}\n" for line in MAP.splitlines() if "agent_sign" not in line)
    told = _told(without)
    assert ("signature_place_missing", "maps/application.csv", "agent") in told


def test_a_field_that_nothing_fills_is_a_warning_unless_it_is_the_carriers() -> None:
    pdf = acroform((*TEXTS, "shoe_size", "office.received"))
    edition, _, problems = check_edition(package({"pdf/application.pdf": pdf}))
    assert edition is not None
    assert [(p.code, p.found, p.severity) for p in problems] == [
        ("field_not_filled", "shoe_size", Severity.WARNING)
    ]


def test_an_answer_that_no_form_shows_is_a_warning() -> None:
    without = MAP.replace("mail,insured_email,,,,\n", "")
    codes = {code for code, _, found in _told(without) if code == "never_printed"}
    assert codes == {"never_printed"}


def test_two_forms_have_not_the_same_number_and_edition() -> None:
    same = QUESTIONNAIRE.replace('"SM-2"', '"SM-1"')
    _, _, problems = check_edition(package({"questionnaire.toml": same}))
    assert [(p.code, p.found) for p in problems] == [("duplicate_value", "SM-1 2020-01")]


def test_a_form_has_a_number() -> None:
    without = QUESTIONNAIRE.replace('number = "SM-2"\n', "")
    _, _, problems = check_edition(package({"questionnaire.toml": without}))
    assert [(p.code, p.found) for p in problems] == [("missing_key", "number")]
