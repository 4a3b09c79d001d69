"""How cases belong together, and which probably do, from who stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from megler.vocabulary.problems import Reason

GENERATION_YEARS = 18
"""Two of one household who are so many years apart are taken for parent and child."""


class LinkKind(StrEnum):
    """What one case is to the other; only `REPLACES` has a direction."""

    SPOUSE = "spouse"
    BUSINESS = "business"
    FAMILY = "family"
    ALTERNATIVE = "alternative"
    REPLACES = "replaces"
    SAME_ENQUIRY = "same_enquiry"


@dataclass(frozen=True, slots=True)
class CasePeople:
    """Who stands in a case, as far as others are likely to belong to it.

    `owners` are other clients who own or pay; `street` and `zip` are the insured's.
    """

    case: str
    client: str
    line: str
    born: date | None = None
    street: str = ""
    zip: str = ""
    owners: frozenset[str] = frozenset()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Likely:
    """A case that probably belongs to another, as what, and why."""

    case: str
    kind: LinkKind
    reason: Reason


def likely_links(one: CasePeople, others: Iterable[CasePeople]) -> list[Likely]:
    """Which of `others` probably belong to a case, each as one thing: the surest comes first.

    >>> kari = CasePeople("1", "kari", "term_life", street="1 Palm Way", zip="33602")
    >>> ola = CasePeople("2", "ola", "term_life", street="1 palm way ", zip="33602-1234")
    >>> likely_links(kari, [ola])[0].kind
    <LinkKind.SPOUSE: 'spouse'>
    """
    found = [likely for other in others if (likely := _likely(one, other))]
    return sorted(found, key=lambda likely: (_ORDER.index(likely.reason.code), likely.case))


_ORDER = ("same_client", "same_owner", "owner_is_insured", "same_address")


def _likely(one: CasePeople, other: CasePeople) -> Likely | None:
    if one.case == other.case:
        return None
    if one.client == other.client:
        rivals = one.is_open and other.is_open and one.line == other.line
        return Likely(other.case, LinkKind.ALTERNATIVE, Reason("same_client")) if rivals else None
    if one.owners & other.owners:
        return Likely(other.case, LinkKind.BUSINESS, Reason("same_owner"))
    if one.client in other.owners or other.client in one.owners:
        return Likely(other.case, LinkKind.FAMILY, Reason("owner_is_insured"))
    if _lives_with(one, other):
        return Likely(other.case, _of_household(one, other), Reason("same_address"))
    return None


def _lives_with(one: CasePeople, other: CasePeople) -> bool:
    places = [("".join(p.street.casefold().split()), p.zip[:5]) for p in (one, other)]
    return places[0] == places[1] and all(places[0])


def _of_household(one: CasePeople, other: CasePeople) -> LinkKind:
    """Whether two of one household are a couple or parent and child, by their ages."""
    if one.born is None or other.born is None:
        return LinkKind.SPOUSE
    apart = abs((one.born - other.born).days)
    return LinkKind.SPOUSE if apart < GENERATION_YEARS * 365.25 else LinkKind.FAMILY
