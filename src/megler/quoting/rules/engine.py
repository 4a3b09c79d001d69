"""A premium, by the steps that the edition declares, in their order and exactly in Decimal.

Rounding happens where the edition says. Only when its steps leave fractions of a cent is the
result rounded half up to the cent, as a step of its own. Between steps an amount keeps 28 digits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from megler.carriers.rules.checking.wishes import as_fact
from megler.carriers.rules.products import Lives, Product, Reduction
from megler.carriers.rules.steps import ModeStep, RidersStep, Step, SumLivesStep
from megler.carriers.rules.tables import ChoiceAxis, Fact
from megler.quoting.rules.books import Book
from megler.quoting.rules.reckoning import Ready, Run, Stop, ready
from megler.quoting.rules.risks import ChosenRider, LifeRisk, Priced, Risk, Taken, Unpriced
from megler.vocabulary.codes import Mode
from megler.vocabulary.money import to_cents

__all__ = ["ChosenRider", "LifeRisk", "Priced", "Risk", "Taken", "Unpriced", "price"]

Running = dict[Mode, Decimal]
_CENT, _ZERO = Decimal("0.01"), Decimal(0)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A product's steps bound to their tables, worked out once.

    `each` are the steps that every life has of its own (None: the product insures no several),
    `steps` those that run once. `modes` are those of the tables, each with a run of its own.
    """

    modes: tuple[Mode, ...]
    period: Mode
    each: tuple["_Step", ...] | None
    sum_name: str
    steps: tuple["_Step", ...]
    riders: Mapping[str, tuple["_Step", ...]]
    fixed: Mapping[str, Fact]
    reductions: tuple[Reduction, ...]


_Step = Ready | ModeStep | RidersStep


def price(book: Book, product: Product, risk: Risk) -> Priced | Unpriced:
    """The product's premium for a risk, for every mode in which it is paid.

    What a product yields instead of a premium, an income or a value, comes the same way.
    """
    plan = book.once(product, "plan", _planned)
    taken: list[Taken] = []
    try:
        if plan.modes:
            running: Running = {}
            for mode in plan.modes:
                fixed = {**plan.fixed, "mode": mode.value}
                running |= _priced(plan, risk, fixed, mode, taken)
        else:
            running = _priced(plan, risk, plan.fixed, plan.period, taken)
    except Stop as stop:
        return stop.unpriced
    for mode, amount in running.items():
        cents = to_cents(amount)
        if amount != cents:
            taken.append(Taken("to the cent", "round", _CENT, cents, mode))
        running[mode] = cents
    return Priced(running, tuple(taken))


def _priced(
    plan: _Plan, risk: Risk, fixed: Mapping[str, Fact], period: Mode, taken: list[Taken]
) -> Running:
    """One run of the steps, for the period that it yields."""
    run = Run({**risk.facts, **fixed}, risk.amount, risk.table, risk.flat_extra, risk.riders, taken)
    if plan.each is None:
        _reduce(plan, run, period)
        return _through(plan, plan.steps, run, {period: _ZERO})
    lives = risk.lives or (LifeRisk("", risk.facts, risk.table, risk.flat_extra),)
    total: Running = {}
    for life in lives:
        for mode, amount in _of_life(plan, run, life, fixed, period).items():
            total[mode] = total.get(mode, _ZERO) + amount
            taken.append(Taken(plan.sum_name, "sum_lives", amount, total[mode], mode, life.id))
    return _through(plan, plan.steps, run, total)


def _of_life(
    plan: _Plan, run: Run, life: LifeRisk, fixed: Mapping[str, Fact], period: Mode
) -> Running:
    """What one of several lives costs by its own steps."""
    if not life.charged:
        return {period: _ZERO}
    facts = {**life.facts, **fixed}
    own = Run(facts, run.amount, life.table, life.flat_extra, run.riders, run.taken, life.id)
    _reduce(plan, own, period)
    running = _through(plan, plan.each or (), own, {period: _ZERO})
    run.facts = {**own.facts, **run.facts}
    return running


def _reduce(plan: _Plan, run: Run, period: Mode) -> None:
    """The amount to reckon with at an age from which the benefit is reduced."""
    age = run.facts.get("age")
    if not plan.reductions or run.amount is None or not isinstance(age, int):
        return
    for reduction in plan.reductions:
        if age >= reduction.age and reduction.percent is not None:
            run.amount = run.amount * reduction.percent / 100
            taken = Taken("reduced benefit", "reduction", run.amount, _ZERO, period, run.life)
            run.taken.append(taken)
            return


def _through(plan: _Plan, steps: Sequence[_Step], run: Run, running: Running) -> Running:
    taken, life, rider = run.taken, run.life, run.rider
    for step in steps:
        if isinstance(step, Ready):
            name, do, act = step
            for mode, amount in running.items():
                done = act(run, amount, mode)
                if done is not None:
                    used, after = done
                    running[mode] = after
                    taken.append(Taken(name, do, used, after, mode, life, rider))
        elif isinstance(step, ModeStep):
            (amount,) = running.values()
            running = {mode: amount * factor for mode, factor in step.factors.items()}
            taken += [
                Taken(step.name, "mode", factor, running[mode], mode, life, rider)
                for mode, factor in step.factors.items()
            ]
        else:
            _add_riders(plan, step, run, running)
    return running


def _add_riders(plan: _Plan, step: RidersStep, run: Run, running: Running) -> None:
    """Each rider's cost by its own steps, added one after the other.

    A rider that is a share of the product's cost is one of the cost before any rider.
    """
    before = dict(running)
    for rider in run.riders:
        steps = plan.riders.get(rider.code)
        if not steps:
            continue
        amount = run.amount if rider.is_products else rider.amount
        facts = {**run.facts, "amount": whole(amount)}
        for mode, so_far in before.items():
            own = Run(facts, amount, run.table, run.flat_extra, (), run.taken)
            own.life, own.rider, own.so_far = run.life, rider.code, so_far
            cost = _through(plan, steps, own, {mode: _ZERO})[mode]
            running[mode] += cost
            added = Taken(step.name, "riders", cost, running[mode], mode, run.life, rider.code)
            run.taken.append(added)


def whole(amount: Decimal | None) -> Fact:
    """An amount as tables are addressed by it: a whole number where it is one."""
    return int(amount) if amount is not None and amount == int(amount) else amount


def _planned(book: Book, product: Product) -> _Plan:
    """The plan of a product: which steps each life has, and all of them bound to the tables."""
    steps, each, sum_name = product.steps, None, "sum of lives"
    if product.lives is Lives.EACH:
        at = next((i for i, s in enumerate(steps) if isinstance(s, SumLivesStep)), len(steps))
        sum_name = steps[at].name if at < len(steps) else sum_name
        each, steps = _bound(book, product, steps[:at]), steps[at + 1 :]
    return _Plan(
        modes=tuple(map(Mode, book.values_of(product, "mode"))),
        period=product.premium_period or Mode.ANNUAL,
        each=each,
        sum_name=sum_name,
        steps=_bound(book, product, steps),
        riders={r.code: _bound(book, product, r.steps) for r in product.riders},
        fixed={name: _fixed(book, product, name) for name in product.fixed},
        reductions=tuple(sorted(product.eligibility.reductions, key=lambda r: -r.age)),
    )


def _fixed(book: Book, product: Product, name: str) -> Fact:
    """A fixed fact as the product's tables are addressed by it."""
    axes = (axis for table in book.tables_of(product) for axis in table.axes)
    by_number = any(axis.name == name and not isinstance(axis, ChoiceAxis) for axis in axes)
    return as_fact(product.fixed[name]) if by_number else product.fixed[name]


def _bound(book: Book, product: Product, steps: Sequence[Step]) -> tuple[_Step, ...]:
    return tuple(
        step if isinstance(step, ModeStep | RidersStep) else ready(book, step, product.amount_of)
        for step in steps
    )
