"""What each kind of change opens, wherever the case is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.changes import (
    KEYS,
    OF_TERMS,
    Asked,
    Change,
    ChangeFacts,
    ChangeKind,
    Opens,
    case_after,
    change_problems,
    effect_of,
)
from megler.cases.rules.requirements import SETTLED, State
from megler.cases.rules.status import CaseFacts
from megler.cases.rules.words import Decision, Status
from megler.vocabulary.codes import Line, RequirementKind

ASKED = st.builds(
    Asked,
    id=st.uuids().map(str),
    kind=st.sampled_from(RequirementKind),
    state=st.sampled_from(State),
    by_guide=st.booleans(),
)
FACTS = st.builds(
    ChangeFacts,
    status=st.sampled_from(Status),
    decision=st.none() | st.sampled_from(Decision),
    line=st.none() | st.sampled_from(Line),
    replaces=st.booleans(),
    requirements=st.lists(ASKED, max_size=8, unique_by=lambda one: one.id).map(tuple),
    called=st.lists(st.sampled_from(RequirementKind), max_size=6, unique=True).map(tuple),
    guide_known=st.booleans(),
)
KINDS = st.sampled_from(ChangeKind)


@given(KINDS, FACTS)
def test_nothing_that_is_settled_or_still_called_for_is_proposed_to_be_waived(
    kind: ChangeKind, facts: ChangeFacts
) -> None:
    by_id = {one.id: one for one in facts.requirements}
    for key in effect_of(kind, facts).unneeded:
        one = by_id[key]
        assert one.by_guide
        assert one.state not in SETTLED
        assert one.kind not in facts.called


@given(KINDS, FACTS)
def test_what_is_in_the_case_already_is_not_asked_for_twice(
    kind: ChangeKind, facts: ChangeFacts
) -> None:
    effect = effect_of(kind, facts)
    counting = {r.kind for r in facts.requirements if r.state not in SETTLED - {State.ACCEPTED}}
    assert not counting & set(effect.added)
    assert len(effect.added) == len(set(effect.added))


@given(FACTS)
def test_every_kind_the_guide_calls_for_is_kept_or_added_when_terms_change(
    facts: ChangeFacts,
) -> None:
    effect = effect_of(ChangeKind.AMOUNT, facts)
    assert set(facts.called) <= {*effect.added, *effect.kept}


@given(KINDS, FACTS)
def test_the_carrier_hears_of_whatever_it_has_already(kind: ChangeKind, facts: ChangeFacts) -> None:
    in_agency = facts.status in {Status.SUBMITTED, Status.AGENCY_REVIEW, Status.RETURNED}
    assert effect_of(kind, facts).tells_carrier is not in_agency


@given(KINDS, FACTS)
def test_what_was_decided_on_other_terms_is_decided_again(
    kind: ChangeKind, facts: ChangeFacts
) -> None:
    effect = effect_of(kind, facts)
    after = case_after(effect, CaseFacts(facts.status, Decision.APPROVED, good_order=True))
    is_out = facts.status in {Status.DECIDED, Status.ISSUED} and kind in OF_TERMS
    assert (after.decision is None) is is_out
    assert after.good_order is (Opens.GOOD_ORDER not in effect.opens)


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_a_change_needs_its_values_and_knows_no_others(kind: ChangeKind) -> None:
    facts = ChangeFacts(Status.IN_UNDERWRITING)
    codes = [p.code for p in change_problems(Change(kind, {"colour": "red"}), facts)]
    assert codes == ["missing"] * len(KEYS[kind][0]) + ["change_unknown_key"]


@pytest.mark.parametrize("kind", sorted(OF_TERMS))
def test_a_policy_with_its_owner_keeps_its_terms(kind: ChangeKind) -> None:
    to = dict.fromkeys(KEYS[kind][0], "1")
    for status in (Status.DELIVERED, Status.IN_FORCE):
        problems = change_problems(Change(kind, to), ChangeFacts(status))
        assert [p.code for p in problems] == ["change_after_delivery"]


def test_an_annuity_is_found_suitable_again_for_another_owner() -> None:
    facts = ChangeFacts(Status.IN_UNDERWRITING, line=Line.ANNUITY, to_organisation=True)
    effect = effect_of(ChangeKind.OWNER, facts)
    assert Opens.SUITABILITY in effect.opens
    assert RequirementKind.TRUST_PAPERS in effect.added
