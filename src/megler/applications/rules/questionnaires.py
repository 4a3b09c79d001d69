"""The questionnaires of the product and which line of business uses which."""

from functools import cache
from importlib import resources

from megler.forms.rules.questionnaire import Questionnaire
from megler.forms.rules.reading import read_questionnaire
from megler.vocabulary.codes import Line

_BY_LINE = {
    Line.TERM_LIFE: "life",
    Line.WHOLE_LIFE: "life",
    Line.UNIVERSAL_LIFE: "life",
    Line.FINAL_EXPENSE: "life",
    Line.ENDOWMENT: "life",
    Line.ANNUITY: "annuity",
    Line.DISABILITY: "disability",
    Line.LONG_TERM_CARE: "care",
    Line.CRITICAL_ILLNESS: "illness",
    Line.MEDICARE_SUPPLEMENT: "supplement",
    Line.SPECIALTY: "specialty",
    Line.HEALTH: "health",
    Line.GROUP_TERM_LIFE: "group_life",
}


def questionnaire_key(line: str) -> str:
    """Which questionnaire a product of `line` needs where its carrier has no forms of its own.

    >>> questionnaire_key("term_life"), questionnaire_key("annuity")
    ('life', 'annuity')
    """
    return _BY_LINE[Line(line)]


@cache
def questionnaire(key: str) -> Questionnaire:
    """The questionnaire `key`. One that cannot be read is a mistake in the product: ValueError."""
    here = resources.files(__package__)
    parts = {
        part.name.removesuffix(".toml"): part.read_text("utf-8")
        for part in here.joinpath("parts").iterdir()
        if part.name.endswith(".toml")
    }
    made, problems = read_questionnaire(here.joinpath(f"{key}.toml").read_text("utf-8"), parts)
    if made is None:
        raise ValueError("; ".join(f"{p.where}: {p.code} {p.found}" for p in problems))
    return made


def texts() -> list[str]:
    """Every text that people read in the questionnaires, for the catalogues of other languages."""
    found: dict[str, None] = {}
    for key in sorted(set(_BY_LINE.values())):
        made = questionnaire(key)
        for section, question in made.questions():
            for one in (question, *question.fields):
                told = (one.text, one.short, one.help, *(label for _, label in one.choices))
                found |= dict.fromkeys((section.title, section.intro, *told))
        for form in made.forms:
            found |= dict.fromkeys((form.name, *form.statements))
    return [text for text in found if text]
