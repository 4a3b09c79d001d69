"""Rules stay pure: importing one brings no Django, database, network or process with it."""

import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
FORBIDDEN = ("django", "ninja", "procrastinate", "httpx", "requests", "psycopg", "subprocess")


def pure_modules() -> list[str]:
    """Every module of every room's rules, of exchange and of the vocabulary."""
    found = [
        *SRC.glob("megler/*/rules/**/*.py"),
        *SRC.glob("megler/exchange/**/*.py"),
        *SRC.glob("megler/vocabulary/**/*.py"),
    ]
    names = {".".join(f.relative_to(SRC).with_suffix("").parts) for f in found}
    return sorted(name.removesuffix(".__init__") for name in names)


def impurities(modules: list[str], path: Path = SRC) -> list[str]:
    """What forbidden modules are present after importing `modules` in a fresh interpreter."""
    program = (
        "import importlib, sys\n"
        "before = set(sys.modules)\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        f"print(*sorted(new & set({FORBIDDEN!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(path)!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_there_are_rules_to_prove() -> None:
    assert len(pure_modules()) > 20


def test_rules_bring_no_django_database_or_network() -> None:
    assert impurities(pure_modules()) == []


@pytest.mark.parametrize("where", ["rules.py", "__init__.py"])
def test_an_impure_module_would_be_found(tmp_path: Path, where: str) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "__init__.py").write_text("")
    (room / "rules.py").write_text("")
    (room / where).write_text("import django.db\n")
    assert "django" in impurities(["room.rules"], tmp_path)
