"""Files and functions stay small enough to read."""

import ast
import statistics
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "megler"
FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70


def sources() -> list[Path]:
    return [f for f in SRC.rglob("*.py") if "migrations" not in f.parts]


def function_lines(text: str) -> dict[str, int]:
    """Lines of each function, its docstring left out: words that explain cost nobody a headache."""
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            doc = node.body[0] if ast.get_docstring(node) else None
            words = (doc.end_lineno or 0) - doc.lineno + 1 if doc else 0
            found[f"{node.name}:{node.lineno}"] = node.end_lineno - node.lineno + 1 - words
    return found


def test_no_file_is_over_500_lines() -> None:
    long = {
        str(f.relative_to(SRC)): n
        for f in sources()
        if (n := len(f.read_text().splitlines())) > FILE_LINES_MAX
    }
    assert long == {}


def test_most_files_are_under_300_lines() -> None:
    lines = sorted(len(f.read_text().splitlines()) for f in sources())
    assert lines[int(len(lines) * 0.9)] <= 300
    assert statistics.median(lines) <= 150


def test_no_function_is_over_70_lines() -> None:
    long = {
        f"{f.relative_to(SRC)}:{name}": n
        for f in sources()
        for name, n in function_lines(f.read_text()).items()
        if n > FUNCTION_LINES_MAX
    }
    assert long == {}


def test_a_long_function_would_be_found() -> None:
    text = "def long():\n" + "    x = 1\n" * 80
    assert function_lines(text) == {"long:1": 81}
