from decimal import Decimal

from megler.quoting.rules.tools.classes import TABLES, class_matrices
from megler.vocabulary.codes import Mode
from tests.quoting.books import health_book
from tests.quoting.rules.tools.market import TERM, counter, facts, second_book


def test_every_class_is_priced_and_the_persons_own_is_marked() -> None:
    (matrix,) = class_matrices(counter(), facts({"term_years": None}))
    assert matrix.terms == (10, 20)
    classes = [row for row in matrix.rows if row.table is None]
    assert [row.code for row in classes] == [
        "preferred_plus",
        "preferred",
        "standard",
        "standard_tobacco",
    ]
    assert [row.code for row in matrix.rows if row.own] == ["preferred_plus"]
    own = next(row for row in matrix.rows if row.own)
    offers = counter().offers(facts({"term_years": None}))
    quoted = {offer.term_years: offer.premium for offer in offers}
    assert own.premiums == (quoted[10], quoted[20])
    assert own.paid == (quoted[10][Mode.MONTHLY], quoted[20][Mode.MONTHLY])


def test_sixteen_tables_follow_the_last_class_each_a_quarter_of_it_dearer() -> None:
    (matrix,) = class_matrices(counter(), facts())
    tables = [row for row in matrix.rows if row.table is not None]
    assert [row.table for row in tables] == list(TABLES)
    assert {row.code for row in tables} == {"standard"}
    standard = next(row for row in matrix.rows if (row.code, row.table) == ("standard", None))
    base = _annual(standard) - 65
    for row in tables:
        assert (
            _annual(row)
            == (base * (1 + Decimal(row.table or 0) / 4)).quantize(Decimal("0.01"), "ROUND_HALF_UP")
            + 65
        )


def _annual(row: object) -> Decimal:
    (premium,) = row.premiums  # type: ignore[attr-defined]
    return Decimal(premium[Mode.ANNUAL])


def test_a_term_that_a_class_does_not_get_has_no_premium() -> None:
    (matrix,) = class_matrices(counter(), facts({"term_years": None}, born="1977-11-01"))
    tobacco = next(row for row in matrix.rows if row.code == "standard_tobacco")
    assert matrix.terms == (10, 20)
    assert tobacco.premiums[0] is not None
    assert tobacco.premiums[1] is None
    assert tobacco.paid[1] is None


def test_only_the_products_asked_for_and_those_with_classes() -> None:
    assert [(m.carrier, m.product) for m in class_matrices(counter([second_book()]), facts())] == [
        ("bergliv", "term")
    ]
    assert class_matrices(counter(), facts(), [("bergliv", "term")]) == ()
    assert class_matrices(counter(), facts(), [TERM]) != ()
    assert class_matrices(counter([health_book()]), facts({"line": "health"})) == ()
    assert class_matrices(counter(), facts({"line": "health"})) == ()
