"""`./megler reprice` as its users run it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from megler.quoting.bulk.commands import reprice

HEADER = "id,born,sex,jurisdiction,wants.line,wants.face_amount,wants.mode\n"
AMY = "amy,1979-02-11,female,TX,group_term_life,100000,monthly\n"
SAM = "sam,1921-02-11,male,TX,term_life,100000,\n"
BAD = "bob,1979-02-31,male,Texas,group_term_life,100000,monthly\n"


def run(folder: Path, content: str, *words: str) -> tuple[int, str, str]:
    (folder / "book.csv").write_text(HEADER + content, encoding="utf-8")
    told = [str(folder / "book.csv"), "--on", "2026-06-01", "--workers", "1", *words]
    if "--out" not in words:
        told += ["--out", str(folder / "out.csv")]
    done = CliRunner().invoke(reprice, told)
    return done.exit_code, done.stdout, done.stderr


def test_a_clean_book_is_priced_and_says_so(market: None, tmp_path: Path) -> None:
    code, told, wrong = run(tmp_path, AMY + SAM)
    assert (code, wrong) == (0, "")
    assert told.splitlines() == [
        "rows                    2",
        f"offers kept             1  {tmp_path / 'out.csv'}",
        "no offer                1  (./megler quote says why)",
    ]
    amy, sam = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert amy == (
        "2,amy,0,1,us-va,vgli,group_term_life,us-va/vgli@2019-01-01,,,,,,100000.00,premium,USD,"
        "22.00,monthly,264.00,,47,2027-02-11"
    )
    assert sam == "3,sam" + "," * 20


def test_bad_rows_give_exit_status_1_and_sentences_in_their_file(
    market: None, tmp_path: Path
) -> None:
    code, told, _ = run(tmp_path, BAD + AMY, "--keep", "all", "--json")
    done = json.loads(told)
    assert code == 1
    assert (done["lives"], done["bad_rows"], done["problems"]) == (2, 1, 2)
    assert done["problems_file"] == str(tmp_path / "out.problems.csv")
    lines = (tmp_path / "out.problems.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == (
        "2,bob,born,facts_impossible_date,1979-02-31,a day of the calendar,"
        "born: 1979-02-31 is not a day of the calendar."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--scheduler", "nonsense"), "No scheduler answers at nonsense"),
        (("--out", "out.txt"), "the ending “.txt” is unknown"),
    ],
)
def test_what_cannot_be_done_gives_exit_status_2_and_a_sentence(
    market: None, tmp_path: Path, words: tuple[str, str], said: str
) -> None:
    code, _, wrong = run(tmp_path, AMY, *words)
    assert code == 2
    assert said in wrong


@pytest.mark.parametrize("keep", ["0", "-1", "some", "1.5"])
def test_keep_is_a_number_or_all(market: None, tmp_path: Path, keep: str) -> None:
    code, _, wrong = run(tmp_path, AMY, "--keep", keep)
    assert code == 2
    assert "neither a number from 1 on nor all" in wrong
