"""docs/bulk.md is true: its example gives what it says, and it names every column of the result."""

import re
from pathlib import Path

import pytest

from megler.carriers.packages import digest, read_files, to_zip
from megler.quoting.bulk.chunks import SCHEMA
from megler.quoting.bulk.run import Wanted, reprice
from megler.ui.problems import sentence
from tests.quoting.bulk.market import EDITIONS, ON

TEXT = (Path(__file__).parents[3] / "docs/bulk.md").read_text("utf-8")
BOOK, OFFERS, PROBLEMS = re.findall(r"```csv\n(.*?)```", TEXT, re.DOTALL)
NAMES = ("tundra-life/tundra-term", "tundra-life/guide", "us-va/vgli-2019")


def test_the_worked_example_gives_what_the_document_says(tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text(BOOK, "utf-8")
    packed = [read_files(EDITIONS / name) for name in NAMES]
    contents = {digest(files): to_zip(files) for files in packed}
    reprice(Wanted(tmp_path / "book.csv", tmp_path / "offers.csv", ON), contents, sentence)
    assert (tmp_path / "offers.csv").read_text("utf-8") == OFFERS
    assert (tmp_path / "offers.problems.csv").read_text("utf-8") == PROBLEMS


@pytest.mark.parametrize("column", SCHEMA)
def test_every_column_of_the_result_is_told_of(column: str) -> None:
    assert f"`{column}`" in TEXT
