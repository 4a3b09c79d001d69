"""Every kind of requirement has its usual way."""

from megler.cases.rules.kinds import CARRIERS_OWN, USUAL, Stage
from megler.cases.rules.words import Holder
from megler.vocabulary.codes import RequirementKind as Kind


def test_every_kind_has_its_usual_way() -> None:
    assert set(USUAL) == set(Kind)
    assert all(usual.follow_up_days > 0 for usual in USUAL.values())


def test_what_the_carrier_orders_itself_is_brought_by_nobody_else() -> None:
    assert {Kind.MIB, Kind.MVR, Kind.PRESCRIPTION_HISTORY} <= CARRIERS_OWN
    assert all(USUAL[kind].brought_by is Holder.CARRIER for kind in CARRIERS_OWN)


def test_only_evidence_for_the_decision_ages() -> None:
    ageing = {kind for kind, usual in USUAL.items() if usual.valid_days is not None}
    assert ageing
    assert {USUAL[kind].stage for kind in ageing} == {Stage.UNDERWRITING}
