"""`python -m benchmarks --quick` runs from end to end; what its times are is not judged here.

The API and loading need a server and a database of their own for half a minute: not here.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("one_life", "SQLite, indexed look-up"),
        ("bulk", "the bare compiled gather"),
        ("classes", "zen-engine, one table of all"),
        ("good_order", "Django Form, bound and validated"),
        ("sealing", "pyHanko alone"),
        ("uploads", "pypdf alone: text"),
        ("txlife", "lxml, used"),
        ("vendors", "lxml, used"),
    ],
)
def test_a_benchmark_runs_and_its_engines_agree(name: str, said: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "MEGLER_VAR")}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", name, "--quick"],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert said in done.stdout
