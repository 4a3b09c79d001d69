"""What in a policy is not as it was to be."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.beneficiaries import Named
from megler.cases.rules.policy_check import PolicyPart, Terms, differences

TERMS = st.builds(
    Terms,
    number=st.text(max_size=6),
    insured=st.sampled_from(["", "Kari Hope", "Ola Hope"]),
    owner=st.sampled_from(["", "Hope Family Trust"]),
    beneficiaries=st.lists(
        st.builds(Named, st.sampled_from(["Ola Hope", "Liv Hope"]), share=st.just(Decimal(50))),
        max_size=2,
    ).map(tuple),
    face_amount=st.none() | st.decimals(1, 900, places=2),
    class_name=st.sampled_from(["", "Preferred", "Standard"]),
    premium=st.none() | st.decimals(1, 900, places=2),
    mode=st.sampled_from(["", "monthly", "annual"]),
    term_years=st.none() | st.sampled_from([10, 20]),
)


@given(TERMS)
def test_a_policy_as_it_was_to_be_does_not_differ(terms: Terms) -> None:
    assert differences(terms, terms) == []
    assert differences(terms, Terms()) == []


@given(TERMS, TERMS)
def test_each_part_is_named_at_most_once_and_both_ways_alike(one: Terms, other: Terms) -> None:
    found = differences(one, other)
    parts = [difference.part for difference in found]
    assert len(parts) == len(set(parts))
    assert {d.part for d in differences(other, one)} == set(parts)
    assert all(difference.expected != difference.found for difference in found)


def test_how_a_name_is_written_is_no_difference() -> None:
    wanted = Terms(insured="Kari Hope", beneficiaries=(Named("Hope, Ola", share=Decimal(100)),))
    issued = Terms(insured="KARI  HOPE.", beneficiaries=(Named("Ola Hope", share=Decimal(100)),))
    assert differences(wanted, issued) == []
    other = replace(issued, beneficiaries=(Named("Ola Hope", share=Decimal(50)),))
    assert [one.part for one in differences(wanted, other)] == [PolicyPart.BENEFICIARIES]
