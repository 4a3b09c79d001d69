"""Plans of a product, and how facts address their cells."""

import pytest

from megler.quoting.rules.market.axes import ByKey
from megler.quoting.rules.market.plans import areas_of, kind_of, lanes_of, variants
from megler.quoting.rules.market.shape import NotCompiled
from megler.vocabulary.codes import Mode
from tests.quoting.books import group_book, health_book, term_book

TERM, HEALTH, GROUP = term_book(), health_book(), group_book()


def test_a_product_has_a_lane_for_each_term_and_for_each_mode_of_its_tables() -> None:
    term = lanes_of(TERM, TERM.edition.products[0], 0, {})
    assert [(lane.plan.term_years, len(lane.modes)) for lane in term] == [(10, 4), (20, 4)]
    group = lanes_of(GROUP, GROUP.edition.products[0], 0, {})
    assert [lane.modes for lane in group] == [(Mode.BIWEEKLY,), (Mode.MONTHLY,)]
    assert list(variants(GROUP, GROUP.edition.products[0])) == [(None, None)]


def test_a_look_up_addresses_by_the_area_that_it_finds() -> None:
    product = HEALTH.edition.products[0]
    (area,) = areas_of(HEALTH, product)
    (lane,) = lanes_of(HEALTH, product, 0, {area.result: (3, area)})
    (base, ages) = lane.cells
    assert isinstance(base.compiled[0], ByKey)
    assert (base.compiled[0].key.name, base.compiled[0].key.of) == ("area", 3)
    assert not base.by_outcome
    assert ages.compiled[0] != base.compiled[0]


def test_classes_are_those_that_the_product_sells() -> None:
    kind = kind_of(TERM, TERM.edition.products[0])
    assert kind.available == ("preferred_plus", "preferred", "standard", "standard_tobacco")
    assert kind.rates_tables
    assert kind_of(HEALTH, HEALTH.edition.products[0]).available == ()


def test_a_fact_that_no_column_holds_is_not_compiled() -> None:
    with pytest.raises(NotCompiled, match="rating_area"):
        lanes_of(HEALTH, HEALTH.edition.products[0], 0, {})
