"""A form set's own translation of a question comes before the house's."""

from dataclasses import replace

from django.utils.translation import gettext, override

from megler.applications.pages.asking import ask
from megler.applications.rules.questionnaires import questionnaire

LIFE = questionnaire("life")
OURS = replace(LIFE, translations={"nb": {"First name": "Fornavnet Deres", "Female": "En kvinne"}})


def _shown(made: object, key: str, language: str) -> object:
    with override(language):
        (one,) = ask(made, [LIFE.by_key[key]], {})  # type: ignore[arg-type]
        return one.text, one.controls[0].label, dict(one.controls[0].options)


def test_the_form_sets_words_are_shown_in_its_language() -> None:
    assert _shown(OURS, "insured_first_name", "nb") == ("Fornavnet Deres", "Fornavnet Deres", {})
    assert _shown(OURS, "insured_first_name", "en") == ("First name", "First name", {})
    sex = _shown(OURS, "insured_sex", "nb")[2]  # type: ignore[index]
    assert sex["female"] == "En kvinne"
    with override("nb"):
        assert sex["male"] == gettext("Male")


def test_without_one_the_houses_are() -> None:
    with override("nb"):
        house = gettext("First name")
    assert _shown(LIFE, "insured_first_name", "nb")[0] == house  # type: ignore[index]
