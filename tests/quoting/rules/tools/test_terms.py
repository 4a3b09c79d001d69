from megler.quoting.rules.tools.counter import Counter
from megler.quoting.rules.tools.terms import term_tables
from megler.vocabulary.codes import Mode
from tests.quoting.books import group_book, term_book
from tests.quoting.rules.tools.market import counter, facts, second_book
from tests.underwriting.guides import ON, guide


def test_terms_stand_side_by_side_and_the_cheapest_of_each_is_marked() -> None:
    guides = {"fjordlife": [guide()], "bergliv": [guide()]}
    both = Counter([term_book(), second_book()], guides, ON)
    (table,) = term_tables(both.offers(facts({"term_years": None})), Mode.MONTHLY)
    assert table.terms == (10, 20)
    assert [row.carrier for row in table.rows] == ["bergliv", "fjordlife"]
    assert [[c.cheapest for c in row.cells if c] for row in table.rows] == [
        [True, True],
        [False, False],
    ]


def test_a_term_that_is_not_possible_leaves_its_cell_empty() -> None:
    (table,) = term_tables(
        counter().offers(facts({"term_years": None}, born="1976-11-01")), Mode.MONTHLY
    )
    assert table.terms == (10,)
    offers = [
        *counter().offers(facts({"term_years": None}, born="1976-11-01")),
        *counter([second_book()]).offers(facts({"class": "standard", "term_years": None})),
    ]
    (both,) = term_tables(offers, Mode.ANNUAL)
    assert [[cell is None for cell in row.cells] for row in both.rows] == [
        [False, False],
        [False, True],
    ]


def test_currencies_are_never_in_one_table() -> None:
    crowns = term_book({'"USD"': '"NOK"', '"fjordlife"': '"bergliv"'})
    guides = {"fjordlife": [guide()], "bergliv": [guide()]}
    offers = Counter([term_book(), crowns], guides, ON).offers(facts())
    assert sorted(table.currency for table in term_tables(offers, Mode.MONTHLY)) == ["NOK", "USD"]


def test_what_has_no_term_is_left_out() -> None:
    offers = counter([group_book()]).offers(facts({"line": "group_term_life", "term_years": None}))
    assert offers
    assert term_tables(offers, Mode.MONTHLY) == ()
