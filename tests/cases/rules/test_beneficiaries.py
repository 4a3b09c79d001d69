"""Beneficiaries are read as told, and their shares make a whole."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.beneficiaries import Named, read_beneficiaries

NAMES = st.from_regex(r"[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}", fullmatch=True)


def whole(parts: list[int]) -> list[Decimal]:
    """Shares that make exactly a hundred, in the proportion of `parts`."""
    total = sum(parts)
    shares = [round(Decimal(100) * part / total, 2) for part in parts[:-1]]
    return [*shares, Decimal(100) - sum(shares, Decimal(0))]


@given(st.lists(st.tuples(NAMES, st.integers(1, 9)), min_size=1, max_size=8))
def test_what_is_told_is_read_back_the_same(people: list[tuple[str, int]]) -> None:
    shares = whole([part for _name, part in people])
    named = [Named(name, "child", share) for (name, _p), share in zip(people, shares, strict=True)]
    assert read_beneficiaries([one.as_told() for one in named]) == (named, [])


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=6))
def test_shares_that_make_no_hundred_are_refused(shares: list[Decimal]) -> None:
    rows = [{"name": f"Per {n}", "share": str(share)} for n, share in enumerate(shares)]
    _named, problems = read_beneficiaries(rows)
    is_whole = sum(shares) == 100 and all(shares)
    assert bool(problems) is not is_whole


def test_every_wrong_row_is_named() -> None:
    rows = [
        {"name": "", "share": "101"},
        {"name": "Ola", "share": "1.005", "born": "soon"},
        "Ola",
    ]
    where = [problem.where for problem in read_beneficiaries(rows)[1]]
    assert where == [
        "beneficiaries[1].name",
        "beneficiaries[1].share",
        "beneficiaries[2].share",
        "beneficiaries[2].born",
        "beneficiaries[3].name",
        "beneficiaries[3].share",
    ]
    assert read_beneficiaries("Ola")[1][0].code == "wrong_value"
    only_contingent = [{"name": "Ola", "class": "contingent", "share": "100"}]
    assert [p.code for p in read_beneficiaries(only_contingent)[1]] == ["missing"]
