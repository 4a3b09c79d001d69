"""The walls between rooms stand, cover every room, and fall loudly."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EDGES = ("pages", "api", "jobs", "commands", "forms", "urls")


def breaches(root: Path) -> str:
    """What import-linter says of the checkout at `root`; empty when every wall stands."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources in a folder of their own, to be broken."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_wall_stands() -> None:
    assert breaches(ROOT) == ""


@pytest.mark.parametrize(
    ("module", "breach", "wall"),
    [
        ("vocabulary/money.py", "import megler.cases.models", "A room looks back"),
        ("underwriting/rules/build.py", "import django.db", "Rules and vocabulary are pure"),
        (
            "quoting/rules/engine.py",
            "import megler.carriers.models",
            "Rules and vocabulary are pure",
        ),
        ("carriers/models.py", "import megler.carriers.actions", "Inside a room"),
        ("cases/actions/holding.py", "import megler.quoting.pages", "edges of quoting"),
    ],
)
def test_a_breach_would_be_found(copy: Path, module: str, breach: str, wall: str) -> None:
    file = copy / "src/megler" / module
    file.write_text(f"{file.read_text()}\n{breach}\n")
    said = breaches(copy)
    assert wall in said
    assert "BROKEN" in said


def test_every_edge_of_every_room_is_protected() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    protected = {m for c in contracts if c["type"] == "protected" for m in c["protected_modules"]}
    edges = {
        f"megler.{found.parent.name}.{edge}"
        for edge in EDGES
        for found in (ROOT / "src/megler").glob(f"*/{edge}*")
        if found.stem == edge
        and found.parent.name not in {"config", "ui"}
        and found.suffix in {"", ".py"}
    }
    assert edges - protected == set()


def test_every_room_has_its_order() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    inside = next(c for c in contracts if c["name"].startswith("Inside a room"))
    rooms = {f"megler.{found.parent.name}" for found in (ROOT / "src/megler").glob("*/models.py")}
    assert rooms - set(inside["containers"]) == set()
