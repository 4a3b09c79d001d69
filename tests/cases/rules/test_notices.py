"""When somebody is told of what."""

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.notices import (
    GROUP_OF,
    SILENT,
    USUAL,
    Choice,
    Group,
    How,
    group_of,
    groups,
    how,
)

CHOICES = st.builds(Choice, st.frozensets(st.sampled_from(list(Group))), st.booleans())


def test_by_default_at_once_is_what_needs_the_agent_or_is_decided() -> None:
    at_once = {group for group in Group if how(USUAL, group) is How.NOW}
    assert at_once == {Group.NEEDS_YOU, Group.DECISIONS}
    assert {how(USUAL, group) for group in set(Group) - at_once} == {How.DIGEST}
    assert {how(SILENT, group) for group in Group} == {How.NEVER}


@given(CHOICES, st.sampled_from(list(Group)), st.sampled_from(list(How)))
def test_what_was_chosen_for_the_case_goes_before_everything(
    choice: Choice, group: Group, of_case: How
) -> None:
    assert how(choice, group, of_case) is of_case


@given(CHOICES, st.sampled_from(list(Group)))
def test_what_is_not_told_at_once_is_in_the_digest_if_there_is_one(
    choice: Choice, group: Group
) -> None:
    if group in choice.at_once:
        assert how(choice, group) is How.NOW
    else:
        assert how(choice, group) is (How.DIGEST if choice.digest else How.NEVER)


def test_a_new_requirement_needs_whoever_brings_it() -> None:
    assert group_of("requirement.added", {"holder": "client"}) is Group.NEEDS_YOU
    assert group_of("requirement.added", {"holder": "carrier"}) is Group.REQUIREMENTS
    assert group_of("requirement.scheduled") is Group.REQUIREMENTS
    assert all(group_of(verb) is group for verb, group in GROUP_OF.items())


def test_words_that_are_no_group_are_left_out() -> None:
    assert groups(["papers", "gossip"]) == {Group.PAPERS}
