"""What states ask of a replacement; the figures below are those of the rules named in the table."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.existing import ExistingPolicy, Told
from megler.applications.rules.replacement import (
    ReplacementNeeds,
    line_kind,
    papers_missing,
    purposes_needed,
    replacement_needs,
)
from megler.applications.rules.replacement_table import By, standard_table
from megler.forms.rules.questionnaire import Purpose, SignerRole

ON = date(2026, 7, 1)
OLD_LIFE = ExistingPolicy("Polar Mutual", "P-1", "life", replaced=True)
KEPT_LIFE = ExistingPolicy("Polar Mutual", "P-1", "life")
OLD_ANNUITY = ExistingPolicy("Polar Mutual", "A-1", "annuity", replaced=True)
NOTICE = Purpose.REPLACEMENT_NOTICE
YES = Told(has_existing=True, replacing=True, agent_replacing=True)
NO = Told(has_existing=True, replacing=False, agent_replacing=False)
NOTHING = Told(has_existing=False, replacing=False, agent_replacing=False)


def needs(
    state: str,
    *existing: ExistingPolicy,
    told: Told = YES,
    line: str = "term_life",
    received_on: date | None = None,
) -> ReplacementNeeds:
    return replacement_needs(state, line, existing, told, ON, received_on=received_on)


def codes(found: ReplacementNeeds) -> set[str]:
    return {reason.code for reason in found.reasons}


@pytest.mark.parametrize(
    ("state", "purposes", "free_look", "days"),
    [
        ("TX", {NOTICE}, 30, 5),
        ("CA", {NOTICE}, 30, 3),
        ("FL", {NOTICE}, 14, 0),
        ("MI", {NOTICE}, 10, 5),
        ("WA", {NOTICE}, 20, 3),
        ("MN", {NOTICE}, 30, 5),
        ("PA", {NOTICE}, 20, 5),
        ("GA", {NOTICE}, None, 3),
        ("IN", {NOTICE}, 10, 3),
        ("CT", {NOTICE}, 10, 5),
        ("WY", {NOTICE}, 30, 3),
        ("NY", {NOTICE, Purpose.REPLACEMENT_DEFINITION}, 60, 10),
        ("OK", {NOTICE, Purpose.NOTICE_TO_INSURER}, 20, 5),
    ],
)
def test_life_replaced_by_life(
    state: str, purposes: set[Purpose], free_look: int | None, days: int
) -> None:
    found = needs(state, OLD_LIFE)
    assert found.is_replacement is True
    assert found.purposes == purposes
    assert found.free_look_days == free_look
    assert [notice.days for notice in found.notices] == [days]


def test_model_states_want_the_notice_signed_with_any_existing_cover() -> None:
    assert needs("TX", KEPT_LIFE, told=NO).purposes == {NOTICE}
    assert needs("TX", told=NOTHING).purposes == set()


@pytest.mark.parametrize("state", ["CA", "FL", "MI", "WA", "MN", "PA", "GA", "IN"])
def test_other_states_want_it_only_when_something_is_replaced(state: str) -> None:
    assert needs(state, KEPT_LIFE, told=NO).purposes == set()


def test_new_york_wants_its_definition_with_every_application() -> None:
    assert needs("NY", told=NOTHING).purposes == {Purpose.REPLACEMENT_DEFINITION}


def test_new_yorks_disclosure_comes_after_the_notice_and_before_delivery() -> None:
    found = needs("NY", OLD_LIFE)
    assert [(form.purpose, form.by) for form in found.forms] == [
        (Purpose.REPLACEMENT_DEFINITION, By.WITH_APPLICATION),
        (NOTICE, By.WITH_APPLICATION),
        (Purpose.REPLACEMENT_DISCLOSURE, By.BEFORE_DELIVERY),
    ]
    assert Purpose.REPLACEMENT_DISCLOSURE not in found.purposes


def test_in_washington_the_agent_signs_before_the_applicant() -> None:
    (form,) = needs("WA", OLD_LIFE).forms
    assert form.signers == (SignerRole.AGENT, SignerRole.OWNER)
    (texan,) = needs("TX", OLD_LIFE).forms
    assert texan.signers == (SignerRole.OWNER, SignerRole.AGENT)
    assert texan.copy_left_by == "agent"


@pytest.mark.parametrize("state", ["MI", "IN", "TN"])
def test_where_only_life_is_meant_an_annuity_needs_no_form(state: str) -> None:
    found = needs(state, OLD_ANNUITY, line="annuity")
    assert found.purposes == set()
    assert found.notices == ()
    assert "replacement_no_form_here" in codes(found)


def test_floridas_life_rule_leaves_a_replaced_annuity_out() -> None:
    found = needs("FL", OLD_ANNUITY)
    assert found.is_replacement is False
    assert found.purposes == set()
    assert "replacement_kind_exempt" in codes(found)


def test_in_georgia_an_annuity_that_replaces_life_needs_the_notice() -> None:
    assert needs("GA", OLD_LIFE, line="annuity").purposes == {NOTICE}
    assert needs("GA", OLD_ANNUITY, line="annuity").purposes == set()


def test_florida_compares_annuities_and_says_that_it_is_not_confirmed() -> None:
    found = needs("FL", OLD_ANNUITY, line="annuity")
    assert found.purposes == {Purpose.COMPARISON}
    assert not found.is_confirmed
    assert "replacement_not_confirmed" in codes(found)


def test_within_one_group_michigan_is_silent_and_texas_is_not() -> None:
    internal = replace(OLD_LIFE, same_group=True)
    assert needs("MI", internal).purposes == set()
    assert "replacement_internal_exempt" in codes(needs("MI", internal))
    assert needs("TX", internal).purposes == {NOTICE}


def test_a_loan_on_the_old_policy_is_a_replacement_though_nobody_says_so() -> None:
    financed = ExistingPolicy("Polar Mutual", "P-1", "life", how="loan")
    found = needs("CA", financed, told=NO)
    assert found.is_replacement is True
    assert found.purposes == {NOTICE}


@pytest.mark.parametrize(
    "told",
    [
        Told(replacing=True),
        Told(agent_replacing=True),
        Told(replacing=False, funds=True),
        Told(replacing=False, exchanges=1),
    ],
)
def test_any_sign_of_a_replacement_is_enough(told: Told) -> None:
    assert needs("CA", told=told).is_replacement is True


def test_unanswered_is_open_and_only_what_is_always_needed_is_asked() -> None:
    found = needs("NY", told=Told())
    assert found.is_replacement is None
    assert found.purposes == {Purpose.REPLACEMENT_DEFINITION}
    assert "replacement_not_answered" in codes(found)


def test_notices_are_due_in_business_days_from_receipt() -> None:
    found = needs("MN", OLD_LIFE, received_on=date(2026, 7, 1))
    # Friday 3 July 2026 is kept as Independence Day; 2, 6, 7, 8 and 9 July are the five days.
    assert found.notices[0].due_on == date(2026, 7, 9)


def test_each_policy_replaced_has_its_notice() -> None:
    other = replace(OLD_LIFE, company="Tundra Life", number="T-2")
    assert [n.policy.company for n in needs("TX", OLD_LIFE, KEPT_LIFE, other).notices] == [
        "Polar Mutual",
        "Tundra Life",
    ]


def test_a_state_without_a_rule_says_so_and_asks_the_carrier() -> None:
    found = needs("ND", OLD_LIFE)
    assert found.is_replacement is True
    assert found.purposes == set()
    assert codes(found) >= {"replacement_no_form_here", "replacement_not_confirmed"}
    assert "replacement_no_rule" in codes(needs("GU", OLD_LIFE))
    assert "replacement_state_unknown" in codes(needs("", OLD_LIFE))


def test_other_lines_are_not_answered_by_this_table() -> None:
    found = needs("TX", OLD_LIFE, line="long_term_care")
    assert codes(found) == {"replacement_line_not_covered"}
    assert line_kind("endowment") == "life"


def test_a_paper_that_the_packet_lacks_is_named_with_state_and_law() -> None:
    found = needs("NY", OLD_LIFE)
    (problem,) = papers_missing(found, [NOTICE, Purpose.APPLICATION])
    assert (problem.code, problem.found) == ("form_not_on_file", "replacement definition")
    assert problem.expected == "NY: 11 NYCRR 51 (Regulation 60)"
    assert papers_missing(found, found.purposes) == []


POLICIES = st.builds(
    ExistingPolicy,
    company=st.just("Polar Mutual"),
    number=st.text("0123456789", max_size=3),
    kind=st.sampled_from(["", "life", "annuity", "endowment", "ltc"]),
    replaced=st.booleans(),
    how=st.sampled_from(["", "keep", "loan", "surrender", "exchange"]),
    same_group=st.sampled_from([None, True, False]),
)
ANSWERS = st.builds(
    Told,
    has_existing=st.sampled_from([None, True, False]),
    replacing=st.sampled_from([None, True, False]),
    agent_replacing=st.sampled_from([None, True, False]),
    funds=st.sampled_from([None, True, False]),
    exchanges=st.integers(0, 2),
)
ROWS = st.sampled_from(standard_table().rows)


@given(
    row=ROWS,
    existing=st.lists(POLICIES, max_size=4),
    told=ANSWERS,
    more=POLICIES.filter(lambda policy: policy.gives_way and not policy.same_group),
)
def test_more_policies_replaced_never_ask_for_less(
    row: object, existing: list[ExistingPolicy], told: Told, more: ExistingPolicy
) -> None:
    state, line = row.state, "annuity" if row.line == "annuity" else "term_life"  # type: ignore[attr-defined]
    counts = replace(more, kind="")
    fewer = replacement_needs(state, line, existing, told, ON)
    grown = replacement_needs(state, line, [*existing, counts], told, ON)
    assert fewer.purposes <= grown.purposes
    assert len(fewer.notices) < len(grown.notices) or row.family == "none"  # type: ignore[attr-defined]
    assert grown.is_replacement is True


@given(row=ROWS, existing=st.lists(POLICIES, max_size=4), told=ANSWERS)
def test_every_paper_has_signers_a_reason_and_an_order(
    row: object, existing: list[ExistingPolicy], told: Told
) -> None:
    line = "annuity" if row.line == "annuity" else "whole_life"  # type: ignore[attr-defined]
    found = replacement_needs(row.state, line, existing, told, ON)  # type: ignore[attr-defined]
    steps = [form.step for form in purposes_needed(found)]
    assert steps == sorted(set(steps))
    assert all(form.signers and form.reason.source.rule for form in found.forms)
    assert found.is_confirmed or "replacement_not_confirmed" in codes(found)
    if found.is_replacement is not True:
        assert found.notices == ()
        assert found.free_look_days is None
