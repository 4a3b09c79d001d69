"""`edition check` and `edition publish` as their users run them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from megler.carriers.commands import edition
from megler.carriers.models import Edition

EDITIONS = Path(__file__).parents[2] / "editions"


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(edition, [str(word) for word in words])
    return done.exit_code, done.output


def test_check_names_every_bad_cell_of_the_published_table() -> None:
    code, said = run("check", EDITIONS / "us-va/sdvi", "--json")
    told = json.loads(said)
    wrong = [p for p in told["problems"] if p["severity"] == "error"]
    assert (code, told["errors"]) == (2, len(wrong))
    assert all(p["file"] == "rates.csv" and p["row"] and p["column"] for p in wrong)
    assert ("rates.csv", 38, "semiannual", "13.26") in {
        (p["file"], p["row"], p["column"], p["found"]) for p in wrong
    }


def test_check_of_a_good_edition_says_so() -> None:
    code, said = run("check", EDITIONS / "us-va/vgli-2019")
    assert code == 0
    assert "0 errors" in said


@pytest.mark.parametrize("where", ["nowhere", "README"])
def test_a_path_without_an_edition_is_told_plainly(tmp_path: Path, where: str) -> None:
    (tmp_path / "README").write_text("hello")
    code, said = run("check", tmp_path / where)
    assert code == 2
    assert "Traceback" not in said


@pytest.mark.django_db
def test_publish_refuses_the_table_with_misprints_and_keeps_nothing() -> None:
    code, said = run("publish", EDITIONS / "us-va/sdvi")
    assert (code, Edition.objects.count()) == (2, 0)
    assert "Nothing was published." in said


@pytest.mark.django_db
def test_publish_tells_what_is_in_effect_from_when(tmp_path: Path) -> None:
    zipped = shutil.make_archive(str(tmp_path / "vgli"), "zip", EDITIONS / "us-va/vgli-2019")
    code, said = run("publish", zipped, "--json")
    told = json.loads(said)
    assert (code, told["published"], told["new"]) == (0, True, True)
    assert told["edition"] == "us-va/vgli@2019-01-01"
    code, said = run("publish", EDITIONS / "us-va/vgli-2019", "--json")
    assert (code, json.loads(said)["new"]) == (0, False)
