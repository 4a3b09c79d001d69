"""What sets a routine off."""

from decimal import Decimal

import pytest

from megler.routines.rules.routines import (
    TIMED,
    Happening,
    Routine,
    Trigger,
    When,
    amount,
    sets_off,
    touches,
    verbs_of,
)
from megler.work.rules.assigning import Facts, Rule

DECIDED = Happening("case.decided", {"decision": "counter_offer"})


@pytest.mark.parametrize(
    ("trigger", "happening", "answer"),
    [
        (Trigger(When.STATUS, status="issued"), Happening("case.issued"), True),
        (Trigger(When.STATUS, status="issued"), Happening("case.delivered"), False),
        (Trigger(When.DECISION, decision="counter_offer"), DECIDED, True),
        (Trigger(When.DECISION, decision="declined"), DECIDED, False),
        (
            Trigger(When.DECISION, decision="counter_offer_accepted"),
            Happening("case.offer_accepted"),
            True,
        ),
        (Trigger(When.OTHER_OFFER), DECIDED, True),
        (Trigger(When.OTHER_OFFER), Happening("case.decided", {"decision": "approved"}), False),
        (
            Trigger(When.REQUIREMENT, act="received", kind="aps"),
            Happening("requirement.received", {"kind": "aps"}),
            True,
        ),
        (
            Trigger(When.REQUIREMENT, act="received", kind="ecg"),
            Happening("requirement.received", {"kind": "aps"}),
            False,
        ),
        (
            Trigger(When.REQUIREMENT, act="received"),
            Happening("requirement.received", {"kind": "aps"}),
            True,
        ),
        (Trigger(When.DOCUMENT), Happening("document.added", actor_kind="agent"), True),
        (Trigger(When.DOCUMENT), Happening("document.added", actor_kind="case_manager"), False),
        (Trigger(When.HELD, holder="agent", days=2), Happening("case.returned"), False),
    ],
)
def test_what_touches_a_trigger(trigger: Trigger, happening: Happening, answer: bool) -> None:
    assert touches(trigger, happening) is answer
    assert not answer or happening.verb in verbs_of(trigger)


def test_conditions_must_hold_too() -> None:
    large = Rule("", amount_from=Decimal(1_000_000))
    routine = Routine("routine:1", Trigger(When.OTHER_OFFER), large, ())
    assert not sets_off(routine, DECIDED, Facts(amount=Decimal(999_999)))
    assert sets_off(routine, DECIDED, Facts(amount=Decimal(1_000_000)))


def test_what_time_sets_off_has_no_verbs() -> None:
    assert all(not verbs_of(Trigger(when)) for when in TIMED)


def test_amounts_are_read_as_they_are_kept() -> None:
    assert (amount("5.10"), amount(""), amount(None)) == (Decimal("5.10"), None, None)
