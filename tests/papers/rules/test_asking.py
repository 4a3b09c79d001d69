"""Many requirements, one letter for each who must bring some."""

from hypothesis import given
from hypothesis import strategies as st

from megler.papers.rules.asking import Ask, grouped

ASKS = st.lists(st.builds(Ask, st.sampled_from("123456"), st.sampled_from("abc"), st.just("Ada")))


@given(ASKS)
def test_everything_is_asked_once_of_the_right_one(asks: list[Ask]) -> None:
    found = grouped(asks)
    assert len({one.key for one in found}) == len(found)
    asked = {(one.key, each) for one in found for each in one.requirements}
    assert asked == {(one.key, one.requirement) for one in asks}
    assert sum(len(one.requirements) for one in found) == len(asked)
