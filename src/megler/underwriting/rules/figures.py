"""Where figures alone decide: guides whose impairments stay silent of whom only figures are known."""

from collections.abc import Iterable
from dataclasses import dataclass

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Listed
from megler.carriers.rules.when.tree import Fact, facts_in
from megler.underwriting.rules.knowledge import TRIVIAL
from megler.underwriting.rules.people import Person

BEYOND = frozenset({
    "income_annual", "income_multiple", "net_worth", "net_worth_multiple", "citizenship", "visa",
})  # fmt: skip
"""Facts of a person that no compiled figure stands for."""
_WITHOUT_ENTRIES = frozenset({"nicotine", "family"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What several guides judge beyond figures.

    `history`: any of them turns on what is told of a person's history or circumstances. `products`
    are the nicotine products that any of them takes otherwise than the rest.
    """

    history: bool
    products: frozenset[str]


def judged_by(guides: Iterable[Edition]) -> Judged:
    """What these guides judge beyond figures."""
    rules = [guide.guide for guide in guides if guide.guide is not None]
    named = {rule.product for one in rules for rule in one.nicotine}
    history = any(one.impairments or one.rules for one in rules)
    return Judged(history, frozenset(product for product in named if product is not None))


def is_beside(rules: Guide) -> bool:
    """Whether the guide's impairments say nothing of whom nothing but figures is known."""
    beyond = {one.key for one in rules.questions if one.impairment is None} | BEYOND
    asked: dict[str, set[Fact]] = {
        one.code: set() for one in rules.impairments if one.listed is Listed.PERSON
    }
    for row in rules.ratings:
        if row.impairment in asked:
            asked[row.impairment].update(f for f in facts_in(row.when) if f.name not in TRIVIAL)
    return all(
        facts and all(fact.arguments or fact.name in beyond for fact in facts)
        for facts in asked.values()
    )


def is_figures(person: Person, judged: Judged) -> bool:
    """Whether nothing is told of a person that guides judge beyond figures."""
    if judged.products and any(use.product in judged.products for use in person.nicotine or ()):
        return False
    if not judged.history:
        return True
    told: list[object] = [person.conditions, person.medications, person.driving]
    told += [person.criminal, person.avocations, person.travel, person.details]
    beyond = (person.income_annual, person.net_worth, person.citizenship, person.visa)
    return (
        not any(told)
        and person.incomplete <= _WITHOUT_ENTRIES
        and person.occupation is None
        and all(fact is None for fact in beyond)
    )
