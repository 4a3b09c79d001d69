"""Whether a policy is as it was to be: each part of it against what was applied for and approved."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from megler.cases.rules.beneficiaries import Named


class PolicyPart(StrEnum):
    """A part of a policy that is checked."""

    NUMBER = "number"
    INSURED = "insured"
    OWNER = "owner"
    BENEFICIARIES = "beneficiaries"
    FACE_AMOUNT = "face_amount"
    CLASS = "class"
    PREMIUM = "premium"
    MODE = "mode"
    TERM = "term"


class Settled(StrEnum):
    """What became of a difference."""

    OPEN = "open"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Terms:
    """A policy as it is to be, or as it is. What is None or empty is not known and not compared."""

    number: str = ""
    insured: str = ""
    owner: str = ""
    beneficiaries: tuple[Named, ...] = ()
    face_amount: Decimal | None = None
    class_name: str = ""
    premium: Decimal | None = None
    mode: str = ""
    term_years: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that is not as it was to be, both sides as they are read."""

    part: PolicyPart
    expected: str
    found: str


def differences(expected: Terms, issued: Terms) -> list[Difference]:
    """Every part of an issued policy that differs from what was to be issued.

    Names and classes are compared without regard to case, commas and points; beneficiaries by name,
    share and whether they are contingent.

    >>> found = differences(Terms(mode="monthly"), Terms(mode="annual"))
    >>> [(one.part.value, one.expected, one.found) for one in found]
    [('mode', 'monthly', 'annual')]
    """
    return list(_differences(expected, issued))


def _differences(expected: Terms, issued: Terms) -> Iterator[Difference]:
    for part, name in (
        (PolicyPart.NUMBER, "number"),
        (PolicyPart.INSURED, "insured"),
        (PolicyPart.OWNER, "owner"),
        (PolicyPart.CLASS, "class_name"),
        (PolicyPart.MODE, "mode"),
    ):
        wanted, found = getattr(expected, name), getattr(issued, name)
        if wanted and found and plain(wanted) != plain(found):
            yield Difference(part, wanted, found)
    for part, name in (
        (PolicyPart.FACE_AMOUNT, "face_amount"),
        (PolicyPart.PREMIUM, "premium"),
        (PolicyPart.TERM, "term_years"),
    ):
        wanted, found = getattr(expected, name), getattr(issued, name)
        if wanted is not None and found is not None and wanted != found:
            yield Difference(part, _figure(wanted), _figure(found))
    wanted, found = expected.beneficiaries, issued.beneficiaries
    if wanted and found and _who(wanted) != _who(found):
        yield Difference(PolicyPart.BENEFICIARIES, listed(wanted), listed(found))


def plain(text: str) -> str:
    """A name or class as it is compared.

    >>> plain("Hope,  KARI")
    'hope kari'
    """
    return " ".join("".join(" " if c in ",.-" else c for c in text).casefold().split())


def listed(named: tuple[Named, ...]) -> str:
    """Beneficiaries in one line.

    >>> listed((Named("Ola Hope", share=Decimal(100)),))
    'Ola Hope 100 %'
    """
    return "; ".join(
        f"{one.name} {one.share or 0:f} %" + (" (2)" if one.is_contingent else "")
        for one in sorted(named, key=lambda one: (one.is_contingent, one.name))
    )


def _who(named: tuple[Named, ...]) -> set[tuple[str, Decimal | None, bool]]:
    return {
        (" ".join(sorted(plain(one.name).split())), one.share, one.is_contingent) for one in named
    }


def _figure(value: Decimal | int) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
