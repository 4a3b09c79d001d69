"""`./megler txlife` on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.commands import txlife
from megler.applications.models import Application
from megler.applications.models_messages import MessageDialect
from megler.carriers.models import Product
from megler.licensing.models import Agent
from megler.vocabulary.problems import Refused
from tests.exchange.txlife.samples import new_business, status
from tests.exchange.txlife.test_dialects import FJORD


def run(*arguments: object) -> Result:
    return CliRunner().invoke(txlife, [str(one) for one in arguments])


def put(folder: Path, data: bytes, name: str = "message.xml") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_message_is_checked_without_a_database(tmp_path: Path) -> None:
    done = run("check", put(tmp_path, new_business(policy="<Wish>fast</Wish>")))
    assert done.exit_code == 0
    for text in (
        "Transaction: 103 New business submission",
        "Proposed insured: Kari Håkonsen O'Brien, 1985-06-14",
        "Primary beneficiary: Ola Håkonsen",
        "not understood: TXLife/TXLifeRequest/OLifE/Holding[1]/Policy/Wish line 21: fast",
        "0 errors, 0 warnings",
    ):
        assert text in done.output
    assert "078051121" not in done.output


def test_what_is_wrong_ends_with_status_2(tmp_path: Path) -> None:
    done = run("check", put(tmp_path, status()))
    assert done.exit_code == 2
    assert "TXLife/TXLifeRequest/TransExeDate line 3" in done.output
    assert run("check", put(tmp_path, b"<!DOCTYPE x><TXLife/>")).exit_code == 2


def test_the_check_is_one_json_document_when_asked(tmp_path: Path) -> None:
    done = run("check", put(tmp_path, status()), "--json")
    told: dict[str, Any] = json.loads(done.output)
    assert done.exit_code == 2
    assert told["in_order"] is False
    (problem,) = told["problems"]
    assert {
        "code": "txlife_date",
        "path": "TXLife/TXLifeRequest/TransExeDate",
        "line": 3,
    }.items() <= (problem.items())
    assert {"name": "transaction", "text": "1122 Requirement results and status"} in told[
        "understood"
    ]


def test_a_dialect_is_used_for_the_check(tmp_path: Path) -> None:
    theirs = new_business().replace(b'<PaymentMode tc="4">', b'<PaymentMode tc="26">')
    message, dialect = put(tmp_path, theirs), put(tmp_path, FJORD.encode(), "fjord.toml")
    assert "code 26 Monthly is not known" in run("check", message).output
    assert "Premium: 37.71 Monthly" in run("check", message, "--dialect", dialect).output
    bad = put(tmp_path, b"dialect = 2", "bad.toml")
    assert isinstance(run("check", message, "--dialect", bad).exception, Refused)


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_user("ada@example.com", name="Ada Berg", role=Role.ADMINISTRATOR)


def test_a_103_is_imported_and_written_again(
    tmp_path: Path, administrator: User, agent: Agent, product: Product
) -> None:
    path = put(tmp_path, new_business(policy="<Wish>fast</Wish>"))
    refused = run("import", path)
    assert refused.exit_code == 2
    assert "Nothing was imported." in refused.output
    done = run("import", path, "--agent", agent.npn)
    assert done.exit_code == 0, done.output
    held = Application.objects.get()
    assert (held.agent, held.started_by) == (agent, administrator)
    assert f"{held.reference}: 13 questions filled in, 1 things not understood" in done.output
    again = run("import", path, "--agent", agent.npn, "--json")
    told = json.loads(again.output)
    assert (again.exit_code, told["imported"]) == (2, False)
    assert told["problems"][0]["found"] == held.reference
    taken = json.loads(run("import", path, "--agent", agent.npn, "--again", "--json").output)
    assert taken["possible_doubles"] == [held.reference]

    out = tmp_path / "out.xml"
    assert run("export", held.reference, "-o", out).exit_code == 0
    checked = run("check", out)
    assert checked.exit_code == 0, checked.output
    assert b'<TransType tc="103">' in run("export", held.number).stdout_bytes


def test_in_whose_name_may_be_said(
    tmp_path: Path, agent_user: User, agent: Agent, product: Product
) -> None:
    path = put(tmp_path, new_business().replace(b"1234567", agent.npn.encode()))
    assert run("import", path).exit_code == 2
    assert run("import", path, "--as", agent_user.email).exit_code == 0
    assert Application.objects.get().started_by == agent_user


def test_an_application_that_is_not_there_is_told(administrator: User) -> None:
    assert isinstance(run("export", "A-1").exception, Refused)
    assert isinstance(run("export", "x").exception, Refused)


@pytest.mark.django_db
def test_a_dialect_is_kept_under_its_files_name(tmp_path: Path) -> None:
    done = run("dialect", put(tmp_path, FJORD.encode(), "fjord.toml"))
    assert done.output == "Kept fjord: Fjord Life new business, for fjord-life.\n"
    assert MessageDialect.objects.get().slug == "fjord"
