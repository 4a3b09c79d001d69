"""What is typed is read as the reader's language writes it, and never otherwise."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from megler.applications.forms import MANNER, in_english
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import AnswerType, Question
from megler.forms.rules.shown import shown_answer


def asked(kind: AnswerType) -> Question:
    return Question("q", kind, "Q", "Q")


@pytest.mark.parametrize(
    ("language", "kind", "typed", "read"),
    [
        ("nb", AnswerType.DATE, "03.04.1980", "1980-04-03"),
        ("nb", AnswerType.DATE, "31/12/1980", "1980-12-31"),
        ("nb", AnswerType.DATE, "1980-12-31", "1980-12-31"),
        ("en", AnswerType.DATE, "03/04/1980", "1980-03-04"),
        ("nb", AnswerType.MONEY, "250\xa0000,50", "250000.5"),
        ("nb", AnswerType.MONEY, "250,000", "250000"),
        ("en", AnswerType.MONEY, "250,000.50", "250000.5"),
        ("nb", AnswerType.PERCENT, "33,3 %", "33.3"),
    ],
)
def test_days_and_decimals_follow_the_language(
    language: str, kind: AnswerType, typed: str, read: str
) -> None:
    with override(language):
        assert read_answer(asked(kind), in_english(asked(kind), typed)) == (read, [])


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize(
    ("kind", "value"),
    [(AnswerType.DATE, "1980-04-03"), (AnswerType.MONEY, str(Decimal("1250000.75")))],
)
def test_what_a_field_shows_is_read_back_as_it_was(
    language: str, kind: AnswerType, value: str
) -> None:
    with override(language):
        shown = shown_answer(asked(kind), value, MANNER)
        assert read_answer(asked(kind), in_english(asked(kind), shown)) == (value, [])


def test_a_list_is_read_field_by_field() -> None:
    heirs = Question("heirs", AnswerType.LIST, "H", "H", fields=(asked(AnswerType.DATE),))
    with override("nb"):
        assert in_english(heirs, [{"q": "1.2.1990"}]) == [{"q": "1990-02-01"}]
