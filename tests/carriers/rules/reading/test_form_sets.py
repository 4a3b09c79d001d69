"""Form sets are read whole from their files, and everything wrong with them is told by place."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from megler.carriers.rules.checks import check_edition
from megler.forms.rules.questionnaire import Condition, Derivation, Purpose, SignerRole
from tests.form_sets import HEAD, INSURED, MAP, QUESTIONNAIRE, package


def _told(changes: Mapping[str, bytes | str | None]) -> list[tuple[str, str]]:
    edition, _, problems = check_edition(package(changes))
    assert edition is None
    return [(problem.code, problem.where) for problem in problems]


def test_a_form_set_is_read_with_its_pdf_and_what_fills_it() -> None:
    edition, _, problems = check_edition(package())
    assert problems == []
    assert edition is not None
    assert edition.form_set is not None
    application, notice = edition.form_set.questionnaire.forms
    assert (application.number, application.purpose) == ("SM-1", Purpose.APPLICATION)
    assert (application.pages, len(application.fills)) == (1, 13)
    assert application.signature_fields[SignerRole.INSURED] == ("sign",)
    assert notice.when == (
        Condition("signed_in", ("NY",)),
        Condition("insured_age", low=Decimal(60)),
    )
    assert edition.form_set.questionnaire.derived[0].how is Derivation.AGE
    assert edition.form_set.lines == ("term_life",)
    assert set(edition.form_set.pdfs) == {"pdf/application.pdf"}


def test_translations_are_read_by_language() -> None:
    nb = "text,translation\nTaking any medication?,Tar du noen medisiner?\n"
    edition, _, problems = check_edition(package({"languages/nb.csv": nb}))
    assert problems == []
    assert edition is not None
    assert edition.form_set is not None
    asked = edition.form_set.questionnaire
    assert asked.said("Taking any medication?", "nb") == "Tar du noen medisiner?"
    assert asked.said("Taking any medication?", "en") == "Taking any medication?"


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"questionnaire.toml": None}, "missing_file", "questionnaire.toml"),
        ({"pdf/application.pdf": None}, "missing_file", "pdf/application.pdf"),
        ({"maps/application.csv": None}, "missing_file", "maps/application.csv"),
        ({"notes.txt": "x"}, "file_not_used", "notes.txt"),
        ({"pdf/application.pdf": b"%PDF-1.7 no"}, "not_a_pdf", "pdf/application.pdf"),
        ({"questionnaire.toml": "key = "}, "not_toml", "questionnaire.toml questionnaire"),
        (
            {"edition.toml": HEAD.replace('"term_life"', '"pet"')},
            "not_in_list",
            "edition.toml form_set.lines[0]",
        ),
        (
            {"questionnaire.toml": QUESTIONNAIRE.replace('"state_disclosure"', '"letter"')},
            "not_allowed_value",
            "questionnaire.toml form 2.purpose",
        ),
        (
            {"questionnaire.toml": QUESTIONNAIRE.replace("signed_in = ", "signed_on = ")},
            "question_missing",
            "questionnaire.toml form notice",
        ),
        (
            {"questionnaire.toml": QUESTIONNAIRE.replace('how = "age"', 'how = "guess"')},
            "not_allowed_value",
            "questionnaire.toml derived 1",
        ),
        (
            {"sections/insured.toml": INSURED.replace('type = "ssn"', 'type = "social"')},
            "not_allowed_value",
            "sections/insured.toml question 6 insured_ssn",
        ),
        (
            {"maps/application.csv": MAP.replace(",upper", ",shout")},
            "unknown_value",
            "maps/application.csv row 4 column format",
        ),
    ],
)
def test_what_is_wrong_is_told_by_file_and_place(
    changes: Mapping[str, bytes | str | None], code: str, where: str
) -> None:
    assert (code, where) in _told(changes)
