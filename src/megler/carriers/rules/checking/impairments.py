"""Questions and impairments: each once, each of use, each recognised as itself."""

from collections.abc import Iterator
from functools import cache
from itertools import chain

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Listed, Question
from megler.carriers.rules.reading.parts import GuideFiles, at, beside
from megler.carriers.rules.when.names import question_facts
from megler.carriers.rules.when.tree import facts_in
from megler.vocabulary.conditions import conditions, wider
from megler.vocabulary.problems import Problem, Severity

PART, QUESTIONS = "impairments", "questions"
_WITHOUT_NAMES = (Listed.PERSON, Listed.TRAVEL, Listed.MEDICATIONS)


def impairment_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Everything wrong between the impairments."""
    problems = []
    codes: dict[str, Impairment] = {}
    for one in guide.impairments:
        first = codes.setdefault(one.code, one)
        if first is not one:
            expected = f"once; first in {beside(files, PART, one, first)}"
            where = at(files, PART, one, "impairment")
            problems.append(Problem("duplicate_key", where, one.code, expected))
        if one.listed is Listed.TRAVEL and not one.words:
            where, expected = at(files, PART, one, "words"), "countries, or * for every other"
            problems.append(Problem("empty_cell", where, "", expected))
    problems += _taken(guide, files)
    for one in codes.values():
        problems += _known_as_another(one, codes, files)
    return problems


def _taken(guide: Guide, files: GuideFiles) -> Iterator[Problem]:
    """Words and ICD-10 codes that two impairments of one list have."""
    first: dict[tuple[Listed, str], Impairment] = {}
    for one in guide.impairments:
        if one.listed is Listed.PERSON:
            continue
        name = () if one.listed is Listed.TRAVEL else (one.name.lower(),)
        for column, words in (("words", {*name, *one.words}), ("icd10", {*one.icd10})):
            for word in sorted(words):
                other = first.setdefault((one.listed, word), one)
                if other is not one and other.code != one.code:
                    where = at(files, PART, one, "name" if word in name else column)
                    expected = f"a word of its own: {beside(files, PART, one, other)} has it"
                    yield Problem("word_taken", where, word, expected)


def _known_as_another(
    one: Impairment, codes: dict[str, Impairment], files: GuideFiles
) -> Iterator[Problem]:
    """Words that are Megler's own for another impairment of the guide."""
    for word in one.words if one.listed not in _WITHOUT_NAMES else ():
        code = _names().get((one.listed.value, word), one.code)
        other = codes.get(code)
        apart = one.code not in wider(code) and code not in wider(one.code)
        if other is not None and apart:
            where = at(files, PART, one, "words")
            expected = f"a word of its own: it means {code}"
            yield Problem("word_taken", where, word, expected, Severity.WARNING)


@cache
def _names() -> dict[tuple[str, str], str]:
    """Code by list and name, of every condition that Megler knows."""
    return {
        (known.listed, name.lower()): known.code
        for known in conditions().values()
        for name in (known.name, *known.words)
    }


def question_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Questions that stand twice, and those that no condition asks."""
    problems = []
    keys: dict[tuple[str | None, str], Question] = {}
    used = _used(guide)
    for one in guide.questions:
        where = at(files, QUESTIONS, one, "key")
        first = keys.setdefault((one.impairment, one.key), one)
        if first is not one:
            expected = f"once; first in {beside(files, QUESTIONS, one, first)}"
            problems.append(Problem("duplicate_key", where, one.key, expected))
        elif not any((one.impairment, fact) in used for fact in question_facts(one)):
            expected = f"a condition of {one.impairment or 'the guide'} that asks it"
            problem = Problem("question_not_used", where, one.key, expected, Severity.WARNING)
            problems.append(problem)
    return problems


def _used(guide: Guide) -> set[tuple[str | None, str]]:
    """The facts that conditions ask: by impairment, and for all under None."""
    used: set[tuple[str | None, str]] = set()
    for row in guide.ratings:
        if row.counted_key:
            used |= {(one, f"months_since_{row.counted_key}") for one in (row.impairment, None)}
        for fact in facts_in(row.when):
            used |= {(row.impairment, fact.name), (None, fact.name)}
    others = chain(
        (rule.when for rule in guide.rules),
        (rule.requires for rule in guide.rules),
        (rule.when for rule in guide.nicotine),
        (trigger.when for trigger in guide.triggers),
    )
    used |= {(None, fact.name) for when in others for fact in facts_in(when)}
    return used
