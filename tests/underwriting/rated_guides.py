"""A guide that rates impairments, of a carrier that does not exist, and how to build others."""

from decimal import Decimal
from typing import Any

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.ratings import (
    Combination,
    CountedFrom,
    FlatExtraRange,
    Impairment,
    Listed,
    OutcomeKind,
    Question,
    QuestionType,
    Rated,
    Rating,
    Verb,
)
from megler.carriers.rules.when.reading import read_when
from megler.underwriting.rules.assessment import Assessment
from megler.underwriting.rules.classes import assess
from tests.underwriting.guides import KNOWN, ON, guide, person


def rated(text: str) -> Rated:
    """An outcome as the format writes it."""
    if text.startswith("table_"):
        return Rated(OutcomeKind.TABLE, number=int(text.removeprefix("table_")))
    if text[0] in "+-":
        return Rated(OutcomeKind.POINTS, number=int(text))
    if text in set(OutcomeKind):
        return Rated(OutcomeKind(text))
    return Rated(OutcomeKind.CLASS, class_code=text)


def rating(
    impairment: str, verb: str, when: str, best: str, worst: str = "", **more: Any
) -> Rating:
    """A row of ratings; `extra` is (per 1,000, years)."""
    extra = more.pop("extra", None)
    return Rating(
        impairment,
        Verb(verb),
        read_when(when) if when else None,
        rated(best),
        rated(worst or best),
        flat_extra=extra and FlatExtraRange(Decimal(extra[0]), Decimal(extra[0]), extra[1]),
        text=more.pop("text", when),
        page="7",
        **more,
    )


QUESTIONS = (
    Question("diabetes_type_2", "a1c", QuestionType.NUMBER, "Last A1c?", unit="%"),
    Question("diabetes_type_2", "ulcer", QuestionType.FLAG, "A foot ulcer now?", usual="false"),
    Question(
        "asthma", "severity", QuestionType.CHOICE, "How severe?", ("mild", "moderate", "severe")
    ),
    Question("marijuana", "per_week", QuestionType.NUMBER, "Times a week?"),
    Question(None, "pulse", QuestionType.NUMBER, "Resting pulse?", usual="70"),
)
IMPAIRMENTS = (
    Impairment("diabetes_type_2", "Diabetes type 2", Listed.CONDITIONS, "metabolic"),
    Impairment("asthma", "Asthma", Listed.CONDITIONS, "respiratory"),
    Impairment("sleep_apnea", "Sleep apnea", Listed.CONDITIONS, "respiratory"),
    Impairment("myocardial_infarction", "Heart attack", Listed.CONDITIONS, "cardiovascular"),
    Impairment("cancer", "Cancer", Listed.CONDITIONS, "oncology"),
    Impairment("melanoma", "Melanoma", Listed.CONDITIONS, "oncology"),
    Impairment("marijuana", "Marijuana", Listed.CONDITIONS, "substance"),
    Impairment("dui", "Driving under the influence", Listed.DRIVING, "driving", ("dui",)),
    Impairment("scuba", "Scuba diving", Listed.AVOCATIONS, "avocation", ("scuba",)),
    Impairment("income", "Income", Listed.PERSON, "financial"),
)
RATINGS = (
    rating("diabetes_type_2", "base", "a1c <= 7", "+50", "+75"),
    rating("diabetes_type_2", "base", "a1c > 7 and a1c <= 8.5", "+100", text="A1c 7.1 to 8.5"),
    rating("diabetes_type_2", "base", "a1c > 8.5", "decline"),
    rating("diabetes_type_2", "add", "age_at_onset < 30", "+25"),
    rating("diabetes_type_2", "add", "age_at_onset >= 60", "-25"),
    rating("diabetes_type_2", "at_least", "ulcer", "postpone"),
    rating("asthma", "base", 'severity == "mild"', "preferred"),
    rating("asthma", "base", 'severity == "moderate"', "standard", "table_2"),
    rating("asthma", "base", 'severity == "severe"', "table_4", "decline"),
    rating("sleep_apnea", "base", "", "table_2"),
    rating("myocardial_infarction", "base", "months_since < 6", "postpone", postpone_months=6),
    rating("myocardial_infarction", "base", "6 <= months_since < 36", "table_4", extra=("5.00", 3)),
    rating("myocardial_infarction", "base", "months_since >= 36", "table_2"),
    rating("cancer", "base", "", "individual_consideration"),
    rating("melanoma", "base", "years_since_end >= 5", "standard"),
    rating(
        "melanoma",
        "base",
        "years_since_end < 5",
        "postpone",
        postpone_months=60,
        counted_from=CountedFrom.UNTIL,
    ),
    rating("marijuana", "base", "per_week <= 2", "standard"),
    rating("marijuana", "base", "per_week > 2", "standard", as_user=True),
    rating("dui", "base", 'count("dui", 60) <= 1', "standard", "table_2"),
    rating("dui", "base", 'count("dui", 60) > 1', "decline"),
    rating("scuba", "base", "", "any", extra=("2.50", None)),
    rating("income", "at_least", "income_multiple > 20", "individual_consideration"),
)


def rated_guide(combination: Combination | None = None, **more: Any) -> Edition:
    """The guide of `guides`, with impairments."""
    return guide(
        questions=more.pop("questions", QUESTIONS),
        impairments=more.pop("impairments", IMPAIRMENTS),
        ratings=more.pop("ratings", RATINGS),
        combination=combination or Combination(),
        **more,
    )


def assessed(edition: Edition | None = None, **facts: Any) -> Assessment:
    """A healthy woman of 47 with these facts besides, by the guide that rates."""
    amount = facts.pop("amount", None)
    return assess(edition or rated_guide(), person(**{**KNOWN, **facts}), ON, amount=amount)


def having(name: str, **entry: Any) -> list[dict[str, Any]]:
    """A list with one entry."""
    return [{"name": name, **entry}]
