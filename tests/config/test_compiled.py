import shutil
from pathlib import Path

from django.conf import settings

from megler.config.compiled import PLACES, compiled_code


def test_every_file_with_a_compiled_loop_counts() -> None:
    source = settings.SRC_DIR
    counted = {path for place in PLACES for path in source.glob(place)}
    loops = {path for path in source.rglob("*.py") if "@njit" in path.read_text("utf-8")}
    assert loops
    assert loops <= counted


def test_a_change_to_any_of_them_changes_the_folder(tmp_path: Path) -> None:
    copy = tmp_path / "megler"
    shutil.copytree(settings.SRC_DIR / "quoting" / "rules", copy / "quoting" / "rules")
    before = compiled_code(copy)
    assert before == compiled_code(copy)
    changed = copy / "quoting" / "rules" / "market" / "columns.py"
    changed.write_text(changed.read_text("utf-8") + "# x\n", "utf-8")
    assert compiled_code(copy) != before
