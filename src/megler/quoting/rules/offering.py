"""One product for one wish: its offers by term and plan, or every reason why there is none."""

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

from megler.carriers.rules.products import Lives, Product
from megler.carriers.rules.steps import (
    AmountStep,
    FlatExtraStep,
    RateStep,
    RidersStep,
    SumLivesStep,
)
from megler.quoting.rules.asked import Asked, Assessments
from megler.quoting.rules.books import Book
from megler.quoting.rules.choices import chosen
from megler.quoting.rules.classing import Classed, Unclassed
from megler.quoting.rules.lives import (
    Life,
    benefits_in_force,
    lives_of,
    number_of_lives,
    of_life,
)
from megler.quoting.rules.riders import RiderBuyer, riders_chosen
from megler.quoting.rules.risks import ChosenRider
from megler.quoting.rules.variants import Found, Ready, Variant, against_term, not_offered, priced
from megler.underwriting.rules.eligibility import Applicant, why_not
from megler.underwriting.rules.wishes import Wants
from megler.vocabulary.problems import Reason, Source

__all__ = ["Asked", "Assessments", "Found", "amount_of", "needs_amount", "offers_of"]


def offers_of(
    book: Book,
    product: Product,
    asked: Asked,
    refusal: Reason | None,
    only: Container[Variant] | None = None,
    *,
    lives: tuple[Life, ...] | None = None,
) -> Found:
    """Every term and plan of a product priced. `refusal`: the book is not in effect.

    `only`: the terms and plans to price; None: all. `lives`: as `lives_of` finds them, where the
    caller has found them already.

    What is wrong with the product as a whole is told once, with every reason; what is wrong with
    a term or plan is told for that one.
    """
    edition = book.edition.name
    count = number_of_lives(product, asked, edition)
    if count:
        reasons = [*([refusal] if refusal else []), *count]
        return Found(not_offered=(not_offered(book, product, asked, None, reasons),))
    lives = lives or lives_of(book, product, asked)
    amount = amount_of(book, product, asked.wants)
    variants, wrong = _variants(book, product, asked.wants)
    choices = chosen(book, product, asked)
    riders, against = _riders(book, product, asked, lives, amount)
    reasons = [
        *([refusal] if refusal else []),
        *_against_lives(book, product, asked, lives, amount),
        *_unknown_amount(book, product, amount),
        *wrong,
        *choices.reasons,
        *against,
        *_unclassed(product, lives, asked.wants),
    ]
    classed = lives[0].classed
    if reasons or isinstance(classed, Unclassed):
        if asked.wants.term_years is not None and variants:
            reasons += against_term(product, asked.wants.term_years, lives, edition)
        return Found(not_offered=(not_offered(book, product, asked, None, reasons),))
    ready = Ready(book, product, asked, lives, classed, amount, choices, riders)
    found = [priced(ready, one) for one in variants if only is None or one in only]
    offers = tuple(offer for one in found for offer in one.offers)
    return Found(
        offers=offers,
        not_offered=tuple(refused for one in found for refused in one.not_offered),
        assumptions=tuple(_assumptions(ready)) if offers else (),
        problems=tuple(problem for one in found for problem in one.problems),
    )


def needs_amount(book: Book, product: Product) -> bool:
    """Whether the product's premium depends on an amount."""
    return book.once(product, "needs amount", _needs_amount)


def _needs_amount(book: Book, product: Product) -> bool:
    kinds = RateStep | AmountStep | FlatExtraStep
    steps = any(isinstance(step, kinds) for step in product.steps)
    return steps or not book.dimensions_of(product).isdisjoint({"amount", product.amount_of.value})


def amount_of(book: Book, product: Product, wants: Wants) -> Decimal | None:
    """The wish that is the product's amount; None where it has none, or none is asked for.

    Riders may reckon with it though the product does not.
    """
    if not needs_amount(book, product) and not any(
        rider.steps and rider.amount is None for rider in product.riders
    ):
        return None
    amount: Decimal | None = getattr(wants, product.amount_of.value)
    return amount


def _against_lives(
    book: Book, product: Product, asked: Asked, lives: Sequence[Life], amount: Decimal | None
) -> list[Reason]:
    """Every reason of eligibility against each life; what holds for all is told once."""
    needed, edition = needs_amount(book, product), book.edition.name
    by_income = product.eligibility.income_percent_max is not None
    told = []
    for life in lives:
        person = life.person
        applicant = Applicant(
            age=life.age,
            jurisdiction=person.jurisdiction,
            amount=amount,
            needs_amount=needed,
            line=asked.wants.line,
            income_annual=person.income_annual,
            benefits_monthly=benefits_in_force(person) if by_income else Decimal(0),
        )
        told.append([*why_not(product, applicant, edition), *life.reasons])
    if not any(told):
        return []
    first, *others = told
    shared = [reason for reason in first if all(reason in other for other in others)]
    return shared + [
        of_life(reason, life)
        for life, reasons in zip(lives, told, strict=True)
        for reason in reasons
        if reason not in shared
    ]


def _unknown_amount(book: Book, product: Product, amount: Decimal | None) -> list[Reason]:
    if amount is None and needs_amount(book, product):
        return [Reason("fact_needed", {"fact": f"wants.{product.amount_of.value}"})]
    return []


def _unclassed(product: Product, lives: Sequence[Life], wants: Wants) -> Iterator[Reason]:
    """Why a life has no class; two lives priced together are not rated by a guide's table."""
    for life in lives:
        classed = life.classed
        if isinstance(classed, Unclassed):
            told = classed.reasons
            yield from told if len(lives) == 1 else (of_life(r, life) for r in told)
        elif product.lives is Lives.JOINT and classed.table is not None and wants.table is None:
            yield of_life(Reason("joint_table", {"table": str(classed.table)}), life)


def _riders(
    book: Book, product: Product, asked: Asked, lives: Sequence[Life], amount: Decimal | None
) -> tuple[tuple[ChosenRider, ...], list[Reason]]:
    """The riders to price. Who pays for them must be able to have them: two lives both, of several
    each one that is charged, unless the riders are added once for all."""
    wished = asked.wants.riders
    if not product.riders and not wished:
        return (), []
    paying = [life for life in lives if life.charged] or lives[:1]
    if book.once(product, "riders once", _riders_once):
        paying = paying[:1]
    buyers = [
        RiderBuyer(
            age=life.age,
            jurisdiction=life.person.jurisdiction,
            amount=amount,
            classes=_class_codes(life),
            life=life.person.id if len(paying) > 1 else "",
        )
        for life in paying
    ]
    return riders_chosen(product, wished, buyers, book.edition.name)


def _riders_once(book: Book, product: Product) -> bool:
    """Whether the riders come after the sum of the lives, and so once for them all."""
    kinds = [type(step) for step in product.steps]
    summed = SumLivesStep in kinds and RidersStep in kinds
    return summed and kinds.index(RidersStep) > kinds.index(SumLivesStep)


def _class_codes(life: Life) -> frozenset[str]:
    if isinstance(life.classed, Unclassed):
        return frozenset()
    codes = (life.classed.class_code, life.classed.rated_as)
    return frozenset(code for code in codes if code is not None)


def _assumptions(ready: Ready) -> Iterator[Reason]:
    for life in ready.lives:
        if isinstance(life.classed, Classed):
            told = life.classed.assumptions
            yield from told if len(ready.lives) == 1 else (of_life(r, life) for r in told)
    yield from ready.chosen.assumptions
    limits = ready.product.eligibility
    if limits.income_percent_max is not None and ready.first.person.in_force is None:
        yield Reason("in_force_assumed_none")


def _variants(book: Book, product: Product, wants: Wants) -> tuple[list[Variant], list[Reason]]:
    """The terms and plans to price, or why those asked for are not sold."""
    reasons = []
    terms, sold = book.once(product, "variants", _sold)
    if wants.term_years is not None and wants.term_years not in terms:
        listed = ", ".join(map(str, terms))
        params = {"term_years": str(wants.term_years), "terms": listed}
        code = "term_not_offered" if terms else "no_term"
        reasons.append(Reason(code, params, Source(book.edition.name, rule="eligibility")))
    if wants.plan is not None and wants.plan not in sold:
        params = {"plan": wants.plan, "plans": ", ".join(sold)}
        source = Source(book.edition.name, rule="eligibility")
        reasons.append(Reason("plan_not_offered" if sold else "no_plan", params, source))
    if reasons:
        return [], reasons
    years: Sequence[int | None] = terms or [None]
    kinds: Sequence[str | None] = sold or [None]
    return [
        Variant(term, plan)
        for term in (years if wants.term_years is None else [wants.term_years])
        for plan in (kinds if wants.plan is None else [wants.plan])
    ], []


def _sold(book: Book, product: Product) -> tuple[list[int], Sequence[str]]:
    """The terms and the plans of a product."""
    terms = sorted({limit.term_years for limit in product.eligibility.terms}) or [
        int(term) for term in book.values_of(product, "term_years")
    ]
    fixed = product.fixed.get("plan")
    plans = product.eligibility.plans or book.values_of(product, "plan")
    return terms, (fixed,) if fixed is not None else plans
