"""What the quote knows of an annuity, of disability, of care, of Medicare and of a family's health.

What was wished for stands in the facts document's `wants` (docs/facts.md); the amount is that of the
offer. A wish that a form has no choice for is left to be asked.
"""

from collections.abc import Mapping
from typing import Any

from megler.vocabulary.codes import Line

Facts = Mapping[str, Any]
_LINES = frozenset(Line)
_LIFE = frozenset(
    {Line.TERM_LIFE, Line.WHOLE_LIFE, Line.UNIVERSAL_LIFE, Line.FINAL_EXPENSE, Line.ENDOWMENT,
     Line.ANNUITY, Line.GROUP_TERM_LIFE}
)  # fmt: skip
_FORM_OF_INCOME = {
    "life-only": "life", "life-10-certain": "certain", "life-cash-refund": "refund",
    "life-installment-refund": "refund",
}  # fmt: skip
_RIDERS = {
    "own_occupation": "own", "residual": "residual", "cost_of_living": "cola",
    "future_increase": "future", "catastrophic": "catastrophic",
}  # fmt: skip
_WINDOWS = {
    "open_enrolment": {"msup_open": "yes"},
    "guaranteed_issue": {"msup_guaranteed": "yes"},
    "none": {"msup_open": "no", "msup_guaranteed": "no"},
}
_MOST_YEARS_OF_CARE = 6


def line_of(offer: Mapping[str, Any]) -> Line | None:
    """The line of business of an offer; None where it names none."""
    told = str(offer.get("line") or "")
    return Line(told) if told in _LINES else None


def is_of_kind(cover: Facts, line: Line | None) -> bool:
    """Whether a policy in force is one that an application for `line` asks about.

    Life insurance and annuities ask for one another; any other line for its own kind. A policy of
    which no line is told is life insurance.
    """
    told = str(cover.get("line") or Line.TERM_LIFE)
    if line is None or line in _LIFE:
        return told not in _LINES or told in _LIFE
    return told == line


def insured_of(facts: Facts, offer: Mapping[str, Any] | None = None) -> Facts:
    """The insured person of a facts document: of those whom the offer is for the first insured.

    A family's offer is for whoever is insured and not another's spouse or child; an offer to one of
    a group is for that one.
    """
    people = facts.get("people")
    if not people:
        return facts
    named = wish_of(facts, offer).get("people") if offer is not None else None
    mine = [one for one in people if named and one.get("id") in named] or people
    return next((one for one in mine if one.get("role", "insured") == "insured"), mine[0])


def wish_of(facts: Facts, offer: Mapping[str, Any]) -> Facts:
    """The wish that an offer answers: by its number, or the first of its line."""
    wants = facts.get("wants") or {}
    if isinstance(wants, Mapping):
        return wants
    number = offer.get("wants")
    if isinstance(number, int) and 0 <= number < len(wants):
        found: Facts = wants[number]
        return found
    return next((one for one in wants if one.get("line") == offer.get("line")), {})


def answers_of_line(facts: Facts, person: Facts, offer: Mapping[str, Any]) -> dict[str, Any]:
    """Raw answers by question key that the line of the offer has beside those of every line."""
    wish, amount = wish_of(facts, offer), offer.get("face_amount")
    match line_of(offer):
        case Line.ANNUITY:
            return _annuity(wish, offer, amount)
        case Line.DISABILITY:
            return _disability(wish, person, amount)
        case Line.LONG_TERM_CARE:
            return _care(facts, wish, person, amount)
        case Line.MEDICARE_SUPPLEMENT:
            return _supplement(wish, person, offer)
        case Line.HEALTH:
            return _household(facts, wish, person)
        case _:
            return {}


def _annuity(wish: Facts, offer: Mapping[str, Any], amount: object) -> dict[str, Any]:
    now = {"income": "now", "value": "later"}.get(str(offer.get("yields")))
    paid = _FORM_OF_INCOME.get(str(wish.get("payout"))) if now == "now" else None
    return {
        "annuity_premium": amount,
        "annuity_qualified": "none" if wish.get("qualified") is False else None,
        "annuity_income_start": now,
        "annuity_income_form": paid,
    }


def _disability(wish: Facts, person: Facts, amount: object) -> dict[str, Any]:
    riders = [
        one if isinstance(one, Mapping) else {"code": one} for one in wish.get("riders") or ()
    ]
    future = next((one.get("amount") for one in riders if one["code"] == "future_increase"), None)
    return {
        "di_benefit": amount,
        "di_elimination": _numbered("d", wish.get("elimination_days")),
        "di_period": _numbered("y", wish.get("benefit_years")),
        "di_riders": [_RIDERS[one["code"]] for one in riders if one["code"] in _RIDERS] or None,
        "di_future_amount": future,
        "di_income_now": person.get("income_annual"),
    }


def _care(facts: Facts, wish: Facts, person: Facts, amount: object) -> dict[str, Any]:
    years, inflation = wish.get("benefit_years"), str(wish.get("inflation") or "")
    lives = _others(facts, wish, person)
    if isinstance(years, int):
        years = min(years, _MOST_YEARS_OF_CARE)
    return {
        "care_benefit": amount,
        "care_years": _numbered("y", years),
        "care_elimination": _numbered("d", wish.get("elimination_days")),
        "care_inflation": "none" if inflation in {"0", "none"} else _numbered("c", inflation),
        "care_partner": "yes" if lives else None,
        "care_partner_name": lives[0].get("name") if lives else None,
    }


def _supplement(wish: Facts, person: Facts, offer: Mapping[str, Any]) -> dict[str, Any]:
    plan = str(offer.get("plan") or wish.get("plan") or "").lower()
    uses = person.get("nicotine")
    return {
        "msup_plan": plan or None,
        "msup_part_b": person.get("part_b_date"),
        "msup_nicotine": "no" if uses == [] else None,
        **_WINDOWS.get(str(person.get("enrolment_window")), {}),
    }


def _household(facts: Facts, wish: Facts, person: Facts) -> dict[str, Any]:
    """The others who are to be covered; names are mostly not known to a quote."""
    others = _others(facts, wish, person)
    if not others:
        return {}
    listed = [
        {
            "name": one.get("name"),
            "relationship": one.get("role"),
            "born": one.get("born"),
            "sex": one.get("sex"),
        }
        for one in others
    ]
    return {"household_size": len(others) + 1, "dependents": listed}


def _others(facts: Facts, wish: Facts, person: Facts) -> list[Facts]:
    """The other people of a wish; everybody of the document where it names none."""
    people = [one for one in facts.get("people") or () if one is not person]
    named = wish.get("people")
    return [one for one in people if not named or one.get("id") in named]


def _numbered(letter: str, number: object) -> str | None:
    return f"{letter}{number}" if number not in {None, ""} else None
