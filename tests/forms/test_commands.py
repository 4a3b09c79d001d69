"""`./megler seal`: what it says of a file, and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from megler.forms.actions.sealing import seal as sealed_with
from megler.forms.actions.sealing import seal_key
from megler.forms.commands import seal
from tests.documents.files import pdf


def run(*words: object) -> Result:
    return CliRunner().invoke(seal, [str(word) for word in words])


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    file = tmp_path / "packet.pdf"
    file.write_bytes(sealed_with(pdf(2), "Signed by all"))
    return file


def test_a_sealed_file_holds(packet: Path) -> None:
    said = run("verify", packet)
    assert said.exit_code == 0
    assert "Sealed by: Common Name: Megler seal" in said.output
    assert "as the sealer says" in said.output
    assert "unchanged" in said.output


def test_a_changed_file_does_not_and_says_so(packet: Path) -> None:
    content = bytearray(packet.read_bytes())
    content[len(content) // 3] ^= 1
    packet.write_bytes(bytes(content))
    said = run("verify", packet, "--json")
    assert said.exit_code == 2
    told = json.loads(said.output)
    assert told["holds"] is False
    assert told["problems"]


def test_somebody_else_checks_with_the_certificate(packet: Path, tmp_path: Path) -> None:
    printed = run("certificate")
    assert printed.output == seal_key().pem()
    theirs = tmp_path / "seal.pem"
    theirs.write_text(printed.output)
    assert run("verify", packet, "--certificate", theirs).exit_code == 0
    theirs.write_text("no certificate")
    assert run("verify", packet, "--certificate", theirs).exit_code == 2


def test_what_is_not_there_is_said_and_no_key_is_made_for_checking(tmp_path: Path) -> None:
    said = run("verify", tmp_path / "none.pdf")
    assert said.exit_code == 2
    assert "nothing was ever sealed here" in said.output
    assert not (tmp_path / "seal.json").exists()


def test_a_file_that_is_no_pdf_is_told(packet: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Kari")
    said = run("verify", other)
    assert said.exit_code == 2
    assert "cannot be read as a sealed PDF" in said.output
    assert run("verify", tmp_path / "none.pdf").exit_code == 1
