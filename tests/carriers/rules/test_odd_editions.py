"""Whatever stands in the place of a key or a cell, the check answers, and every answer has words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition
from megler.carriers.sentences import SENTENCES
from tests import lines

ODD = (
    "3", "-1", "0", "1.5", "99999999999999999999", '""', '"x"', '" x"', '"1e9"', "true", "[]",
    "[1]", '["a", "a"]', "{ a = 1 }", "[{ a = 1 }]", "[[1]]", "2026-01-01", '"{{7*7}}"',
    '"\\u0000"', '"age"', '"mode"', '"premium"', '"share"', '"sum_lives"', '"joint"', '"each"',
)  # fmt: skip
"""What may stand where something else belongs."""


@pytest.mark.parametrize("name", lines.names())
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_odd_value_is_told_and_never_breaks_the_check(name: str, data: st.DataObject) -> None:
    files = dict(lines.page(name).files)
    rows = files["edition.toml"].decode().splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(rows) - 1))
        key, sign, _ = rows[at].partition(" = ")
        if sign:
            rows[at] = f"{key} = {data.draw(st.sampled_from(ODD))}"
        else:
            rows.pop(at)
    files["edition.toml"] = "\n".join(rows).encode()
    _, _, problems = check_edition(files)
    for problem in problems:
        assert problem.where
        told = str(SENTENCES[problem.code]) % vars_of(problem)
        assert len(told) < 2000


def vars_of(problem: object) -> dict[str, str]:
    return {name: getattr(problem, name) for name in ("where", "found", "expected")}


@pytest.mark.parametrize("name", lines.names())
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_table_that_belongs_elsewhere_never_breaks_the_check(
    name: str, data: st.DataObject
) -> None:
    """Each file may hold what another page's file holds."""
    files = dict(lines.page(name).files)
    other = lines.page(data.draw(st.sampled_from(lines.names()))).files
    spoilt = data.draw(st.sampled_from(sorted(files)))
    files[spoilt] = other[data.draw(st.sampled_from(sorted(other)))]
    edition, _, problems = check_edition(files)
    assert problems or edition is not None
