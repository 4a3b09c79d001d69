"""A guide's conditions in the reader's words: `7.0 < a1c <= 7.5` is "a1c over 7.0 to 7.5"."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.carriers.rules.when.tree import (
    All,
    Among,
    Any,
    Compare,
    Fact,
    Not,
    Sign,
    Value,
    When,
)
from megler.vocabulary.conditions import conditions

FACT_WORDS: dict[str, str | Promise] = {
    "age": gettext_lazy("age"),
    "sex": gettext_lazy("sex"),
    "jurisdiction": gettext_lazy("state of residence"),
    "citizenship": gettext_lazy("citizenship"),
    "visa": gettext_lazy("visa"),
    "occupation": gettext_lazy("occupation"),
    "height_in": gettext_lazy("height in inches"),
    "weight_lb": gettext_lazy("weight in pounds"),
    "bmi": gettext_lazy("body-mass index"),
    "systolic": gettext_lazy("systolic"),
    "diastolic": gettext_lazy("diastolic"),
    "pressure_treated": gettext_lazy("blood pressure treated"),
    "cholesterol_total": gettext_lazy("total cholesterol"),
    "cholesterol_ratio": gettext_lazy("cholesterol ratio"),
    "cholesterol_treated": gettext_lazy("cholesterol treated"),
    "nicotine": gettext_lazy("nicotine"),
    "nicotine_free_months": gettext_lazy("months without nicotine"),
    "income_annual": gettext_lazy("yearly income"),
    "net_worth": gettext_lazy("net worth"),
    "amount": gettext_lazy("amount"),
    "total_amount": gettext_lazy("total amount"),
    "income_multiple": gettext_lazy("multiple of income"),
    "net_worth_multiple": gettext_lazy("multiple of net worth"),
    "months_since": gettext_lazy("months since"),
    "years_since": gettext_lazy("years since"),
    "months_since_end": gettext_lazy("months since the end"),
    "years_since_end": gettext_lazy("years since the end"),
    "age_at_onset": gettext_lazy("age at onset"),
    "ended": gettext_lazy("ended"),
    "days": gettext_lazy("days a year"),
    "country": gettext_lazy("country"),
    "dose": gettext_lazy("dose"),
    "entries": gettext_lazy("how many"),
}
_CALLS: dict[tuple[str, int], str | Promise] = {
    ("takes", 0): gettext_lazy("taking %(what)s"),
    ("count", 0): gettext_lazy("number of %(what)s"),
    ("count", 1): gettext_lazy("number of %(what)s in %(months)s months"),
    ("months_since", 0): gettext_lazy("months since %(what)s"),
    ("years_since", 0): gettext_lazy("years since %(what)s"),
}
_SIGNS: dict[Sign, str | Promise] = {
    Sign.BELOW: gettext_lazy("%(fact)s under %(value)s"),
    Sign.AT_MOST: gettext_lazy("%(fact)s up to %(value)s"),
    Sign.ABOVE: gettext_lazy("%(fact)s over %(value)s"),
    Sign.AT_LEAST: gettext_lazy("%(fact)s from %(value)s"),
    Sign.IS: gettext_lazy("%(fact)s %(value)s"),
    Sign.IS_NOT: gettext_lazy("%(fact)s not %(value)s"),
}
_THOUSANDS = 10_000
_LOW = (Sign.ABOVE, Sign.AT_LEAST)
_HIGH = (Sign.BELOW, Sign.AT_MOST)


def condition_in_words(when: When | None) -> str:
    """A condition as people read it; None: always."""
    match when:
        case None:
            return _("always")
        case Compare() | Among():
            return _compared(when)
        case Not(part=part):
            return _denied(part)
        case All(parts=parts):
            return _(" and ").join(_all(parts))
        case Any(parts=parts):
            return _(" or ").join(condition_in_words(part) for part in parts)


def _several(values: Sequence[Value]) -> str:
    several, last = ", ".join(_value(v) for v in values[:-1]), _value(values[-1])
    return _("%(several)s or %(last)s") % {"several": several, "last": last} if several else last


def _denied(part: When) -> str:
    if isinstance(part, Compare) and isinstance(part.value, bool):
        return _compared(Compare(part.fact, part.sign, not part.value))
    return _("not (%(condition)s)") % {"condition": condition_in_words(part)}


def _all(parts: Iterable[When]) -> Iterable[str]:
    """Each part; the two ends of one figure together, and what has `or` in parentheses."""
    by_fact = groupby(parts, lambda part: part.fact if isinstance(part, Compare) else id(part))
    for _key, group in by_fact:
        same = list(group)
        while same:
            part = same.pop(0)
            other = same[0] if same else None
            if isinstance(part, Compare) and isinstance(other, Compare) and _span(part, other):
                same.pop(0)
                yield _span(part, other)
            elif isinstance(part, Any):
                yield f"({condition_in_words(part)})"
            elif isinstance(part, All):
                yield from _all(part.parts)
            else:
                yield condition_in_words(part)


def _span(one: Compare, other: Compare) -> str:
    """Both ends of a figure at once; empty where they are not its ends."""
    low, high = (one, other) if one.sign in _LOW else (other, one)
    if low.sign not in _LOW or high.sign not in _HIGH:
        return ""
    words = {
        (Sign.ABOVE, Sign.BELOW): _("%(fact)s over %(low)s and under %(high)s"),
        (Sign.ABOVE, Sign.AT_MOST): _("%(fact)s over %(low)s to %(high)s"),
        (Sign.AT_LEAST, Sign.BELOW): _("%(fact)s %(low)s to under %(high)s"),
        (Sign.AT_LEAST, Sign.AT_MOST): _("%(fact)s %(low)s to %(high)s"),
    }[low.sign, high.sign]
    return words % {"fact": _fact(one.fact), "low": _value(low.value), "high": _value(high.value)}


def _compared(one: Compare | Among) -> str:
    fact = _fact(one.fact)
    if isinstance(one, Among):
        return f"{fact} {_several(one.values)}"
    if isinstance(one.value, bool):
        holds = one.value is (one.sign is Sign.IS)
        return fact if holds else _("no %(fact)s") % {"fact": fact}
    return str(_SIGNS[one.sign]) % {"fact": fact, "value": _value(one.value)}


def _fact(fact: Fact) -> str:
    if not fact.arguments:
        return str(FACT_WORDS.get(fact.name) or fact.name.replace("_", " "))
    what, *months = fact.arguments
    named = what if fact.name == "takes" else code_in_words(what)
    words = _CALLS.get((fact.name, len(months)), "%(what)s")
    return str(words) % {"what": named, "months": "".join(months)}


def code_in_words(code: str) -> str:
    """The name of a condition that Megler knows, else its code with spaces."""
    known = conditions().get(code)
    name = known.name if known else code.replace("_", " ")
    return name if name.isupper() or name[1:2].isupper() else name[:1].lower() + name[1:]


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return figure_in_words(value)
    return value.replace("_", " ")


def figure_in_words(value: Decimal) -> str:
    """A figure with its thousands apart, as exact as it is written."""
    return str(number_format(value, use_l10n=True, force_grouping=abs(value) >= _THOUSANDS))
