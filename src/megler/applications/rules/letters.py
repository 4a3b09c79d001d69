"""What letters about replaced policies say: plain data for the typesetter, in English.

Three letters: the request for an exchange with the absolute assignment, the notice to the existing
insurer, and the comparison.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from megler.applications.rules.comparison import Comparison, Line
from megler.applications.rules.existing import ExistingPolicy

UNKNOWN = "not known; ask the existing insurer"


@dataclass(frozen=True, slots=True)
class Parties:
    """Who a letter is from and about. Addresses are single lines."""

    agency: str
    agent: str
    carrier: str
    product: str
    owner: str
    insured: str
    reference: str


@dataclass(frozen=True, slots=True)
class Requested:
    """The exchange that the old insurer is asked for; amounts in dollars."""

    carrier_name: str
    carrier_address: str
    policy_number: str
    is_partial: bool = False
    expected: Decimal | None = None
    loan: Decimal | None = None
    loan_carried: bool | None = None


def dollars(amount: Decimal | None) -> str:
    """An amount as letters write it.

    >>> dollars(Decimal("1200")), dollars(None)
    ('$1,200.00', 'not known; ask the existing insurer')
    """
    return UNKNOWN if amount is None else f"${amount:,.2f}"


def _day(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"


def _addressed(name: str, address: str) -> list[str]:
    lines = [line.strip() for line in address.split(",") if line.strip()]
    return [name, *(lines or ["1035 exchange department"])]


def exchange_letter(who: Parties, what: Requested, on: date) -> dict[str, Any]:
    """The request to the old insurer, with the absolute assignment that the owner signs."""
    part = "a part of the value" if what.is_partial else "the whole value"
    facts = [
        ["Policy or contract", what.policy_number],
        ["Insured or annuitant", who.insured],
        ["Owner", who.owner],
        ["New insurer", f"{who.carrier}, {who.product}"],
        ["Amount", dollars(what.expected) if what.expected else f"{part}, about: {UNKNOWN}"],
    ]
    if what.loan:
        facts.append(["Loan outstanding", dollars(what.loan)])
    return {
        "title": "Request for an exchange under section 1035",
        "reference": who.reference,
        "day": _day(on),
        "from": [who.carrier, f"through {who.agency}", f"Agent: {who.agent}"],
        "to": _addressed(what.carrier_name, what.carrier_address),
        "facts": facts,
        "sections": [
            {"title": "", "paragraphs": list(_requests(who, what, part))},
            {"title": "Absolute assignment", "paragraphs": list(_assignment(who, what, part))},
        ],
        "signers": [
            ["Owner", who.owner],
            ["Insured or annuitant, if another", who.insured if who.insured != who.owner else ""],
            [f"Accepted for {who.carrier}", ""],
        ],
    }


def _requests(who: Parties, what: Requested, part: str) -> Iterable[str]:
    yield (
        f"The owner has applied to {who.carrier} for the policy named above and exchanges {part} of "
        f"the policy named above for it, under section 1035 of the Internal Revenue Code. Please pay "
        f"to {who.carrier} directly, never to the owner, and name the reference below."
    )
    yield (
        "Please report with the money: the cost basis before and after August 14, 1982, the gain, "
        "whether the policy is a modified endowment contract and since when, and any loan that ended "
        "with the surrender. Please withhold no tax: no taxable event is reported by the owner."
    )
    if what.loan and what.loan_carried:
        yield f"The loan of {dollars(what.loan)} is to be carried over to the new policy; do not pay it off."
    elif what.loan:
        yield f"The loan of {dollars(what.loan)} may be paid off from the value."


def _assignment(who: Parties, what: Requested, part: str) -> Iterable[str]:
    yield (
        f"I assign and transfer all my rights in {part} of the policy named above to {who.carrier}, "
        "absolutely and without condition, for an exchange under section 1035, and ask it to "
        "surrender what is assigned and to apply the money to the policy that I applied for. I "
        "receive none of it. Owner and insured stay the same."
    )
    yield (
        "The policy is in force, not assigned to anybody else and free of bankruptcy and liens, but "
        "for the loan named above if any. Nobody gave me tax advice; I know that the tax is mine to "
        "answer for if section 1035 does not cover the exchange."
    )
    if what.is_partial:
        yield (
            "I know that money taken from either contract within 180 days of the transfer may undo "
            "the exchange."
        )
    yield "The policy itself is enclosed, or I declare that it is lost or destroyed."


def notice_letter(
    who: Parties, policies: Sequence[ExistingPolicy], on: date, enclosed: str = ""
) -> dict[str, Any]:
    """The notice to one existing insurer that its policies are to be replaced."""
    names = {policy.company for policy in policies}
    facts = [["Insured", who.insured], ["Owner", who.owner]]
    facts += [["Policy replaced", policy.number or "number not assigned"] for policy in policies]
    facts += [["Applied for", f"{who.carrier}, {who.product}"], ["Application", who.reference]]
    paragraphs = [
        "This is notice that the policies named above are, or may be, replaced by a policy for which "
        "their owner has applied. You may write to the owner about the existing policies as the law "
        "of the owner's state allows.",
        f"Enclosed: {enclosed}." if enclosed else "",
        "Please send what you answer to the owner to the replacing insurer too.",
    ]
    return {
        "title": "Notice of a proposed replacement",
        "reference": who.reference,
        "day": _day(on),
        "from": [who.carrier, f"through {who.agency}", f"Agent: {who.agent}"],
        "to": [", ".join(sorted(names)), "Policyowner services"],
        "facts": facts,
        "sections": [{"title": "", "paragraphs": [text for text in paragraphs if text]}],
        "signers": [],
    }


_LABELS = {
    "insurer": "Insurer",
    "number": "Policy number",
    "issued": "Year of issue",
    "amount": "Amount",
    "premium_annual": "Premium a year",
    "term_years": "Term in years",
    "cash_value": "Cash value",
    "surrender_charge": "Surrender charge",
    "loan": "Loan outstanding",
    "contestable_years_left": "Years in which it can be contested, at most",
    "free_look_days": "Days in which it can be returned",
}


def comparison_paper(who: Parties, found: Sequence[Comparison], on: date) -> dict[str, Any]:
    """The comparison of every policy replaced, as a paper for applicant and agent."""
    return {
        "title": "Comparison of existing and proposed insurance",
        "reference": who.reference,
        "facts": [["Insured", who.insured], ["Agent", who.agent], ["Day", _day(on)]],
        "policies": [
            {
                "title": one.policy.name or "Existing policy",
                "rows": [[_LABELS[line.key], *_cells(line)] for line in one.lines],
            }
            for one in found
        ],
        "notes": [
            "A new policy begins the periods anew in which the insurer may contest it and exclude "
            "suicide. Surrender charges of the old policy may be taken from its value, and those of "
            "the new one begin anew.",
            "What is not known here is to be asked of the existing insurer before anything is ended. "
            "Values that are not guaranteed are not compared.",
        ],
        "signers": [["Applicant", who.owner], ["Agent", who.agent]],
    }


def _cells(line: Line) -> list[str]:
    return [written(line.old, line.unit), written(line.new, line.unit, "see the policy")]


def written(value: Any, unit: str, unknown: str = "ask the existing insurer") -> str:
    """A value as the paper writes it.

    >>> written(Decimal(500000), "money"), written(None, "years")
    ('$500,000', 'ask the existing insurer')
    """
    if value is None:
        return unknown
    if unit == "money":
        return f"${value:,.2f}".removesuffix(".00")
    return "–" if value == "" else str(value)
