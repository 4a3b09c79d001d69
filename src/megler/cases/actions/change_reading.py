"""Reading a change: the new values in our own types, with every problem."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from megler.carriers.models import Product
from megler.cases.actions.calling import decimal
from megler.cases.models import Case
from megler.cases.rules.beneficiaries import Named, read_beneficiaries
from megler.cases.rules.changes import Change, ChangeKind
from megler.cases.rules.parties import split_name
from megler.clients.rules.people import ClientKind, Known
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused

_FIGURES = frozenset({"face_amount", "premium"})


@dataclass(frozen=True)
class Read:
    """A change that was proved: its new values in our own types, and what they stand on."""

    change: Change
    values: Mapping[str, Any]
    product: Product
    on: date
    agent: Agent | None = None
    owner: Known | None = None
    beneficiaries: tuple[Named, ...] = ()


def read(held: Case, wanted: Change, on: date) -> Read:
    """The change in our own types. Raises `Refused` with every problem."""
    product = held.product
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, told in wanted.to.items():
        if key in _FIGURES and told not in {None, ""}:
            values[key] = _figure(key, told, problems)
        elif key == "term_years" and told not in {None, ""}:
            values[key] = _years(told, problems)
        elif key == "class" and told:
            values[key] = " ".join(str(told).split())[:100]
    if wanted.kind is ChangeKind.PRODUCT:
        product = _product(held, str(wanted.to["product"]), problems)
    day = wanted.on or on
    if day > on:
        problems.append(Problem("case_in_the_future", "on", day.isoformat(), f"≤ {on}"))
    reader = _READERS.get(wanted.kind)
    found, wrong = reader(held, wanted) if reader else ({}, [])
    if problems := [*problems, *wrong]:
        raise Refused(problems)
    return Read(wanted, values, product, day, **found)


def _figure(key: str, told: object, problems: list[Problem]) -> Decimal | None:
    try:
        amount = decimal(told)
    except ArithmeticError:
        amount = None
    if amount is None or not amount.is_finite() or not 0 < amount < Decimal(10) ** 12:
        problems.append(Problem("wrong_value", key, str(told)[:40], "> 0"))
        return None
    return round(amount, 2)


def _years(told: object, problems: list[Problem]) -> int | None:
    text = str(told)
    if text.isdecimal() and 1 <= int(text) <= 60:
        return int(text)
    problems.append(Problem("wrong_value", "term_years", text[:20], "1–60"))
    return None


def _product(held: Case, code: str, problems: list[Problem]) -> Product:
    found = Product.objects.filter(carrier=held.carrier_id, code=code).select_related("carrier")
    product = found.first()
    if product is None:
        problems.append(Problem("change_other_carrier", "product", code[:80], held.carrier.name))
    return product or held.product


def _read_agent(held: Case, wanted: Change) -> tuple[dict[str, Any], list[Problem]]:
    told = str(wanted.to["agent"]).strip()
    by = Q(npn=told) if told.isdecimal() else Q(pk=told) if _is_key(told) else Q(pk=None)
    agent = Agent.objects.select_related("user").filter(by).first()
    problems = [] if agent else [Problem("split_unknown_agent", "agent", told[:40])]
    if not wanted.because.strip():
        problems.append(Problem("case_reason_missing", "because"))
    return {"agent": agent}, problems


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _read_owner(held: Case, wanted: Change) -> tuple[dict[str, Any], list[Problem]]:
    told = {key: str(value or "").strip() for key, value in wanted.to.items()}
    first, last = split_name(told["name"])
    is_person = told.get("kind", "person") != "organisation" and bool(first and last)
    problems = []
    born = None
    if told.get("born"):
        try:
            born = date.fromisoformat(told["born"])
        except ValueError:
            problems.append(Problem("wrong_value", "born", told["born"][:20], "yyyy-mm-dd"))
    known = Known(
        kind=ClientKind.PERSON if is_person else ClientKind.ORGANISATION,
        name="" if is_person else told["name"],
        first_name=first if is_person else "",
        last_name=last if is_person else "",
        born=born if is_person else None,
        email=told.get("email", ""),
        phone=told.get("phone", ""),
    )
    return {"owner": known}, problems


def _read_beneficiaries(held: Case, wanted: Change) -> tuple[dict[str, Any], list[Problem]]:
    named, problems = read_beneficiaries(wanted.to["beneficiaries"])
    return {"beneficiaries": tuple(named)}, problems


_READERS: dict[ChangeKind, Callable[[Case, Change], tuple[dict[str, Any], list[Problem]]]] = {
    ChangeKind.AGENT: _read_agent,
    ChangeKind.OWNER: _read_owner,
    ChangeKind.BENEFICIARY: _read_beneficiaries,
}
