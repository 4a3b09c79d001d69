"""What products bound: ages, amounts, terms, states; and how much is sold without an exam."""

from decimal import Decimal

from megler.carriers.rules.guide import Nicotine, RequirementRow
from megler.carriers.rules.products import Product
from megler.underwriting.rules.answer import asked_of, why_not_open
from megler.underwriting.rules.asking.answers import Says
from megler.underwriting.rules.asking.given import Given, says
from megler.underwriting.rules.effort import IN_PERSON
from megler.underwriting.rules.nicotine import nicotine_statuses
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Reason, Source

LIFE = frozenset({Line.TERM_LIFE, Line.WHOLE_LIFE, Line.UNIVERSAL_LIFE, Line.FINAL_EXPENSE})
"""The lines meant by "life insurance", where a question names none."""
MOST = 12


def of_limits(asked: Given) -> list[Says]:
    """Each product's bounds that the question asks for, the widest first."""
    found = []
    for judged in products_asked(asked):
        product = judged.product
        if product is None:
            continue
        for limit in asked.understood.topic.limits or ("age_max",):
            line = _limit(asked, judged, product, limit)
            if line is not None:
                found.append(
                    (limit, _rank(line), _says_product(judged, line, _why_not(asked, judged)))
                )
    order = list(asked.understood.topic.limits or ("age_max",))
    found.sort(key=lambda one: (order.index(one[0]), -one[1], one[2].carrier_name.casefold()))
    return [says for _limit, _rank, says in found]


def products_asked(asked: Given) -> list[Judged]:
    """Products of the line and term that the question names; of life insurance, where it names none."""
    wish = asked.facts.wants[0] if asked.facts.wants else None
    if sold := asked.understood.topic.sold:
        return [one for one in asked.products if one.code in sold]
    lines = {wish.line} if wish and wish.line else LIFE
    years = wish.term_years if wish else None
    return [
        one
        for one in asked.products
        if one.product is None
        or (
            one.product.line in lines
            and (years is None or any(t.term_years == years for t in one.product.eligibility.terms))
        )
    ]


def no_such_term(asked: Given) -> Reason | None:
    """That nobody sells a term so long, with the longest that is sold; None where somebody does."""
    wish = asked.facts.wants[0] if asked.facts.wants else None
    terms = sorted(
        t.term_years for one in asked.products if one.product for t in one.product.eligibility.terms
    )
    if wish is None or wish.term_years is None or not terms or wish.term_years in terms:
        return None
    return Reason("no_such_term", {"years": str(wish.term_years), "figure": str(terms[-1])})


def _limit(asked: Given, judged: Judged, product: Product, limit: str) -> Reason | None:
    rules, source = product.eligibility, Source(judged.book, rule="eligibility")
    match limit:
        case "age_max" | "age_min":
            return _ages(asked, judged, product, limit)
        case "amount_max" | "amount_min":
            return _amounts(asked, judged, product, limit)
        case "terms" if rules.terms:
            terms = sorted({t.term_years for t in rules.terms})
            return Reason(
                "limit_terms",
                {"terms": ", ".join(map(str, terms)), "figure": str(terms[-1])},
                source,
            )
        case "jurisdictions":
            return _states(asked, judged, product)
        case "conversion" if product.conversion:
            told = product.conversion
            params = {"years": str(told.years or ""), "until_age": str(told.until_age or "")}
            params["figure"] = str(told.until_age or told.years or 0)
            return Reason("limit_conversion", params, source)
    return None


def _ages(asked: Given, judged: Judged, product: Product, limit: str) -> Reason | None:
    rules = product.eligibility
    wish = asked.facts.wants[0] if asked.facts.wants else None
    years = wish.term_years if wish else None
    status = _status(asked)
    own = limit.removeprefix("age_")
    general = rules.age_max if own == "max" else rules.age_min
    ages = [
        age
        for t in rules.terms
        if t.term_years == years
        and (status is Nicotine.ANY or t.nicotine in (Nicotine.ANY, status))
        if (age := (t.age_max if own == "max" else t.age_min)) is not None
    ]
    told = (max(ages) if own == "max" else min(ages)) if ages else general
    if told is None:
        return None
    params = {
        "figure": str(told),
        "term_years": str(years or ""),
        "nicotine": "" if status is Nicotine.ANY else status.value,
    }
    return Reason(f"limit_{limit}", params, Source(judged.book, rule="eligibility"))


def _status(asked: Given) -> Nicotine:
    if asked.facts.insured.nicotine is None:
        return Nicotine.ANY
    found = nicotine_statuses(asked.facts.insured, asked.on)
    return next(iter(found)) if len(found) == 1 else Nicotine.ANY


def _amounts(asked: Given, judged: Judged, product: Product, limit: str) -> Reason | None:
    rules = product.eligibility
    own = limit.removeprefix("amount_")
    told = rules.amount_max if own == "max" else rules.amount_min
    ages = asked.facts.insured.ages(asked.on, product.age_basis)
    for row in rules.amounts_by_age:
        if ages and row.age_min <= ages[0] <= row.age_max:
            told = (row.max if own == "max" else row.min) or told
    if told is None:
        return None
    params = {"figure": f"{told:f}", "age": str(ages[0]) if ages else ""}
    return Reason(f"limit_{limit}", params, Source(judged.book, rule="eligibility"))


def _states(asked: Given, judged: Judged, product: Product) -> Reason:
    rules, state = product.eligibility, asked.facts.insured.jurisdiction
    source = Source(judged.book, rule="eligibility")
    if state:
        only = rules.jurisdictions_only
        sold = state not in rules.jurisdictions_except and (only is None or state in only)
        return Reason(
            "limit_sold" if sold else "limit_not_sold",
            {"jurisdiction": state, "figure": str(int(sold))},
            source,
        )
    if rules.jurisdictions_only is not None:
        params = {"jurisdictions": ", ".join(sorted(rules.jurisdictions_only)), "figure": "0"}
        return Reason("limit_only_in", params, source)
    if rules.jurisdictions_except:
        params = {"jurisdictions": ", ".join(sorted(rules.jurisdictions_except)), "figure": "1"}
        return Reason("limit_except_in", params, source)
    return Reason("limit_everywhere", {"figure": "2"}, source)


def _why_not(asked: Given, judged: Judged) -> tuple[Reason, ...]:
    """Why the product is not open to an age that the question tells."""
    if asked.facts.insured.ages(asked.on, AgeBasis.NEAREST) is None:
        return ()
    return why_not_open(asked_of(asked.facts)[0], judged, asked.on)


def _rank(line: Reason) -> Decimal:
    figure = Decimal(line.params.get("figure") or 0)
    return -figure if line.code in {"limit_age_min", "limit_amount_min"} else figure


def _says_product(judged: Judged, line: Reason, lines: tuple[Reason, ...]) -> Says:
    product = judged.product
    return Says(
        carrier=judged.guide.carrier,
        carrier_name=judged.guide.carrier_name,
        product=judged.code,
        product_name=product.name if product else judged.code,
        edition=judged.book or judged.guide.name,
        headline=line,
        lines=lines,
    )


def of_no_exam(asked: Given) -> list[Says]:
    """The amount from which each guide's grid sees the client in person, at the age told."""
    ages = asked.facts.insured.ages(asked.on, AgeBasis.NEAREST)
    if ages is None:
        return []
    found = []
    for guide in asked.guides():
        rows = [r for r in (guide.guide.requirements if guide.guide else ()) if _at_age(r, ages[0])]
        seen = [row for row in rows if IN_PERSON & set(row.kinds)]
        if not rows:
            continue
        if not seen:
            top = max((row.amount_to for row in rows if row.amount_to is not None), default=None)
            code = (
                "no_exam_up_to"
                if top is not None and all(r.amount_to is not None for r in rows)
                else "no_exam_ever"
            )
            params = {"age": str(ages[0]), "figure": f"{top:f}" if top is not None else ""}
            found.append(
                (
                    top or Decimal(10**12),
                    says(guide, Reason(code, params, Source(guide.name, rule="requirements"))),
                )
            )
            continue
        first = min(seen, key=lambda row: row.amount_from)
        params = {"age": str(ages[0]), "figure": f"{first.amount_from:f}",
                  "kinds": ", ".join(k.value for k in first.kinds if k in IN_PERSON)}  # fmt: skip
        source = Source(guide.name, first.page, "requirements")
        code = "no_exam_below" if first.amount_from > 1 else "no_exam_never"
        found.append((first.amount_from, says(guide, Reason(code, params, source))))
    return [one for _amount, one in sorted(found, key=lambda pair: -pair[0])]


def _at_age(row: RequirementRow, age: int) -> bool:
    return row.age_from <= age and (row.age_to is None or age <= row.age_to)


def of_evidence(asked: Given, code: str) -> list[Says]:
    """How long each kind stays valid, how long it takes, or who orders it: `valid`, `days`, `orders`."""
    kinds = asked.understood.topic.kinds
    ages = asked.facts.insured.ages(asked.on, AgeBasis.NEAREST)
    found = []
    for guide in asked.guides():
        lines = []
        days = asked.measured.get(guide.carrier, {})
        for row in guide.guide.evidence if guide.guide else ():
            in_age = ages is None or (
                (row.age_from is None or row.age_from <= ages[1])
                and (row.age_to is None or ages[0] <= row.age_to)
            )
            if row.kind.value not in kinds or not in_age:
                continue
            measured = days.get(row.kind)
            figures = {"valid": row.valid_days, "days": measured or row.usual_days, "orders": 0}
            if figures[code] is None:
                continue
            params = {
                "kind": row.kind.value,
                "days": str(figures[code]),
                "ordered_by": row.ordered_by.value,
                "age_from": "" if row.age_from is None else str(row.age_from),
                "age_to": "" if row.age_to is None else str(row.age_to),
            }
            name = f"evidence_{code}" + ("_measured" if code == "days" and measured else "")
            lines.append(Reason(name, params, Source(guide.name, row.page, "evidence")))
        if lines:
            found.append(says(guide, lines[0], lines[1:]))
    return found


def of_substitutes(asked: Given) -> list[Says]:
    """What evidence of a kind asked of may stand for, and within how many days."""
    kinds = set(asked.understood.topic.kinds)
    found = []
    for guide in asked.guides():
        lines = []
        for row in guide.guide.substitutes if guide.guide else ():
            stands_for = {one.value for one in row.stands_for}
            if row.kind.value in kinds and (len(kinds) == 1 or stands_for & kinds):
                params = {
                    "kind": row.kind.value,
                    "kinds": ", ".join(sorted(stands_for)),
                    "days": str(row.within_days),
                }
                source = Source(guide.name, row.page, "substitutes")
                lines.append(Reason("evidence_stands_for", params, source))
        if lines:
            found.append(says(guide, lines[0], lines[1:]))
    return found
