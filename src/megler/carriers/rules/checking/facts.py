"""The facts that address cells: which there are, as what, and whether a product can know them."""

from collections.abc import Mapping

from megler.carriers.rules.checking.uses import found_by, parts_of, reads_of
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.layout import DimensionKind, TableSpec
from megler.carriers.rules.products import Lives, Product
from megler.vocabulary.codes import JURISDICTIONS, Mode, Sex
from megler.vocabulary.problems import Problem

_NUMBER = (DimensionKind.WHOLE, DimensionKind.BAND)
_COUNT = (DimensionKind.WHOLE, DimensionKind.BAND, DimensionKind.CHOICE)
_CHOICE = (DimensionKind.CHOICE,)
_WORDS = (DimensionKind.CHOICE, DimensionKind.TEXT)
FACTS: dict[str, tuple[DimensionKind, ...]] = {
    "age": _NUMBER,
    "sex": _CHOICE,
    "class": _CHOICE,
    "nicotine": _CHOICE,
    "second_age": _NUMBER,
    "second_sex": _CHOICE,
    "second_class": _CHOICE,
    "second_nicotine": _CHOICE,
    "younger_age": _NUMBER,
    "older_age": _NUMBER,
    "age_difference": _NUMBER,
    "joint_age": _NUMBER,
    "lives": _COUNT,
    "couple": _CHOICE,
    "household": _CHOICE,
    "role": _CHOICE,
    "amount": _NUMBER,
    "benefit_monthly": _NUMBER,
    "premium": _NUMBER,
    "term_years": (DimensionKind.CHOICE, DimensionKind.WHOLE),
    "mode": _CHOICE,
    "plan": _CHOICE,
    "elimination_days": _COUNT,
    "benefit_years": _COUNT,
    "inflation": _COUNT,
    "payout": _CHOICE,
    "qualified": _CHOICE,
    "open_enrolment": _CHOICE,
    "occupation": _WORDS,
    "jurisdiction": _CHOICE,
    "zip": (DimensionKind.ZIP,),
    "zip3": _WORDS,
    "county": _WORDS,
    "rating_area": _WORDS,
}
"""The facts that may address a cell, and as what; products add their own by `fixed`, `as`, `ask`."""
OF_TWO_LIVES = frozenset(
    {
        "second_age",
        "second_sex",
        "second_class",
        "second_nicotine",
        "younger_age",
        "older_age",
        "age_difference",
    }
)
"""Known only where one premium is for two lives."""
FOUND = frozenset({"rating_area", "joint_age"})
"""Known only where a step finds them, or the product fixes them."""
ROLES = frozenset({"insured", "owner", "payor", "spouse", "child", "employee", "partner"})
_YES_NO = frozenset({"yes", "no"})
_STATUS = frozenset({"none", "user"})
_KNOWN_VALUES: dict[str, frozenset[str]] = {
    "sex": frozenset(Sex),
    "second_sex": frozenset(Sex),
    "nicotine": _STATUS,
    "second_nicotine": _STATUS,
    "mode": frozenset(Mode),
    "jurisdiction": frozenset(JURISDICTIONS),
    "role": ROLES,
    **dict.fromkeys(("couple", "household", "qualified", "open_enrolment"), _YES_NO),
}


def fact_problems(edition: Edition) -> list[Problem]:
    """Dimensions that no fact fills, or not as they stand; tables a product cannot address."""
    own = {name for product in edition.products for name in own_facts(product)}
    fixed = {name for product in edition.products for name in product.fixed}
    problems = []
    for i, spec in enumerate(edition.tables):
        at = f"edition.toml table[{i}]"
        for j, dimension in enumerate(spec.dimensions):
            where = f"{at}.dimension[{j}]"
            if dimension.name not in FACTS and dimension.name not in own:
                expected = " ".join([*FACTS, *sorted(own - set(FACTS))])
                problems.append(Problem("unknown_fact", f"{where}.name", dimension.name, expected))
            kinds = FACTS.get(dimension.name, tuple(DimensionKind))
            if dimension.kind not in kinds and not spec.holds_texts:
                expected = " ".join(kinds)
                problems.append(Problem("wrong_kind", f"{where}.kind", dimension.kind, expected))
            known = None if dimension.name in fixed else _KNOWN_VALUES.get(dimension.name)
            for value in dimension.values if known else ():
                if known and value not in known:
                    expected = " ".join(sorted(known))
                    problems.append(Problem("not_in_list", f"{where}.values", value, expected))
        problems += _text_table_problems(spec, at)
    return problems


def own_facts(product: Product) -> frozenset[str]:
    """The facts that a product decides, asks or finds itself."""
    found = [found_by(part.steps) for part in parts_of(product, "")]
    return frozenset({*product.fixed, *(ask.name for ask in product.asks)}).union(*found)


def unknowable_problems(product: Product, specs: Mapping[str, TableSpec], at: str) -> list[Problem]:
    """Tables that the product reads by a fact that only other products know."""
    known = set(FACTS) - FOUND | own_facts(product)
    if product.lives is not Lives.JOINT:
        known -= OF_TWO_LIVES - set(product.fixed)
    return [
        Problem(
            "fact_not_known_here",
            f"{where}.table",
            f"{spec.name}, {dimension.name}",
            _way_to_know(dimension.name),
        )
        for where, _, spec in reads_of(product, specs, at)
        for dimension in spec.dimensions
        if dimension.name not in known
    ]


def _way_to_know(fact: str) -> str:
    if fact in OF_TWO_LIVES:
        return "lives joint"
    return "a step that finds it" if fact in FOUND else "an ask, or a fixed fact"


def _text_table_problems(spec: TableSpec, at: str) -> list[Problem]:
    if not spec.holds_texts:
        return []
    kinds = (DimensionKind.ZIP, DimensionKind.TEXT, DimensionKind.CHOICE)
    return [
        Problem("wrong_kind", f"{at}.dimension[{j}].kind", d.kind, " ".join(kinds))
        for j, d in enumerate(spec.dimensions)
        if d.kind not in kinds
    ]
