"""Who looks after something: the first rule that fits, and in a team whoever has least to do."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules ask about a case: plain values, empty or None where nothing is known."""

    carrier: str = ""
    line: str = ""
    jurisdiction: str = ""
    agent: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions that must all hold (an empty one asks nothing), and who then gets it.

    `amount_from` in dollars. One of `person` and `team` is set.
    """

    name: str
    carrier: str = ""
    line: str = ""
    jurisdiction: str = ""
    agent: str = ""
    amount_from: Decimal | None = None
    person: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets it, and by which rule. A team without anybody present keeps it in its queue."""

    rule: str
    person: str = ""
    team: str = ""


def fits(rule: Rule, facts: Facts) -> bool:
    """Whether all of a rule's conditions hold.

    >>> fits(Rule("large", amount_from=Decimal(1_000_000)), Facts(amount=Decimal(2_000_000)))
    True
    >>> fits(Rule("large", amount_from=Decimal(1_000_000)), Facts())
    False
    """
    asked = (
        (rule.carrier, facts.carrier),
        (rule.line, facts.line),
        (rule.jurisdiction, facts.jurisdiction),
        (rule.agent, facts.agent),
    )
    if any(wanted and wanted != found for wanted, found in asked):
        return False
    if rule.amount_from is None:
        return True
    return facts.amount is not None and facts.amount >= rule.amount_from


def least_loaded(people: Iterable[str], loads: Mapping[str, int]) -> str:
    """Of several, who has least; of equals the first by key. "" for nobody.

    >>> least_loaded(["b", "a", "c"], {"a": 3, "b": 1})
    'c'
    """
    return min(people, key=lambda one: (loads.get(one, 0), one), default="")


def choose(
    rules: Iterable[Rule],
    facts: Facts,
    members: Mapping[str, Collection[str]],
    loads: Mapping[str, int],
    absent: Collection[str] = (),
) -> Choice | None:
    """Who looks after something with these facts; None when no rule fits.

    `rules` in their order, `members` of each team, `loads` how much each person has. Who is absent
    is passed over in a team; a person who is named in a rule keeps their work, and their cover sees it.
    """
    for rule in rules:
        if not fits(rule, facts):
            continue
        if rule.person:
            return Choice(rule.name, person=rule.person)
        present = [one for one in members.get(rule.team, ()) if one not in absent]
        return Choice(rule.name, least_loaded(present, loads), rule.team)
    return None
