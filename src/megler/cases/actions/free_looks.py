"""The free look of a delivered policy: its days with their source, and the task before it ends."""

from datetime import date, datetime

from megler.applications.models_exchanges import ReplacementCorrections
from megler.cases.actions.duties import put_up_free_look
from megler.cases.actions.replacing import replaces
from megler.cases.models import Case, FreeLookRule
from megler.cases.rules.free_look import FreeLook, Sold, StatesRow, free_look_of
from megler.vocabulary.codes import Line


def begin_free_look(held: Case, delivered_on: date, at: datetime) -> FreeLook:
    """Start the clock of a case in hand, which the caller saves; somebody asks before it ends."""
    look = look_of(held, delivered_on)
    held.free_look_ends_on = look.ends_on(delivered_on)
    held.free_look = {
        "days": look.days,
        "basis": look.basis.value,
        "source": look.source,
        "is_confirmed": look.is_confirmed,
    }
    put_up_free_look(held, held.free_look_ends_on, at)
    return look


def look_of(held: Case, on: date) -> FreeLook:
    """The free look of a case whose policy is delivered on a day, where its owner lives."""
    line = Line(held.product.line) if held.product.line in set(Line) else None
    state = held.client.jurisdiction
    sold = Sold(state, line, replaces(held), on)
    rules = [row.to_rule() for row in FreeLookRule.objects.filter(state__in=["", state])]
    return free_look_of(sold, rules, _states_row(sold) if sold.is_replacement else None)


def _states_row(sold: Sold) -> StatesRow | None:
    """What the table of replacements says of the state."""
    line = "annuity" if sold.line is Line.ANNUITY else "life"
    row = ReplacementCorrections.objects.table().rule_for(sold.state, line, sold.on)
    if row is None or row.free_look_days is None:
        return None
    return StatesRow(row.free_look_days, row.cite, row.is_confirmed("free_look_days"))
