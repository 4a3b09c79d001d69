"""Which editions hold on a day, and which products a guide judges."""

from dataclasses import replace
from datetime import date

from megler.underwriting.rules.standing import guide_for, in_effect, judged_products
from tests.quoting.books import group_book, health_book, term_book
from tests.underwriting.guides import guide

ON = date(2026, 3, 1)


def test_an_edition_holds_on_its_first_and_last_day() -> None:
    edition = health_book().edition
    assert in_effect(edition, date(2026, 1, 1))
    assert in_effect(edition, date(2026, 12, 31))
    assert not in_effect(edition, date(2025, 12, 31))


def test_a_guide_that_names_the_product_comes_before_one_for_all() -> None:
    general = guide()
    own = replace(general, series="own", products_for=("term",))
    other = replace(general, series="other", products_for=("whole",))
    guides = {"fjordlife": [own, general, other]}
    assert guide_for(guides, "fjordlife", "term", date(2026, 3, 1)) is own
    assert guide_for(guides, "fjordlife", "else", date(2026, 3, 1)) is general
    assert guide_for(guides, "fjordlife", "term", date(2025, 3, 1)) is None
    assert guide_for(guides, "bergcare", "silver", date(2026, 3, 1)) is None


def test_products_are_judged_by_the_guide_that_holds_for_them() -> None:
    term, group = term_book().edition, group_book().edition
    general = guide()
    own = replace(general, series="own", products_for=(group.products[0].code,))
    guides = {term.carrier: [general], group.carrier: [own]}
    found = {(one.code, one.guide.name) for one in judged_products([term, group], guides, ON)}
    assert found == {
        (term.products[0].code, general.name),
        (group.products[0].code, own.name),
    }


def test_a_product_that_asks_nothing_of_health_is_judged_only_by_a_guide_that_names_it() -> None:
    health = health_book().edition
    code = health.products[0].code
    (alone,) = judged_products([health], {health.carrier: [guide()]}, ON)
    assert alone.product is None
    naming = replace(guide(), products_for=(code,))
    (named,) = judged_products([health], {health.carrier: [naming]}, ON)
    assert (named.code, named.book) == (code, health.name)


def test_a_guide_without_a_rate_book_stands_by_itself() -> None:
    naming = replace(guide(), series="own", products_for=("express", "classic"))
    found = judged_products([], {"fjordlife": [guide(), naming]}, ON)
    assert [(one.code, one.product) for one in found] == [
        ("", None),
        ("express", None),
        ("classic", None),
    ]


def test_a_product_that_is_no_longer_sold_says_so() -> None:
    health = replace(health_book().edition, effective_until=date(2026, 1, 31))
    naming = replace(guide(), products_for=(health.products[0].code,))
    (one,) = judged_products([health], {health.carrier: [naming]}, ON)
    assert [reason.code for reason in one.why_not] == ["no_longer_in_effect"]
