"""Reading a routine from plain data, with every problem at once; and writing it again."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.cases.rules.words import Decision, Holder
from megler.routines.rules.promises import Step
from megler.routines.rules.routines import (
    ACT_VERBS,
    ASKS,
    NEEDS,
    STATUS_VERBS,
    Do,
    Effect,
    Routine,
    Trigger,
    When,
)
from megler.routines.rules.texts import unknown_fields
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem
from megler.work.rules.assigning import Rule

EFFECTS_MAX = 6
DAYS_MAX = 365
TEXT_MAX = 4000
TO = ("agent", "client", "carrier")
_OPTIONAL = {"kind"}
_CHOICES: dict[str, frozenset[str]] = {
    "status": frozenset(STATUS_VERBS.values()),
    "decision": frozenset(str(d) for d in Decision),
    "act": frozenset(ACT_VERBS),
    "kind": frozenset(str(k) for k in RequirementKind),
    "holder": frozenset(str(h) for h in Holder),
    "step": frozenset(str(s) for s in Step),
    "to": frozenset(TO),
}
_CONDITIONS = ("carrier", "line", "jurisdiction", "agent", "amount_from")


def read_routine(id: str, data: Mapping[str, Any]) -> tuple[Routine | None, list[Problem]]:
    """A routine from `{"when": {…}, "if": {…}, "then": [{…}, …]}`; None with problems.

    >>> data = {"when": {"when": "other_offer"}, "then": [{"do": "alert", "text": "Look: {case}"}]}
    >>> read_routine("routine:1", data)[1]
    []
    """
    problems: list[Problem] = []
    trigger = _trigger(data.get("when") or {}, problems)
    condition = _condition(data.get("if") or {}, problems)
    given = data.get("then") or []
    if not given:
        problems.append(Problem("routine_does_nothing", "then"))
    if len(given) > EFFECTS_MAX:
        problems.append(Problem("routine_too_much", "then", str(len(given)), str(EFFECTS_MAX)))
    effects = [_effect(one, f"then.{n}", problems) for n, one in enumerate(given[:EFFECTS_MAX])]
    if problems or trigger is None:
        return None, problems
    return Routine(id, trigger, condition, tuple(e for e in effects if e)), []


def write_routine(routine: Routine) -> dict[str, Any]:
    """The plain data of a routine, without what is empty."""
    condition = asdict(routine.condition)
    kept = {key: condition[key] for key in _CONDITIONS if condition[key] not in {None, ""}}
    if "amount_from" in kept:
        kept["amount_from"] = str(kept["amount_from"])
    return {
        "when": _filled(asdict(routine.trigger)),
        "if": kept,
        "then": [_filled(asdict(effect)) for effect in routine.effects],
    }


def _filled(found: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty; nought days are said where days are asked for."""
    asked = NEEDS[found["do"]] if "do" in found else ASKS[found["when"]]
    kept = {
        key: str(v) if isinstance(v, str) else v for key, v in found.items() if v not in {"", 0}
    }
    return kept | ({"days": found["days"]} if "days" in asked else {})


def _trigger(given: Mapping[str, Any], problems: list[Problem]) -> Trigger | None:
    name = str(given.get("when", ""))
    if name not in list(When):
        problems.append(Problem("wrong_value", "when", name, ", ".join(When)))
        return None
    when = When(name)
    told = {key: _value(given, key, "when", problems) for key in ASKS[when]}
    return Trigger(when, **told)


def _effect(given: Mapping[str, Any], where: str, problems: list[Problem]) -> Effect | None:
    name = str(given.get("do", ""))
    if name not in list(Do):
        problems.append(Problem("wrong_value", where, name, ", ".join(Do)))
        return None
    do = Do(name)
    before = len(problems)
    optional = {Do.TASK: ("whom",), Do.ALERT: ("whom",)}.get(do, ())
    told = {key: _value(given, key, where, problems, needed=True) for key in NEEDS[do]}
    told |= {key: str(given.get(key, "")) for key in optional}
    for key in ("title", "subject", "text"):
        problems += unknown_fields(str(told.get(key, "")), f"{where}.{key}")
    return Effect(do, **told) if len(problems) == before else None


def _value(
    given: Mapping[str, Any], key: str, where: str, problems: list[Problem], *, needed: bool = False
) -> Any:
    """One value, checked: a number of days, one of a list, or a text."""
    found = str(given.get(key, "")).strip()
    where = f"{where}.{key}"
    if key == "days":
        if not found.isascii() or not found.isdigit() or not 0 <= int(found) <= DAYS_MAX:
            problems.append(Problem("wrong_value", where, found, f"0–{DAYS_MAX}"))
            return 0
        return int(found)
    if not found and (needed or key not in _OPTIONAL):
        problems.append(Problem("missing", where))
    elif found and key in _CHOICES and found not in _CHOICES[key]:
        problems.append(Problem("wrong_value", where, found, ", ".join(sorted(_CHOICES[key]))))
    elif len(found) > TEXT_MAX:
        problems.append(Problem("too_long", where, str(len(found)), str(TEXT_MAX)))
    return found


def _condition(given: Mapping[str, Any], problems: list[Problem]) -> Rule:
    words = {key: str(given.get(key) or "") for key in _CONDITIONS if key != "amount_from"}
    least = str(given.get("amount_from") or "").strip()
    try:
        amount = Decimal(least) if least else None
        if amount is not None and (not amount.is_finite() or amount < 0):
            raise InvalidOperation
    except InvalidOperation:
        problems.append(Problem("wrong_value", "if.amount_from", least, "250000"))
        amount = None
    return Rule("", amount_from=amount, **words)
