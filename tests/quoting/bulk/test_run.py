"""A book priced whole: the same as each life by itself, whatever happens on the way."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from megler.quoting.bulk.chunks import SCHEMA, price
from megler.quoting.bulk.market import know, opened
from megler.quoting.bulk.run import Wanted, Watch, reprice
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.problems import Problem, Refused
from tests.quoting.bulk.market import HEADER, ON, contents, document, lives, wanted, written


def told(problem: Problem) -> str:
    return f"{problem.where}: {problem.code}"


def run(plan: Wanted) -> bytes:
    reprice(plan, contents(), told)
    return plan.out.read_bytes()


def test_each_life_has_the_offers_that_a_quote_gives_it(tmp_path: Path) -> None:
    rows = list(lives(40))
    run(wanted(tmp_path, written(tmp_path / "book.csv", rows), keep=None))
    found = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    know(contents())
    market = opened(tuple(sorted(contents())))
    for number, row in enumerate(rows, 2):
        facts, _ = read_facts(document(row), ON)
        assert facts is not None
        answer = quote(facts, market.books, market.guides, ON)
        mine = found.filter(pl.col("row") == str(number))
        said = [
            (o.carrier, o.product, o.term_years, o.class_code, o.premium[o.mode], o.annualised)
            for o in answer.offers
        ]
        kept = [
            (
                one["carrier"],
                one["product"],
                int(one["term_years"]) if one["term_years"] else None,
                one["class"],
                Decimal(one["premium"]),
                Decimal(one["annualised"]),
            )
            for one in mine.iter_rows(named=True)
            if one["rank"]
        ]
        assert kept == said
        assert mine.height == max(1, len(said))
        assert set(mine["id"]) == {row[0]}


@pytest.mark.parametrize("out", ["out.csv", "out.parquet"])
def test_the_size_of_the_chunks_changes_no_row(tmp_path: Path, out: str) -> None:
    book = written(tmp_path / "book.csv", list(lives(130)))
    read = pl.read_csv if out.endswith("csv") else pl.read_parquet
    found = []
    for rows in (7, 1000):
        run(wanted(tmp_path, book, out, chunk_rows=rows))
        found.append(read(tmp_path / out))
    assert found[0].equals(found[1])


def test_a_parquet_book_gives_what_its_csv_gives(tmp_path: Path) -> None:
    book = written(tmp_path / "book.csv", list(lives(90)))
    typed = pl.read_csv(book, infer_schema=False).with_columns(
        pl.col("born").str.to_date(),
        pl.col("height_in", "weight_lb", "wants.term_years").cast(pl.Int32),
        pl.col("wants.face_amount").cast(pl.Decimal(12, 2)),
        pl.col("sex").cast(pl.Categorical),
    )
    typed.write_parquet(tmp_path / "book.parquet", row_group_size=13)
    by_text = run(wanted(tmp_path, book, "a.csv"))
    assert run(wanted(tmp_path, tmp_path / "book.parquet", "b.csv")) == by_text


def test_the_columns_of_both_formats_are_the_same(tmp_path: Path) -> None:
    book = written(tmp_path / "book.csv", list(lives(60)))
    run(wanted(tmp_path, book, "out.csv"))
    run(wanted(tmp_path, book, "out.parquet"))
    by_text = pl.read_csv(tmp_path / "out.csv", schema=SCHEMA)
    typed = pl.read_parquet(tmp_path / "out.parquet")
    assert dict(typed.schema) == dict(SCHEMA)
    assert typed.equals(by_text)


def test_bad_rows_are_told_one_by_one_and_the_rest_is_priced(tmp_path: Path) -> None:
    rows = list(lives(40))
    rows[3][3], rows[3][4] = "Texas", "tall"
    rows[9][6] = "[{"
    book = written(tmp_path / "book.csv", rows)
    with book.open("ab") as stream:
        stream.write(b'"only, one cell"\n\n' + ",".join(rows[0]).encode() + b'\n5" tall,')
        stream.write(b"caf\xe9" + b"," * (len(HEADER) - 2) + b"\n\n\n")
    done = reprice(wanted(tmp_path, book, chunk_rows=20), contents(), told)
    with (tmp_path / "out.problems.csv").open(newline="", encoding="utf-8") as stream:
        problems = list(csv.DictReader(stream))
    assert [(p["row"], p["id"], p["column"], p["code"], p["found"]) for p in problems] == [
        ("5", "L3", "height_in", "facts_wrong_type", "tall"),
        ("5", "L3", "jurisdiction", "facts_not_in_list", "Texas"),
        ("11", "L9", "nicotine", "bulk_not_json", "[{"),
        ("42", "only, one cell", "", "ragged_row", "1"),
        ("43", "", "", "blank_row", ""),
        ("45", '5" tall', "", "facts_wrong_encoding", "caf\ufffd"),
    ]
    assert problems[0]["sentence"] == "height_in: facts_wrong_type"
    assert (done.lives, done.bad_rows, done.problems) == (44, 5, 6)
    priced = {int(row) for row in pl.read_csv(tmp_path / "out.csv")["row"]}
    assert priced == set(range(2, 45)) - {5, 11, 42, 43}


def test_a_clean_book_leaves_no_problems_file_of_before(tmp_path: Path) -> None:
    rows = list(lives(10))
    book = written(tmp_path / "book.csv", [*rows, ["bad"] * len(HEADER)])
    assert reprice(wanted(tmp_path, book), contents(), told).problems_file
    assert (tmp_path / "out.problems.csv").exists()
    written(book, rows)
    assert reprice(wanted(tmp_path, book), contents(), told).problems_file is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.csv", "out.csv"]


class Stopped(Exception):
    """The run is stopped here."""


def stop_after(chunks: int) -> Watch:
    count = [0]

    def one(rows: int) -> None:
        count[0] += 1
        if count[0] == chunks:
            raise Stopped

    return Watch(done=one)


@pytest.mark.parametrize("out", ["out.csv", "out.parquet"])
def test_an_interrupted_run_goes_on_and_ends_in_the_same_bytes(tmp_path: Path, out: str) -> None:
    book = written(tmp_path / "book.csv", [*lives(200), ["bad"] * len(HEADER), *lives(20, 2)])
    whole = run(wanted(tmp_path, book, "whole" + out))
    plan = wanted(tmp_path, book, out)
    with pytest.raises(Stopped):
        reprice(plan, contents(), told, stop_after(2))
    assert not plan.out.exists()
    (tmp_path / f"{out}.work" / "part-00000004.csv.draft").write_bytes(b"half a pa")
    done = reprice(plan, contents(), told)
    assert done.resumed_rows == 100
    assert plan.out.read_bytes() == whole
    assert not (tmp_path / f"{out}.work").exists()


def test_a_part_that_was_cut_is_priced_again(tmp_path: Path) -> None:
    book = written(tmp_path / "book.csv", list(lives(150)))
    whole = run(wanted(tmp_path, book, "whole.csv"))
    plan = wanted(tmp_path, book)
    with pytest.raises(Stopped):
        reprice(plan, contents(), told, stop_after(2))
    part = tmp_path / "out.csv.work" / "part-00000001.csv"
    part.write_bytes(part.read_bytes()[:-40])
    assert reprice(plan, contents(), told).resumed_rows == 50
    assert plan.out.read_bytes() == whole


@pytest.mark.parametrize("change", ["book", "keep", "day", "editions"])
def test_other_inputs_start_anew(tmp_path: Path, change: str) -> None:
    book = written(tmp_path / "book.csv", list(lives(150)))
    with pytest.raises(Stopped):
        reprice(wanted(tmp_path, book), contents(), told, stop_after(2))
    options: dict[str, Any] = {}
    editions = dict(contents())
    if change == "book":
        written(book, list(lives(150, 5)))
    elif change == "keep":
        options = {"keep": 1}
    elif change == "editions":
        editions.popitem()
    plan = wanted(tmp_path, book, **options)
    if change == "day":
        plan = Wanted(plan.book, plan.out, ON.replace(day=2), 3, chunk_rows=50)
    assert reprice(plan, editions, told).resumed_rows == 0


def test_two_runs_never_write_the_same_result(tmp_path: Path) -> None:
    book = written(tmp_path / "book.csv", list(lives(60)))
    plan = wanted(tmp_path, book)
    second: list[str] = []

    def again(rows: int) -> None:
        with pytest.raises(Refused) as refused:
            reprice(plan, contents(), told)
        second.append(refused.value.problems[0].code)

    reprice(plan, contents(), told, Watch(done=again))
    assert second == ["bulk_running", "bulk_running"]


def test_who_watches_hears_of_every_row_once(tmp_path: Path) -> None:
    book = written(tmp_path / "book.csv", list(lives(130)))
    heard: list[int] = []
    begun: list[tuple[int, int]] = []
    watch = Watch(begin=lambda total, before: begun.append((total, before)), done=heard.append)
    reprice(wanted(tmp_path, book), contents(), told, watch)
    assert (begun, heard) == ([(130, 0)], [50, 50, 30])


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["empty_file"]),
        (b"born,sex\n", ["no_rows"]),
        (b"born;sex\n1979-02-11;male\n", ["wrong_separator"]),
        (b"born,smoker\n1979-02-11,no\n", ["unknown_column"]),
        ("born\n1979-02-11\n".encode("utf-16"), ["facts_wrong_encoding"]),
        (b'born,sex\n"' + b"x" * 300_000, ["bulk_row_too_long"]),
    ],
)
def test_a_book_that_is_wrong_as_a_whole_is_refused_and_nothing_written(
    tmp_path: Path, content: bytes, codes: list[str]
) -> None:
    book = tmp_path / "book.csv"
    book.write_bytes(content)
    with pytest.raises(Refused) as refused:
        run(wanted(tmp_path, book))
    assert [p.code for p in refused.value.problems] == codes
    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"]


@pytest.mark.parametrize(
    ("book", "out", "code"),
    [
        ("book.xlsx", "out.csv", "bulk_unknown_format"),
        ("book.csv", "out.txt", "bulk_unknown_format"),
        ("book.csv", "nowhere/out.csv", "bulk_no_folder"),
        ("book.csv", "book.csv", "bulk_over_book"),
        ("none.csv", "out.csv", "cannot_read"),
        ("broken.parquet", "out.csv", "bulk_not_parquet"),
        ("floats.parquet", "out.csv", "bulk_column_type"),
    ],
)
def test_places_and_formats_that_do_not_fit_are_refused(
    tmp_path: Path, book: str, out: str, code: str
) -> None:
    written(tmp_path / "book.csv", list(lives(3)))
    (tmp_path / "book.xlsx").write_bytes(b"PK")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no")
    pl.DataFrame({"wants.face_amount": [1e5]}).write_parquet(tmp_path / "floats.parquet")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused) as refused:
        run(wanted(tmp_path, tmp_path / book, out))
    assert [p.code for p in refused.value.problems] == [code]
    assert sorted(tmp_path.iterdir()) == before


def test_a_process_with_another_program_refuses_the_order(tmp_path: Path) -> None:
    from dataclasses import replace

    from megler.quoting.bulk.book import look_through
    from megler.quoting.bulk.run import _order

    book = look_through(written(tmp_path / "book.csv", list(lives(3))), 10)
    plan = wanted(tmp_path, book.path)
    order = replace(_order(plan, book, tuple(sorted(contents()))), code="another")
    with pytest.raises(Refused) as refused:
        price(next(book.read([0])), order)
    assert [p.code for p in refused.value.problems] == ["bulk_other_program"]
