"""docs/editions.md is true: its example passes the check, and it names every problem code."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from megler.carriers.rules.checks import check_edition
from megler.carriers.sentences import SENTENCES
from tests.carriers.books import replaced, told

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "editions.md").read_text()


def example() -> dict[str, bytes]:
    (table,) = re.findall(r"```csv\n(.*?)```", TEXT, re.DOTALL)
    head = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)[0]
    return {"edition.toml": head.encode(), "base.csv": table.encode()}


def test_the_worked_example_passes_and_has_the_rates_of_the_text() -> None:
    _, tables, problems = check_edition(example())
    assert problems == []
    asked = {"age": 41, "amount": 500_000}
    assert tables["base"].cell({**asked, "class": "preferred"}) == Decimal("0.94")
    assert tables["base"].cell({**asked, "class": "standard"}) == Decimal("1.34")


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("41,250000,,0.94", "41,250000,,9.4", "falls", "base.csv row 7 column preferred"),
        ("0.94", "0,94", "ragged_row", "base.csv row 5"),
        ("0.94", '"0,94"', "decimal_comma", "base.csv row 5 column preferred"),
        ("41,250000,,0.94,1.34\n", "", "missing_key", "base.csv row 5"),
        (
            "41,100000,249999",
            "41,100000,24999",
            "bounds_reversed",
            "base.csv row 4 column amount_to",
        ),
    ],
)
def test_the_example_spoilt_gives_what_the_text_says(
    old: str, new: str, code: str, where: str
) -> None:
    assert (code, where) in told(replaced(example(), "base.csv", old, new))


def test_every_problem_code_is_documented() -> None:
    texts = [TEXT, (DOCS / "guides.md").read_text(), (DOCS / "forms.md").read_text()]
    told = {
        code
        for text in texts
        for code in re.findall(r"`([a-z_]+)`", text[text.index("## Problems") :])
    }
    assert set(SENTENCES) - told == set()
