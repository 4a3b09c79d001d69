"""Rules between answers, by name; a questionnaire says which apply to which of its questions.

Each takes the values by question key, the rule's keys and the day, and yields problems whose
`where` is the question to look at. A value not given is no inconsistency: good order asks for it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from megler.vocabulary.ages import age_last
from megler.vocabulary.problems import Problem, Severity

Values = Mapping[str, Any]
Keys = Mapping[str, str]
MINOR_UNDER = 15
"""Age from which the proposed insured signs, as on most carriers' applications."""

Rule = Callable[[Values, Keys, date], Iterable[Problem]]


def shares_add_up(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """In list `list`, the percentages `share` add to 100 within each group `by`.

    Needs every share of a group; a group with a share missing is incomplete, not inconsistent.
    """
    sums: dict[str, Decimal] = {}
    incomplete = set()
    for item in values.get(keys["list"]) or []:
        group, share = item.get(keys["by"]), item.get(keys["share"])
        if group is None or share is None:
            incomplete.add(group)
            continue
        sums[group] = sums.get(group, Decimal(0)) + Decimal(share)
    if None in incomplete:
        return
    for group, total in sorted(sums.items()):
        if group not in incomplete and total != 100:
            yield Problem("shares_not_100", keys["list"], f"{group}: {total:f} %", "100 %")


def list_agrees(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """`question` says yes exactly when an item of `list` has `field` yes (replacement answers).

    While `gate` says that there are items and none is listed yet, the list is missing, not wrong.
    """
    said, items = values.get(keys["question"]), values.get(keys["list"])
    if said not in {"yes", "no"} or (not items and values.get(keys["gate"]) == "yes"):
        return
    marked = any(item.get(keys["field"]) == "yes" for item in items or [])
    complete = all(item.get(keys["field"]) for item in items or [])
    if said == "no" and marked:
        yield Problem("replacement_disagrees", keys["question"], "no", "yes")
    if said == "yes" and not marked and complete:
        yield Problem("replacement_disagrees", keys["list"], "no", "yes")


def same_answer(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """The answers to `first` and `second` are the same."""
    first, second = values.get(keys["first"]), values.get(keys["second"])
    if first is not None and second is not None and first != second:
        yield Problem("answers_disagree", keys["second"], str(second), str(first))


def age_between(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """Who was born on `question` is `min` to `max` years old."""
    if (born := _day(values.get(keys["question"]))) is None or born > on:
        return
    low, high, age = int(keys.get("min", "0")), int(keys.get("max", "120")), age_last(born, on)
    if not low <= age <= high:
        yield Problem("age_out_of_range", keys["question"], str(age), f"{low}–{high}")


def not_before(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """The day `later` is not before the day `earlier` (nothing happens before birth)."""
    earlier, later = _day(values.get(keys["earlier"])), _day(values.get(keys["later"]))
    if earlier and later and later < earlier:
        yield Problem("before_birth", keys["later"], later.isoformat(), earlier.isoformat())


def year_not_before(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """The year `field` in each item of `list` lies between the year of `earlier` and this one."""
    earlier = _day(values.get(keys["earlier"]))
    first = earlier.year if earlier else on.year - 120
    for i, item in enumerate(values.get(keys["list"]) or []):
        year = item.get(keys["field"])
        if year is not None and not first <= int(year) <= on.year:
            where = f"{keys['list']}[{i}].{keys['field']}"
            yield Problem("out_of_range", where, str(year), f"{first}–{on.year}")


def differs(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """`first` and `second` are not the same (an owner who is not the insured)."""
    first, second = values.get(keys["first"]), values.get(keys["second"])
    if first and second and str(first).casefold() == str(second).casefold():
        yield Problem("same_as", keys["second"], str(second), keys["first"], Severity.WARNING)


def never_used(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """`class` says non-tobacco while `question` says the applicant uses nicotine now."""
    chosen, said = str(values.get(keys["class"]) or ""), values.get(keys["question"])
    if said == "current" and chosen and "tobacco" not in chosen.replace("non-tobacco", ""):
        yield Problem("class_disagrees", keys["question"], str(said), chosen, Severity.WARNING)


def amount_explained(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """`amount` is at most `times` the annual `income`; more is asked about, not refused."""
    amount, income = values.get(keys["amount"]), values.get(keys["income"])
    if amount is None or income is None or Decimal(income) <= 0:
        return
    most = Decimal(income) * int(keys["times"])
    if Decimal(amount) > most:
        found, expected = f"${Decimal(amount):,.0f}", f"${most:,.0f}"
        yield Problem("amount_high", keys["amount"], found, expected, Severity.WARNING)


def minor_needs_owner(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """A minor cannot own the policy: `question` is not yes while `born` makes one of the insured."""
    born = _day(values.get(keys["born"]))
    if born and born <= on and is_minor(born, on) and values.get(keys["question"]) == "yes":
        yield Problem("minor_owner", keys["question"], str(age_last(born, on)), str(MINOR_UNDER))


def is_minor(born: date, on: date) -> bool:
    """Whether the insured is too young to sign: the owner signs alone."""
    return age_last(born, on) < MINOR_UNDER


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        shares_add_up, list_agrees, same_answer, age_between, not_before, year_not_before, differs,
        never_used, amount_explained, minor_needs_owner,
    )
}  # fmt: skip
