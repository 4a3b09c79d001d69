"""`./megler export` writes everything of a kind to a file, as somebody may see it."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.events.commands import NOUNS, export
from megler.events.everything import KINDS
from megler.journal.models import Entry
from tests.cases.cast import a_case, an_agent, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(case: Case) -> tuple[Case, Case]:
    somebody(Role.ADMINISTRATOR, "Ada Boss")
    return case, a_case(an_agent("Stig Stranger"), name="=HYPERLINK(1) Aas")


def run(*arguments: str) -> str:
    found = CliRunner().invoke(export, arguments)
    assert found.exit_code == 0, found.output
    return found.output


def test_the_command_knows_every_kind() -> None:
    assert set(NOUNS) == set(KINDS)


def test_each_format_holds_every_case(both: tuple[Case, Case], tmp_path: Path) -> None:
    numbers = {str(one.number) for one in both}
    text = run("cases").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["number"] for row in rows} == numbers
    assert "'=HYPERLINK(1) Aas" in {row["client"] for row in rows}
    place = tmp_path / "cases.json"
    run("cases", "--format", "json", "-o", str(place))
    assert {str(row["number"]) for row in json.loads(place.read_text())} == numbers
    book = tmp_path / "cases.xlsx"
    run("cases", "--format", "xlsx", "-o", str(book))
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    assert {str(row[1]) for row in sheet.iter_rows(min_row=2, values_only=True)} == numbers
    assert not list(tmp_path.glob("*.half"))
    assert Entry.objects.filter(verb="export.made").count() == 3


@pytest.mark.parametrize("noun", NOUNS)
def test_every_kind_is_written(both: tuple[Case, Case], noun: str) -> None:
    assert isinstance(json.loads(run(noun, "--format", "json")), list)


def test_as_an_agent_it_holds_theirs_alone(both: tuple[Case, Case]) -> None:
    mine, _other = both
    assert mine.agent.user is not None
    email = mine.agent.user.email
    [row] = json.loads(run("cases", "--format", "json", "--as", email.upper()))
    assert row["number"] == mine.number
    for asked in (
        ("messages", "--as", email),
        ("cases", "--as", "nobody@fjord.example"),
    ):
        refused = CliRunner().invoke(export, asked)
        assert refused.exit_code == 1
        assert "nobody who may export" in refused.output
