"""Rules of classes and of nicotine: none contradicts another, and no worse class asks more."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations, pairwise

from megler.carriers.rules.checking.axes import Domain, underlying
from megler.carriers.rules.checking.criteria import OLDEST_AGE, ladders
from megler.carriers.rules.checking.firing import domain_of
from megler.carriers.rules.checking.spaces import in_words, space_of
from megler.carriers.rules.guide import Criterion, CriterionKind, Guide
from megler.carriers.rules.ratings import ClassRule, NicotineRule
from megler.carriers.rules.reading.parts import GuideFiles, at, beside
from megler.carriers.rules.when.tree import All, Any, Compare, Fact, Not, Sign, When, facts_in
from megler.vocabulary.problems import Problem, Severity

PART, NICOTINE = "rules", "nicotine"
_OF_CODES = ("count", "months_since")
_LIMITS: Mapping[CriterionKind, tuple[str, Sign]] = {
    CriterionKind.SYSTOLIC_MAX: ("systolic", Sign.AT_MOST),
    CriterionKind.DIASTOLIC_MAX: ("diastolic", Sign.AT_MOST),
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX: ("cholesterol_ratio", Sign.AT_MOST),
    CriterionKind.CHOLESTEROL_TOTAL_MIN: ("cholesterol_total", Sign.AT_LEAST),
    CriterionKind.CHOLESTEROL_TOTAL_MAX: ("cholesterol_total", Sign.AT_MOST),
}


def class_rule_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Everything wrong between the rules of classes."""
    domain = domain_of(guide)
    problems = [p for row in guide.rules for p in _of_rule(row, domain, files)]
    for one, other in combinations(guide.rules, 2):
        if one.class_code == other.class_code or None in (one.class_code, other.class_code):
            problems += _of_two(one, other, domain, files)
    for ladder in ladders(guide):
        for better, worse in pairwise(ladder):
            problems += _not_easing(guide, (better, worse), domain, files)
    return list(dict.fromkeys(problems))


def asks(rule: ClassRule) -> When:
    """The rule as one condition: what it requires, or it is not for the person."""
    return rule.requires if rule.when is None else Any((Not(rule.when), rule.requires))


def _of_rule(row: ClassRule, domain: Domain, files: GuideFiles) -> Iterator[Problem]:
    """A rule that nobody can meet, or that everybody meets."""
    space = space_of([row.when, row.requires], domain)
    if space is None:
        return
    held = space.where(row.when) & space.possible(strict=False)
    met = held & space.where(row.requires)
    where = at(files, PART, row, "requires")
    if held.any() and not met.any():
        yield Problem("rule_never_met", where, "", "a condition that can hold")
    elif held.any() and not (held & ~space.where(row.requires)).any():
        expected = "a condition that may not hold"
        yield Problem("rule_says_nothing", where, "", expected, Severity.WARNING)


def _of_two(
    one: ClassRule, other: ClassRule, domain: Domain, files: GuideFiles
) -> Iterator[Problem]:
    """Two rules of one class that somebody has both of, and nobody can meet both of."""
    where = at(files, PART, other, "requires")
    first = beside(files, PART, other, one)
    if (one.class_code, one.requires, one.when) == (other.class_code, other.requires, other.when):
        found = other.class_code or "any"
        yield Problem("duplicate_key", where, found, f"once; first in {first}")
        return
    if not _asked(one) & _asked(other):
        return
    space = space_of([one.when, one.requires, other.when, other.requires], domain)
    if space is None:
        return
    both = space.where(one.when) & space.where(other.when) & space.possible(strict=False)
    each = [both & space.where(row.requires) for row in (one, other)]
    if all(met.any() for met in each) and not (each[0] & each[1]).any():
        found, expected = in_words(space.example(both)), f"what {first} allows"
        yield Problem("rules_contradict", where, found, expected)


def _asked(row: ClassRule) -> set[Fact]:
    return {underlying(fact) for fact in facts_in(row.requires)}


def _not_easing(
    guide: Guide, classes: tuple[str, str], domain: Domain, files: GuideFiles
) -> Iterator[Problem]:
    """Rules of a worse class that somebody fails who meets all that the better class asks."""
    better, worse = classes
    limits = [limit for row in guide.criteria for limit in _limit(row, better)]
    own = [asks(row) for row in guide.rules if row.class_code in (None, better)]
    for row in guide.rules:
        if row.class_code != worse:
            continue
        facts = {_about(fact) for when in (row.when, row.requires) for fact in facts_in(when)}
        asked = [w for w in (*own, *limits) if facts & {_about(f) for f in facts_in(w)}]
        space = space_of([asks(row), *asked], domain)
        if space is None:
            continue
        passed = ~space.where(asks(row)) & space.possible(strict=True)
        for when in asked:
            passed = passed & space.where(when)
        if passed.any():
            found = in_words(space.example(passed))
            where, expected = at(files, PART, row, "requires"), f"nothing that {better} allows"
            yield Problem("class_asks_more", where, found, expected, Severity.WARNING)


def _about(fact: Fact) -> Fact:
    """What a fact tells of: how often a thing was, in whatever time, and how long ago are of one."""
    same = underlying(fact)
    return Fact("count", same.arguments[:1]) if same.name in _OF_CODES else same


def _limit(row: Criterion, class_code: str) -> Iterator[When]:
    """A criterion of a class as a condition."""
    if row.class_code not in (None, class_code) or row.kind not in _LIMITS:
        return
    name, sign = _LIMITS[row.kind]
    within: When = Compare(Fact(name), sign, row.limit)
    bounds = _ages(row)
    yield Any((Not(All(bounds)), within)) if bounds else within


def _ages(row: Criterion) -> tuple[When, ...]:
    age = Fact("age")
    bounds: list[When] = []
    if row.age_from is not None:
        bounds.append(Compare(age, Sign.AT_LEAST, Decimal(row.age_from)))
    if row.age_to is not None and row.age_to < OLDEST_AGE:
        bounds.append(Compare(age, Sign.AT_MOST, Decimal(row.age_to)))
    return tuple(bounds)


def nicotine_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Nicotine rules that stand twice, or ask more months of a worse class."""
    problems = []
    rows: dict[tuple[str | None, str | None], NicotineRule] = {}
    for row in guide.nicotine:
        first = rows.setdefault((row.class_code, row.product), row)
        if first is not row:
            where = at(files, NICOTINE, row)
            found = f"{row.class_code or 'any'}, {row.product or 'any'}"
            expected = f"once; first in {beside(files, NICOTINE, row, first)}"
            problems.append(Problem("duplicate_key", where, found, expected))
    for ladder in ladders(guide):
        for better, worse in pairwise(ladder):
            problems += _more_months(rows, better, worse, files)
    return problems


def _more_months(
    rows: Mapping[tuple[str | None, str | None], NicotineRule],
    better: str,
    worse: str,
    files: GuideFiles,
) -> Iterable[Problem]:
    for (code, product), row in rows.items():
        other = rows.get((better, product))
        if code == worse and other and row.free_months > other.free_months:
            where = at(files, NICOTINE, row, "free_months")
            first = beside(files, NICOTINE, row, other)
            expected = f"at most {other.free_months} of {better} ({first})"
            yield Problem("criteria_do_not_ease", where, str(row.free_months), expected)
