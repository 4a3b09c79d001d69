from datetime import date
from decimal import Decimal

from megler.carriers.rules.guide import BuildRow, CriterionKind, FamilyEvent
from megler.carriers.rules.reading.editions import read_edition
from megler.carriers.rules.steps import AddStep, ModeStep, RateStep, RoundStep
from megler.vocabulary.codes import Line, Mode, RequirementKind, RiskClass
from tests.carriers.books import guide, replaced, term_book


def test_a_rate_book_reads_as_it_is_written() -> None:
    edition, problems = read_edition(term_book())
    assert problems == []
    assert edition is not None
    assert (edition.name, edition.effective_from) == (
        "sognelife/level-term@2026-01-01",
        date(2026, 1, 1),
    )
    (product,) = edition.products
    assert (product.line, product.premium_period) == (Line.TERM_LIFE, Mode.ANNUAL)
    assert product.eligibility.amount_max == Decimal(1_000_000)
    assert product.eligibility.jurisdictions_except == {"NY"}
    assert [type(step) for step in product.steps] == [RateStep, AddStep, RoundStep, ModeStep]
    assert edition.tables[0].across is not None
    assert not edition.tables[0].has_modes


def test_a_guide_reads_as_it_is_written_with_its_rows() -> None:
    edition, problems = read_edition(guide())
    assert problems == []
    assert edition is not None
    assert edition.guide is not None
    parts = edition.guide
    assert [c.risk_class for c in parts.classes] == [
        RiskClass.PREFERRED, RiskClass.STANDARD, RiskClass.STANDARD_TOBACCO,
    ]  # fmt: skip
    assert parts.build[1] == BuildRow(60, None, "standard", 95, 170, "3", 3)
    assert parts.criteria[-1].class_code is None
    assert parts.criteria[-1].kind is CriterionKind.CHOLESTEROL_TOTAL_MAX
    assert parts.family[0].event is FamilyEvent.DEATH
    assert parts.requirements[3].kinds[-1] is RequirementKind.ECG


def test_terms_limits_and_reductions_are_read() -> None:
    more = """terms = [{ term_years = 10, age_max = 25 }, { term_years = 20, nicotine = "none" }]
amounts_by_age = [{ age_min = 25, age_max = 30, max = "500000" }]
guaranteed_issue_max = "50000"
reductions = [{ age = 65, percent = "65" }]
classes ="""
    edition, problems = read_edition(replaced(term_book(), "edition.toml", "classes =", more))
    assert problems == []
    assert edition is not None
    rules = edition.products[0].eligibility
    assert [(t.term_years, t.age_max, t.nicotine.value) for t in rules.terms] == [
        (10, 25, "any"), (20, None, "none"),
    ]  # fmt: skip
    assert rules.amounts_by_age[0].max == Decimal(500_000)
    assert rules.guaranteed_issue_max == Decimal(50_000)
    assert rules.reductions[0].percent == Decimal(65)
