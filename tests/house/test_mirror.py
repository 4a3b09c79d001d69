"""Every rules module has its tests in the same place under `tests/`."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "megler"


def missing_mirrors(rules: list[Path], root: Path = ROOT) -> list[str]:
    """Rules modules with functions of their own that no test module mirrors.

    A folder `rules/checking/` may be mirrored by one `test_checking.py` beside its siblings.
    """
    missing = []
    for module in rules:
        inside = module.relative_to(root / "src" / "megler")
        if module.name == "__init__.py" or "def " not in module.read_text():
            continue
        tests = root / "tests"
        own = tests / inside.parent / f"test_{inside.name}"
        folder = tests / inside.parent.parent / f"test_{inside.parent.name}.py"
        if not own.exists() and not (inside.parent.name != "rules" and folder.exists()):
            missing.append(str(inside))
    return sorted(missing)


def test_every_rules_module_is_mirrored_by_its_tests() -> None:
    assert missing_mirrors(list(SRC.glob("*/rules/**/*.py"))) == []


def test_a_missing_mirror_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "src/megler/room/rules/lonely.py"
    module.parent.mkdir(parents=True)
    module.write_text("def alone() -> None: ...\n")
    assert missing_mirrors([module], tmp_path) == ["room/rules/lonely.py"]
