from megler.quoting.rules.market.lives import lives_of
from megler.quoting.rules.market.pricing import offers_of_life
from megler.quoting.rules.writing.cells import cells_of
from megler.quoting.rules.writing.templates import NoTemplate, template
from megler.underwriting.rules.facts import read_facts
from tests.quoting.rules.writing.markets import ON, demo


def test_the_cells_are_those_that_the_exact_engine_reads() -> None:
    _, _, market = demo()
    document = {
        "born": "1979-02-11", "sex": "female", "jurisdiction": "TX", "nicotine": [],
        "wants": {"line": "term_life", "face_amount": "500000", "class": "standard"},
    }  # fmt: skip
    facts, _ = read_facts(document, ON)
    assert facts is not None
    lives = lives_of([(facts.insured, facts.wants[0])], market, ON)
    priced = offers_of_life(market, lives, 0)
    assert priced is not None
    cells = cells_of(market, lives.wishes[0], priced)
    seen = 0
    for number, row in zip(priced.plans.tolist(), cells.tolist(), strict=True):
        plan = market.plans[number]
        try:
            tables = template(plan.book, plan.product, plan.term_years, plan.plan).tables
        except NoTemplate:
            continue
        ages = facts.insured.ages(ON, plan.product.age_basis)
        asked = {"age": ages and ages[0], "sex": "female", "class": "standard", "nicotine": "none",
                 "term_years": plan.term_years, "amount": 500_000, "jurisdiction": "TX",
                 **plan.product.fixed}  # fmt: skip
        for name, cell in zip(tables, row, strict=False):
            table = plan.book.tables[name]
            assert int(table.cells[table.address(asked)]) == cell
            seen += 1
    assert seen > 10
