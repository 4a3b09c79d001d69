"""The worked examples of docs/lines: an edition each, with facts, what is reckoned and figures.

A page holds its edition in blocks named by file (```toml edition.toml, ```csv base.csv), then
one or more trials: a block ```json facts, maybe a table of steps, and a block ```json figures.
"""

import ast
import json
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parents[1] / "docs" / "lines"
CUT = Decimal("0.000001")
"""Sums without end are printed to so much."""
_BLOCK = re.compile(
    r"^```(toml|csv|json) (\S+)\n(.*?)^```$|^\| step \|.*?(?=^[^|]|\Z)", re.M | re.S
)
_SIGNS = str.maketrans({"×": "*", "−": "-", ",": ""})


@dataclass(frozen=True)
class Row:
    """A line of a reckoning: the step, what tells it apart (mode, life, rider), sum and result."""

    step: str
    marks: tuple[str, ...]
    reckoning: str
    amount: Decimal

    @property
    def reckoned(self) -> Decimal | None:
        """What the sum comes to; None where it is words."""
        text = self.reckoning.translate(_SIGNS).replace("^", "**")
        return None if re.search(r"[a-z]", text) else _sum(ast.parse(text, mode="eval").body, text)


@dataclass(frozen=True)
class Trial:
    """Facts, the reckoning by hand and the figures that the answer must have."""

    facts: dict[str, Any]
    rows: tuple[Row, ...]
    figures: dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page of docs/lines: its edition and trials."""

    name: str
    files: Mapping[str, bytes]
    trials: tuple[Trial, ...]


@cache
def page(name: str) -> Page:
    """The page of a line, read."""
    files: dict[str, bytes] = {}
    trials: list[Trial] = []
    facts: dict[str, Any] = {}
    rows: tuple[Row, ...] = ()
    for block in _BLOCK.finditer((PAGES / f"{name}.md").read_text("utf-8")):
        kind, title, body = block.groups()
        if kind is None:
            rows = tuple(_row(line) for line in block[0].strip().splitlines()[2:])
        elif title == "facts":
            facts, rows = json.loads(body), ()
        elif title == "figures":
            trials.append(Trial(facts, rows, json.loads(body)))
        else:
            files[title] = body.encode()
    return Page(name, files, tuple(trials))


def names() -> list[str]:
    """The pages there are."""
    return sorted(path.stem for path in PAGES.glob("*.md"))


def _row(line: str) -> Row:
    named, reckoning, amount = (part.strip() for part in line.strip("| ").split("|"))
    step, *marks = (part.strip() for part in named.split(","))
    return Row(step, tuple(marks), reckoning, Decimal(amount.replace(",", "")))


_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def _sum(node: ast.expr, text: str) -> Decimal:
    """A sum of plain figures, exactly."""
    if isinstance(node, ast.BinOp):
        act = _OPERATIONS[type(node.op)]
        return act(_sum(node.left, text), _sum(node.right, text))
    return Decimal(text[node.col_offset : node.end_col_offset])
