"""Rows of what is asked for: the age-and-amount grid, triggers, how long evidence stands."""

from megler.carriers.rules.guide import RequirementRow
from megler.carriers.rules.ratings import EvidenceRule, OrderedBy, Substitute, Trigger
from megler.carriers.rules.reading.conditions import OLDEST, ages, condition, kinds
from megler.carriers.rules.rows import Row
from megler.carriers.rules.when.names import Names
from megler.vocabulary.codes import RequirementKind

LONGEST_DAYS = 3660


def requirement(row: Row) -> RequirementRow | None:
    """A cell of the age-and-amount grid."""
    age_from = row.whole("age_from", 0, OLDEST)
    age_to = row.maybe_whole("age_to", 0, OLDEST)
    low, high = row.figure("amount_from", zero=True), row.maybe_figure("amount_to")
    asked = kinds(row)
    page = row.maybe_text("page")
    if age_from is None or low is None:
        return None
    if age_to is not None and age_from > age_to:
        row.tell("bounds_reversed", "age_to", age_to, f"at least {age_from}")
    if high is not None and low > high:
        row.tell("bounds_reversed", "amount_to", high, f"at least {low}")
    return RequirementRow(age_from, age_to, low, high, asked, page, row.number)


def trigger(row: Row, names: Names) -> Trigger | None:
    """What is asked for where a condition holds."""
    when = condition(row, "when", names, required=True)
    asked = kinds(row, required=True)
    text, page = row.maybe_text("text"), row.maybe_text("page")
    return None if when is None else Trigger(when, asked, text, page, row.number)


def evidence_rule(row: Row) -> EvidenceRule | None:
    """Who orders a kind, how long it takes and stays valid."""
    kind = row.choice("kind", RequirementKind)
    ordered_by = row.choice("ordered_by", OrderedBy)
    usual = row.maybe_whole("usual_days", 0, LONGEST_DAYS)
    valid = row.maybe_whole("valid_days", 0, LONGEST_DAYS)
    age_from, age_to = ages(row)
    page = row.maybe_text("page")
    if kind is None or ordered_by is None:
        return None
    return EvidenceRule(kind, ordered_by, usual, valid, age_from, age_to, page, row.number)


def substitute(row: Row) -> Substitute | None:
    """What evidence of a kind may stand for."""
    kind = row.choice("kind", RequirementKind)
    within = row.whole("within_days", 0, LONGEST_DAYS)
    stands_for = kinds(row, "stands_for", required=True)
    page = row.maybe_text("page")
    if kind is None or within is None:
        return None
    return Substitute(kind, within, stands_for, page, row.number)
