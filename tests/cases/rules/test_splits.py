"""Shares make exactly a hundred, whoever told them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.splits import WHOLE, Share, completed, split_problems, split_told

SHARES = st.lists(
    st.builds(Share, st.from_regex(r"[0-9]{1,3}", fullmatch=True), st.decimals(-1, 101, places=3)),
    max_size=6,
)


@given(SHARES)
def test_a_split_is_accepted_only_when_it_makes_a_hundred(shares: list[Share]) -> None:
    if split_problems(shares):
        return
    assert sum(one.share for one in shares) == WHOLE
    assert len({one.agent for one in shares}) == len(shares)
    assert all(one.share > 0 and one.share == round(one.share, 2) for one in shares)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=8))
def test_what_the_others_leave_is_the_agent_of_records(parts: list[int]) -> None:
    others = [Share(f"9{n}", Decimal(part) / 10) for n, part in enumerate(parts)]
    whole = completed(others, "1")
    assert whole[0].agent == "1"
    assert split_problems(whole) == []


@given(st.lists(st.fixed_dictionaries({"npn": st.text(max_size=3), "share": st.text(max_size=4)})))
def test_whatever_is_told_is_read_without_harm(rows: list[dict[str, str]]) -> None:
    told = split_told({"report_split": rows}, "1")
    assert all(one.share.is_finite() for one in told)


def test_unknown_agents_are_named() -> None:
    told = split_told({"report_split": [{"npn": "7", "share": "100"}]}, "7")
    assert [p.code for p in split_problems(told, ["8"])] == ["split_unknown_agent"]
    assert split_told({}, "7") == []
    assert split_problems([])[0].code == "split_size"
