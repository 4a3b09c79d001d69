"""What is in force, as answered, and whether the answers agree on a replacement."""

from decimal import Decimal

import pytest

from megler.applications.rules.existing import (
    ExistingPolicy,
    Told,
    answers_agree,
    existing_from,
    state_of,
    told_from,
)

NO = Told(has_existing=True, replacing=False, agent_replacing=False)
YES = Told(has_existing=True, replacing=True, agent_replacing=True)
KEPT = ExistingPolicy("Polar Mutual", "P-1", "life")
REPLACED = ExistingPolicy("Polar Mutual", "P-1", "life", replaced=True)


def test_policies_are_read_from_the_answers() -> None:
    item = {
        "company": "Polar Mutual",
        "policy_number": "P-1",
        "kind": "life",
        "amount": "250000",
        "year_issued": 2010,
        "replace": "yes",
        "how": "surrender",
        "cash_value": "1200.50",
        "same_group": "no",
    }
    (policy,) = existing_from({"existing_cover": [item]})
    assert policy.replaced
    assert policy.gives_way
    assert policy.cash_value == Decimal("1200.50")
    assert policy.premium is None
    assert policy.same_group is False
    assert policy.name == "Polar Mutual P-1"
    assert existing_from({}) == []


def test_answers_not_given_are_unknown_not_no() -> None:
    assert told_from({}) == Told()
    answered = told_from({"has_existing": "yes", "replacing": "no", "report_replacing": "yes"}, 2)
    assert answered == Told(True, False, True, None, 2)


@pytest.mark.parametrize(
    ("existing", "told", "found"),
    [
        ([KEPT], NO, []),
        ([REPLACED], YES, []),
        ([REPLACED], NO, [("replacement_by_policy", "replacing"), ("replacement_by_policy", "report_replacing")]),
        (
            [ExistingPolicy("Polar Mutual", how="loan")],
            Told(replacing=False, funds=False),
            [("replacement_by_policy", "replacing"), ("funds_used", "replacing_funds")],
        ),
        ([KEPT], Told(replacing=False, funds=True), [("replacement_by_funds", "replacing")]),
        ([KEPT], Told(replacing=False, exchanges=1), [("replacement_by_exchange", "replacing")]),
        ([KEPT], Told(replacing=True, agent_replacing=False), [("answers_disagree", "report_replacing")]),
        ([REPLACED], Told(), []),
    ],
)  # fmt: skip
def test_contradictions_are_told_where_they_stand(
    existing: list[ExistingPolicy], told: Told, found: list[tuple[str, str]]
) -> None:
    assert [(p.code, p.where) for p in answers_agree(existing, told)] == found


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, ""),
        ({"insured_address": {"state": "TX"}}, "TX"),
        ({"insured_address": {"state": "TX"}, "owner_is_insured": "no"}, "TX"),
        (
            {
                "insured_address": {"state": "TX"},
                "owner_is_insured": "no",
                "owner_address": {"state": "NY"},
            },
            "NY",
        ),
        ({"insured_address": {"state": "TX"}, "signed_in": "OK"}, "OK"),
    ],
)
def test_the_state_is_that_of_signing_else_of_the_owner(
    values: dict[str, object], state: str
) -> None:
    assert state_of(values) == state
