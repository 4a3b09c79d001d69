"""Whether a condition names facts that there are, and compares them with what they can be."""

import difflib
import keyword
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from megler.carriers.rules.ratings import PRODUCTS, Question, QuestionType
from megler.carriers.rules.when.facts import FACTS, PERSON_NICOTINE, FactType, Known
from megler.carriers.rules.when.tree import (
    Among,
    Compare,
    Fact,
    Sign,
    Value,
    When,
    comparisons_in,
)
from megler.vocabulary.codes import JURISDICTIONS, Sex

KEY = re.compile(r"[a-z][a-z0-9_]*")
CODED = ("has", "count", "months_since", "years_since")
"""Calls whose first argument is the code of an impairment or condition, or a nicotine product."""
_TYPES = {
    QuestionType.NUMBER: FactType.NUMBER,
    QuestionType.CHOICE: FactType.TEXT,
    QuestionType.FLAG: FactType.FLAG,
}
_SINCE = ("months_since_", "years_since_")
_VALUES: Mapping[str, tuple[str, ...]] = {
    "sex": tuple(Sex),
    "nicotine": PERSON_NICOTINE,
    "jurisdiction": tuple(JURISDICTIONS),
}
_COUNTRY = re.compile(r"[A-Z]{2}")
_COUNTRIES = ("country", "citizenship")
_EXPECTED = {
    FactType.NUMBER: "a figure",
    FactType.TEXT: 'a text in "quotes"',
    FactType.FLAG: "true or false",
}
_CALLS = {
    "has": 'has("code")',
    "takes": 'takes("drug")',
    "count": 'count("code") or count("code", 36)',
    "months_since": 'months_since or months_since("code")',
    "years_since": 'years_since or years_since("code")',
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a condition: the code of a problem, what was found, what was expected."""

    code: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the conditions of one part of a guide may name.

    `facts` by name with what each is; `values` the texts that a fact may be (absent: any);
    `codes` the impairments and conditions; `doubtful` are names of which nothing is said, because
    the row that should have made them was refused.
    """

    facts: Mapping[str, Known]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Collection[str] = ()
    doubtful: Collection[str] = ()
    of_entry: bool = False

    def with_questions(self, questions: Iterable[Question]) -> "Names":
        """These names and the keys of questions, which are facts too."""
        facts, values = dict(self.facts), dict(self.values)
        for question in questions:
            facts |= question_facts(question)
            values[question.key] = question.values
        return replace(self, facts=facts, values=values)


def names_of(codes: Collection[str], of_entry: bool, doubtful: Collection[str] = ()) -> Names:
    """The facts that every guide knows; those of the entry only where there is one."""
    facts = {name: known for name, known in FACTS.items() if of_entry or not known.of_entry}
    for name in CODED:
        facts[name] = FACTS[name] if of_entry else replace(FACTS[name], needs=1)
    return Names(facts, _VALUES, codes, doubtful, of_entry)


def question_facts(question: Question) -> dict[str, Known]:
    """The facts that a question makes: its key, or of a date the months and years since.

    >>> from megler.carriers.rules.ratings import QuestionType
    >>> list(question_facts(Question(None, "stent", QuestionType.DATE, "When?")))
    ['months_since_stent', 'years_since_stent']
    """
    if question.type is QuestionType.DATE:
        units = ("months", "years")
        return {
            since + question.key: Known(FactType.NUMBER, unit)
            for since, unit in zip(_SINCE, units, strict=True)
        }
    return {question.key: Known(_TYPES[question.type], question.unit)}


def date_keys(names: Names) -> list[str]:
    """The keys of the questions that are answered by a date."""
    since = _SINCE[0]
    return [
        name.removeprefix(since)
        for name in names.facts
        if name.startswith(since) and name not in FACTS
    ]


def is_reserved(key: str) -> bool:
    """Whether a question's key means something else in a condition."""
    taken = {key, *(since + key for since in _SINCE)}
    return keyword.iskeyword(key) or key in {"true", "false"} or bool(taken & set(FACTS))


def name_faults(when: When | None, names: Names) -> Iterator[Fault]:
    """Everything wrong with what a condition names and compares, in its order."""
    for one in comparisons_in(when):
        if one.fact.name in names.doubtful:
            continue
        faults = list(_fact_faults(one.fact, names))
        yield from faults or _comparison_faults(one, names)


def nearest(text: str, among: Iterable[str]) -> str:
    """What was probably meant, or the first few that there are."""
    there = sorted(among)
    near = difflib.get_close_matches(text, there, n=1)
    return near[0] if near else " ".join(there[:40])


def _fact_faults(fact: Fact, names: Names) -> Iterator[Fault]:
    known = names.facts.get(fact.name)
    if known is None:
        if fact.name in FACTS:
            yield Fault("fact_not_here", str(fact), "it in ratings of an impairment of a list")
        else:
            yield Fault("unknown_fact", fact.name, nearest(fact.name, names.facts))
        return
    if not known.needs <= len(fact.arguments) <= known.calls:
        if fact.name in CODED and FACTS[fact.name].needs < known.needs and not fact.arguments:
            yield Fault("fact_not_here", fact.name, f'{fact.name}("code")')
        else:
            yield Fault("wrong_arguments", str(fact), _CALLS.get(fact.name, fact.name))
        return
    if fact.name in CODED and fact.arguments and fact.arguments[0] not in {*names.codes, *PRODUCTS}:
        code = fact.arguments[0]
        if code not in names.doubtful:
            yield Fault("unknown_impairment", code, nearest(code, names.codes))
    if len(fact.arguments) > 1 and not re.fullmatch(r"[1-9][0-9]{0,3}", fact.arguments[1]):
        yield Fault("wrong_arguments", str(fact), _CALLS[fact.name])


def _comparison_faults(one: Compare | Among, names: Names) -> Iterator[Fault]:
    kind = names.facts[one.fact.name].type
    values = one.values if isinstance(one, Among) else (one.value,)
    for value in values:
        if _type_of(value) is not kind:
            yield Fault("wrong_comparison", f"{one.fact} with {_shown(value)}", _EXPECTED[kind])
        elif isinstance(value, str):
            yield from _text_faults(one.fact.name, value, names)
    ordered = isinstance(one, Compare) and one.sign not in (Sign.IS, Sign.IS_NOT)
    if ordered and isinstance(one, Compare) and kind is not FactType.NUMBER:
        yield Fault("wrong_comparison", f"{one.fact} {one.sign}", "== or !=")


def _text_faults(name: str, value: str, names: Names) -> Iterator[Fault]:
    allowed = names.values.get(name, ())
    if allowed and value not in allowed:
        yield Fault("unknown_answer", value, " ".join(allowed))
    elif name in _COUNTRIES and not _COUNTRY.fullmatch(value):
        yield Fault("unknown_answer", value, "two capital letters such as MX")


def _type_of(value: Value) -> FactType:
    if isinstance(value, bool):
        return FactType.FLAG
    return FactType.NUMBER if isinstance(value, Decimal) else FactType.TEXT


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else f'"{value}"'
