"""Every edition of the demo passes the checker without a word."""

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition, EditionKind
from megler.demo.actions.editions import edition_files
from megler.demo.rules.roster.every import CARRIERS
from megler.vocabulary.codes import Line


def _checked() -> list[Edition]:
    found = []
    for files in edition_files():
        edition, _tables, problems = check_edition(files)
        assert problems == [], files["edition.toml"].decode()[:200]
        assert edition is not None
        found.append(edition)
    return found


def test_all_pass_and_every_product_with_classes_has_a_guide() -> None:
    editions = _checked()
    products = {(e.carrier, p.code): p for e in editions for p in e.products}
    assert len({e.carrier for e in editions}) == len(CARRIERS) == 10
    assert len(products) >= 65
    assert {p.line for p in products.values()} == set(Line) - {Line.ENDOWMENT}
    guides = [e for e in editions if e.kind is EditionKind.GUIDE]
    for (carrier, code), product in products.items():
        fitting = [
            g
            for g in guides
            if g.carrier == carrier and (not g.products_for or code in g.products_for)
        ]
        assert fitting or not product.eligibility.classes, (carrier, code)
        for guide in fitting if product.eligibility.classes else ():
            assert guide.guide is not None
            rated_as = {one.rated_as for one in guide.guide.classes}
            assert rated_as & set(product.eligibility.classes)


def test_the_same_bytes_are_made_every_time() -> None:
    assert list(edition_files()) == list(edition_files())
