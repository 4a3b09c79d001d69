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


def implies(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """When `first` is `is`, `second` is `must` (money from an old policy is a replacement)."""
    first, second = values.get(keys["first"]), values.get(keys["second"])
    if _is(first, keys["is"]) and second is not None and not _is(second, keys["must"]):
        shown = ", ".join(second) if isinstance(second, list) else str(second)
        yield Problem("answers_disagree", keys["second"], shown, keys["must"])


def _is(value: object, wanted: str) -> bool:
    return (
        wanted in value if isinstance(value, list) else value is not None and str(value) == wanted
    )


def group_needed(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """Some item of `list` has `by` equal to `value` (a contingent beneficiary needs a primary one)."""
    items = values.get(keys["list"]) or []
    groups = {item.get(keys["by"]) for item in items}
    if items and None not in groups and keys["value"] not in groups:
        yield Problem("group_missing", keys["list"], ", ".join(sorted(groups)), keys["value"])


def items_differ(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """No two items of `list` have the same `field` within the same `by` (one heir told twice)."""
    seen: set[tuple[str, str]] = set()
    for i, item in enumerate(values.get(keys["list"]) or []):
        name = " ".join(str(item.get(keys["field"]) or "").casefold().split())
        group = str(item.get(keys["by"]) or "") if "by" in keys else ""
        if name and (group, name) in seen:
            where = f"{keys['list']}[{i}].{keys['field']}"
            yield Problem("told_twice", where, str(item[keys["field"]]), "", Severity.WARNING)
        seen.add((group, name))


def build_possible(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """`height` in inches and `weight` in pounds make a body mass index from 10 to 90.

    Below 10 and above 90 nobody lives long: one of the two is mistyped.
    """
    height, weight = values.get(keys["height"]), values.get(keys["weight"])
    if not height or not weight:
        return
    index = Decimal(703) * Decimal(weight) / (Decimal(height) * Decimal(height))
    if not 10 <= index <= 90:
        yield Problem("build_impossible", keys["weight"], f"{weight}", f"{height}")


NO_INTEREST = frozenset(
    {
        "none",
        "friend",
        "neighbor",
        "neighbour",
        "stranger",
        "investor",
        "acquaintance",
        "no relation",
    }
)
"""Relations that do not by themselves make an insurable interest.

Source: New York Insurance Law section 3205(a)(1), Texas Insurance Code 1103.053-.056: close kin, or a
lawful and substantial economic interest in the insured's life.
"""


def interest_explained(values: Values, keys: Keys, on: date) -> Iterable[Problem]:
    """An owner whose `relationship` is no insurable interest by itself tells one in `reason`."""
    relation = str(values.get(keys["relationship"]) or "").strip().casefold()
    if relation in NO_INTEREST and not values.get(keys.get("reason", "")):
        yield Problem("no_interest", keys["relationship"], relation)


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
        never_used, amount_explained, minor_needs_owner, implies, group_needed, items_differ,
        build_possible, interest_explained,
    )
}  # fmt: skip
KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "shares_add_up": (("list",), ("share", "by")),
    "list_agrees": (("question", "list", "gate"), ("field",)),
    "same_answer": (("first", "second"), ()),
    "age_between": (("question",), ("min", "max")),
    "not_before": (("earlier", "later"), ()),
    "year_not_before": (("earlier", "list"), ("field",)),
    "differs": (("first", "second"), ()),
    "never_used": (("class", "question"), ()),
    "amount_explained": (("amount", "income"), ("times",)),
    "minor_needs_owner": (("born", "question"), ()),
    "implies": (("first", "second"), ("is", "must")),
    "group_needed": (("list",), ("by", "value")),
    "items_differ": (("list",), ("field", "by")),
    "build_possible": (("height", "weight"), ()),
    "interest_explained": (("relationship",), ("reason",)),
    "medication_explained": (("list",), ("field",)),
}
"""The keys of each rule: those that name questions and are needed, and the others."""
