"""The most specific rule holds, part by part; then the guide, then what is usual."""

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.asking import AskingRule, asking_for
from megler.cases.rules.kinds import USUAL
from megler.cases.rules.words import Holder
from megler.vocabulary.codes import RequirementKind

DAYS = st.none() | st.integers(1, 250)
RULES = st.lists(
    st.builds(
        AskingRule,
        carrier=st.sampled_from(["", "nh", "tundra"]),
        kind=st.none() | st.sampled_from([RequirementKind.APS, RequirementKind.ECG]),
        follow_up_days=DAYS,
        ask=st.none() | st.sampled_from(Holder),
        valid_days=DAYS,
    ),
    max_size=9,
    unique_by=lambda rule: (rule.carrier, rule.kind),
)


@given(RULES)
def test_each_part_is_of_the_most_specific_rule_that_says_it(rules: list[AskingRule]) -> None:
    held = asking_for(rules, "nh", RequirementKind.APS)
    keys = [("nh", RequirementKind.APS), ("", RequirementKind.APS), ("nh", None), ("", None)]
    by_key = {(rule.carrier, rule.kind): rule for rule in rules}
    mine = [by_key[key] for key in keys if key in by_key]
    days = [rule.follow_up_days for rule in mine if rule.follow_up_days]
    assert held.follow_up_days == (days or [USUAL[RequirementKind.APS].follow_up_days])[0]
    asks = [rule.ask for rule in mine if rule.ask]
    assert held.ask == next(iter(asks), None)


@given(RULES, DAYS)
def test_rules_of_others_change_nothing(rules: list[AskingRule], valid: int | None) -> None:
    mine = [rule for rule in rules if rule.carrier != "tundra"]
    args = ("nh", RequirementKind.ECG, valid)
    assert asking_for(rules, *args) == asking_for(mine, *args)


def test_the_guides_validity_holds_where_no_rule_says_otherwise() -> None:
    assert asking_for([], "nh", RequirementKind.ECG, 90).valid_days == 90
    rules = [AskingRule(kind=RequirementKind.ECG, valid_days=120)]
    assert asking_for(rules, "nh", RequirementKind.ECG, 90).valid_days == 120
    assert asking_for([], "nh", RequirementKind.APS).valid_days is None
