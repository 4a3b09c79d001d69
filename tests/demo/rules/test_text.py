"""edition.toml reads back as what was written."""

import tomllib
from datetime import date

from megler.demo.rules.text import csv_file, toml_file


def test_a_document_reads_back_as_it_was() -> None:
    document: dict[str, object] = {
        "format": 1,
        "edition": {"kind": "rate_book", "effective_from": date(2026, 1, 1), "title": 'A "B" Å'},
        "product": [
            {
                "code": "term",
                "eligibility": {
                    "age": {"min": 18, "max": 75},
                    "jurisdictions": {"except": ["NY"]},
                    "terms": [{"term_years": 10, "age_max": 75}],
                },
                "step": [
                    {"name": "base", "do": "rate"},
                    {"name": "mode", "factors": {"annual": "1"}},
                ],
            },
            {"code": "second", "step": [{"name": "base"}]},
        ],
        "table": [{"name": "base", "sparse": True, "dimension": [{"name": "age", "from": 18}]}],
    }
    assert tomllib.loads(toml_file(document).decode()) == document


def test_nothing_is_written_for_none() -> None:
    assert tomllib.loads(toml_file({"edition": {"products": None, "kind": "guide"}}).decode()) == {
        "edition": {"kind": "guide"}
    }


def test_a_table_has_its_header_first() -> None:
    assert csv_file(["a", "b"], [[1, ""]]) == b"a,b\n1,\n"
