"""What classes ask: blood pressure, cholesterol, build, nicotine, family."""

from collections.abc import Iterable, Iterator

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import (
    BuildRow,
    Criterion,
    CriterionKind,
    FamilyCondition,
    GuideClass,
)
from megler.carriers.rules.ratings import NicotineRule
from megler.carriers.rules.when.tree import facts_in
from megler.underwriting.rules.asking.answers import Says
from megler.underwriting.rules.asking.given import Given, says
from megler.underwriting.rules.asking.reach import classes_for
from megler.underwriting.rules.asking.rows import words_of
from megler.underwriting.rules.build import whole
from megler.underwriting.rules.family import condition_groups
from megler.underwriting.rules.nicotine import months_of_class
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import Reason, Source

_PRESSURE = (CriterionKind.SYSTOLIC_MAX, CriterionKind.DIASTOLIC_MAX)
_CHOLESTEROL = (
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX,
    CriterionKind.CHOLESTEROL_TOTAL_MIN,
    CriterionKind.CHOLESTEROL_TOTAL_MAX,
)
_PRESSURE_FACTS = {"systolic", "diastolic", "pressure_treated"}
_CHOLESTEROL_FACTS = {"cholesterol_total", "cholesterol_ratio", "cholesterol_treated"}


def of_pressure(asked: Given) -> Iterator[Says]:
    """Limits of blood pressure by class and age."""
    return _of_criteria(asked, _PRESSURE, _PRESSURE_FACTS, "says_pressure")


def of_cholesterol(asked: Given) -> Iterator[Says]:
    """Limits of cholesterol by class and age."""
    return _of_criteria(asked, _CHOLESTEROL, _CHOLESTEROL_FACTS, "says_cholesterol")


def _of_criteria(
    asked: Given, kinds: tuple[CriterionKind, ...], facts: set[str], headline: str
) -> Iterator[Says]:
    for guide in asked.guides():
        lines: list[Reason] = []
        for one in _classes(asked, guide):
            lines += _criteria_lines(asked, guide, one, kinds)
            lines += _rule_lines(guide, one, facts)
        if lines:
            yield says(guide, Reason(headline, _class_of(asked), Source(guide.name)), lines)


def _criteria_lines(
    asked: Given, guide: Edition, one: GuideClass, kinds: tuple[CriterionKind, ...]
) -> Iterator[Reason]:
    rows = [row for row in guide.guide.criteria if row.kind in kinds] if guide.guide else []
    for row in rows:
        if row.class_code in (None, one.code) and _fits_age(asked, row):
            params = {
                "class": one.name,
                "criterion": row.kind.value,
                "limit": f"{row.limit:f}",
                "age_from": "" if row.age_from is None else str(row.age_from),
                "age_to": "" if row.age_to is None else str(row.age_to),
            }
            yield Reason(
                f"limit_{row.kind.value}", params, Source(guide.name, row.page, "criteria")
            )


def _fits_age(asked: Given, row: Criterion | BuildRow) -> bool:
    ages = asked.facts.insured.ages(asked.on, AgeBasis.NEAREST)
    if ages is None:
        return True
    return (row.age_from is None or row.age_from <= ages[1]) and (
        row.age_to is None or ages[0] <= row.age_to
    )


def _rule_lines(guide: Edition, one: GuideClass, facts: set[str]) -> Iterator[Reason]:
    for rule in guide.guide.rules if guide.guide else ():
        named = {fact.name for fact in (*facts_in(rule.requires), *facts_in(rule.when))}
        if rule.class_code in (None, one.code) and named & facts:
            params = {"class": one.name, "text": rule.text or words_of(rule.requires)}
            yield Reason("rule_requires", params, Source(guide.name, rule.page, "rules"))


def of_build(asked: Given) -> Iterator[Says]:
    """Weights that classes take at the height told; without one, that it is needed."""
    person = asked.facts.insured
    height = whole(person.height_in) if person.height_in is not None else None
    for guide in asked.guides():
        rows = guide.guide.build if guide.guide else ()
        wanted = {one.code: one.name for one in _classes(asked, guide)}
        tables = (
            asked.understood.topic.class_word.startswith("table_")
            or not asked.understood.topic.class_word
        )
        lines = [
            _build_line(guide, row, wanted.get(row.class_code, ""))
            for row in rows
            if row.height_in == height
            and (row.sex is None or person.sex in (None, row.sex))
            and _fits_age(asked, row)
            and (row.class_code in wanted or (tables and row.class_code.startswith("table_")))
        ]
        if lines:
            params = {"height_in": str(height), **_class_of(asked)}
            yield says(guide, Reason("says_build", params, Source(guide.name)), lines)


def _build_line(guide: Edition, row: BuildRow, name: str) -> Reason:
    params = {
        "class": name,
        "outcome": row.class_code,
        "least": "" if row.weight_min_lb is None else str(row.weight_min_lb),
        "limit": str(row.weight_max_lb),
        "sex": row.sex.value if row.sex else "",
        "age_from": "" if row.age_from is None else str(row.age_from),
        "age_to": "" if row.age_to is None else str(row.age_to),
    }
    code = "limit_build" if name else "limit_build_table"
    return Reason(code, params, Source(guide.name, row.page, "build"))


def of_nicotine(asked: Given) -> Iterator[Says]:
    """How classes take a nicotine product, or all of them."""
    products = asked.understood.topic.products or ("",)
    for guide in asked.guides():
        for product in products:
            lines, answers = [], set()
            for one in _classes(asked, guide):
                if one.nicotine.value == "user" and not asked.understood.topic.class_word:
                    continue
                line, answer = _nicotine_line(guide, one, product)
                lines.append(line)
                answers.add(answer)
            if lines:
                answer = "yes" if answers == {"yes"} else "no" if answers == {"no"} else "maybe"
                code = (
                    f"says_nicotine_{answer}"
                    if asked.understood.topic.class_word
                    else "says_nicotine"
                )
                params = {"product": product or "nicotine", **_class_of(asked)}
                yield says(guide, Reason(code, params, Source(guide.name)), lines)


def _nicotine_line(guide: Edition, one: GuideClass, product: str) -> tuple[Reason, str]:
    """How a class takes a product, and whether a present user of it may have the class."""
    if one.nicotine.value == "user":
        params = {"class": one.name, "product": product or "nicotine"}
        return Reason("nicotine_class_for_users", params, Source(guide.name)), "yes"
    rule = _nearest(guide.guide.nicotine if guide.guide else (), one, product)
    months = (
        rule.free_months if rule else months_of_class(guide.guide, one.code) if guide.guide else 0
    )
    params = {"class": one.name, "product": product or "nicotine", "months": str(months)}
    source = Source(guide.name, rule.page if rule else "", "nicotine")
    if rule is not None and rule.per_year is not None:
        params |= {"per_year": str(rule.per_year), "text": words_of(rule.when)}
        code = "nicotine_allowed_if" if rule.when else "nicotine_allowed"
        return Reason(code, params, source), "yes"
    if months == 0:
        return Reason("nicotine_not_asked", params, source), "yes"
    return Reason("nicotine_free", params, source), "no"


def _nearest(rules: Iterable[NicotineRule], one: GuideClass, product: str) -> NicotineRule | None:
    fits = [
        rule
        for rule in rules
        if rule.class_code in (None, one.code) and rule.product in (None, product)
    ]
    return max(fits, key=lambda r: (r.product is not None, r.class_code is not None), default=None)


def of_family(asked: Given) -> Iterator[Says]:
    """What classes ask of parents and siblings."""
    told = [one.condition for one in asked.facts.insured.family or () if one.condition]
    about = {group for words in told for group in condition_groups(words)}
    about |= {FamilyCondition.ANY} if about else set()
    for guide in asked.guides():
        names = {one.code: one.name for one in _classes(asked, guide)}
        lines = [
            Reason(
                "limit_family",
                {
                    "class": names[rule.class_code],
                    "relation": rule.relation.value,
                    "condition": rule.condition.value,
                    "event": rule.event.value,
                    "before_age": str(rule.before_age),
                    "allowed": str(rule.allowed),
                },
                Source(guide.name, rule.page, "family"),
            )
            for rule in (guide.guide.family if guide.guide else ())
            if rule.class_code in names and (not about or rule.condition in about)
        ]
        if lines:
            yield says(guide, Reason("says_family", _class_of(asked), Source(guide.name)), lines)


def _classes(asked: Given, guide: Edition) -> list[GuideClass]:
    """The classes asked of, else all of them."""
    word = asked.understood.topic.class_word
    if word and not word.startswith("table_"):
        return classes_for(guide, word)
    return [one for one in guide.guide.classes if not one.on_review] if guide.guide else []


def _class_of(asked: Given) -> dict[str, str]:
    return {"class": asked.understood.topic.class_word}
