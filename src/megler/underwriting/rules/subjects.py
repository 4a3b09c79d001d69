"""What impairments of everybody (finances, residence, lab values) are judged by, and whether it was told."""

from collections.abc import Sequence
from dataclasses import dataclass

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Listed
from megler.carriers.rules.when.facts import FACTS
from megler.carriers.rules.when.tree import Fact, facts_in
from megler.underwriting.rules.knowledge import TRIVIAL, Knowledge, Life, taken_by

_TAKES = "takes "


def touched(life: Life) -> list[Impairment]:
    """The impairments of everybody of whose facts anything was told, in the guide's order.

    One that asks nothing but age, sex, build, place or amount is judged always.
    """
    subjects = life.guide.once("subjects", _subjects)
    person, known = life.person, Knowledge(life)
    told = {f"details.{key}" for key, answer in person.details.items() if answer is not None}
    told |= {code for mention in life.mentions for code in mention.codes}
    told |= {use.product for use in person.nicotine or () if use.product is not None}
    told |= {name for name in subjects.plain if known(Fact(name)) is not None}
    if person.medications:
        told |= {_TAKES + name for name in taken_by(person)}
    return [one for one, asked in subjects.asked if not asked or not asked.isdisjoint(told)]


@dataclass(frozen=True, slots=True)
class _Subjects:
    """What impairments of everybody are judged by: answers, plain facts, codes and drugs taken."""

    asked: Sequence[tuple[Impairment, frozenset[str]]]
    plain: frozenset[str]


def _subjects(guide: Guide) -> _Subjects:
    own = {one.key for one in guide.questions if one.impairment is None}
    asked = []
    for impairment in of_everybody(guide):
        facts = [f for f in facts_of(guide, impairment) if f.name not in TRIVIAL]
        asked.append((impairment, frozenset(_subject(fact, own) for fact in facts)))
    every = frozenset(name for _, names in asked for name in names)
    return _Subjects(asked, frozenset(name for name in every if name in FACTS))


def _subject(fact: Fact, own: set[str]) -> str:
    """The subject that a fact is of: a question's place, a code, a drug or the fact itself."""
    if fact.name == "takes":
        return f"{_TAKES}{fact.arguments[0].lower()}"
    if fact.arguments:
        return fact.arguments[0]
    key = fact.name.removeprefix("months_since_").removeprefix("years_since_")
    return f"details.{key}" if key in own else fact.name


def of_everybody(guide: Guide) -> list[Impairment]:
    """The impairments that are judged of everybody."""
    return [one for one in guide.impairments if one.listed is Listed.PERSON]


def facts_of(guide: Guide, impairment: Impairment) -> Sequence[Fact]:
    """Every fact that the rows of an impairment name, each once."""
    return guide.once(f"facts of {impairment.code}", lambda g: _facts(g, impairment.code))


def _facts(guide: Guide, code: str) -> Sequence[Fact]:
    rows = (row for row in guide.ratings if row.impairment == code)
    return list(dict.fromkeys(fact for row in rows for fact in facts_in(row.when)))
