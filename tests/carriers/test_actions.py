"""Publishing editions: all or nothing, once, never changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError, InternalError

from megler.carriers.actions import open_edition, publish_edition
from megler.carriers.models import Carrier, Edition, Product
from megler.carriers.packages import read_files
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Refused
from tests.carriers.books import replaced, term_book

EDITIONS = Path(__file__).parents[2] / "editions"


def fegli(year: int) -> dict[str, bytes]:
    return dict(read_files(EDITIONS / f"us-opm/fegli-b-{year}"))


@pytest.mark.django_db
def test_publishing_makes_carrier_product_edition_and_a_journal_entry() -> None:
    done = publish_edition(SYSTEM, fegli(2016))
    assert done.new
    assert done.edition.reference == "us-opm/fegli-b@2016-01-01"
    assert Product.objects.get().code == "fegli-b"
    assert list(done.edition.products.all()) == list(Product.objects.all())
    assert Entry.objects.get().data["edition"] == done.edition.reference


@pytest.mark.django_db
def test_the_same_again_changes_nothing() -> None:
    first = publish_edition(SYSTEM, fegli(2016))
    again = publish_edition(SYSTEM, fegli(2016))
    assert (again.new, again.edition) == (False, first.edition)
    assert (Edition.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_other_figures_for_the_same_date_are_refused_and_nothing_changes() -> None:
    publish_edition(SYSTEM, fegli(2016))
    files = fegli(2016)
    files["rates.csv"] = files["rates.csv"].replace(b"0.02,0.043", b"0.03,0.065")
    with pytest.raises(Refused) as refused:
        publish_edition(SYSTEM, files)
    assert [p.code for p in refused.value.problems] == ["edition_published_already"]
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_an_edition_with_an_error_leaves_nothing_behind() -> None:
    with pytest.raises(Refused):
        publish_edition(SYSTEM, dict(read_files(EDITIONS / "us-va/sdvi")))
    assert not Carrier.objects.exists()
    assert not Product.objects.exists()
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_a_product_has_one_series() -> None:
    publish_edition(SYSTEM, fegli(2016))
    files = fegli(2005)
    files["edition.toml"] = files["edition.toml"].replace(
        b'series = "fegli-b"', b'series = "other"'
    )
    with pytest.raises(Refused) as refused:
        publish_edition(SYSTEM, files)
    assert [p.code for p in refused.value.problems] == ["product_in_other_series"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE carriers_edition SET title = 'x'",
        "DELETE FROM carriers_edition",
        "TRUNCATE carriers_edition CASCADE",
    ],
)
def test_the_database_refuses_to_change_what_was_published(change: str) -> None:
    publish_edition(SYSTEM, fegli(2016))
    with (
        pytest.raises((InternalError, IntegrityError), match="never changes"),
        transaction.atomic(),
    ):
        connection.cursor().execute(change)
    assert Edition.objects.get().title != "x"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2003, 12, 31), date(2004, 1, 1)),
        (date(2004, 6, 1), date(2004, 1, 1)),
        (date(2005, 1, 1), date(2005, 1, 1)),
        (date(2015, 12, 31), date(2005, 1, 1)),
        (date(2030, 1, 1), date(2016, 1, 1)),
    ],
)
def test_the_edition_in_effect_stands_or_else_the_nearest(day: date, standing: date) -> None:
    for year in (2016, 2004, 2005):
        publish_edition(SYSTEM, fegli(year))
    (found,) = Edition.objects.standing(Edition.Kind.RATE_BOOK, day)
    assert found.effective_from == standing


@pytest.mark.django_db
def test_an_opened_edition_is_what_was_published() -> None:
    done = publish_edition(SYSTEM, fegli(2004))
    opened = open_edition(done.edition.pk)
    assert opened.read.name == done.edition.reference
    assert set(opened.tables) == {"rates"}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_publish_one_edition() -> None:
    def publish(_: int) -> bool:
        try:
            return publish_edition(SYSTEM, fegli(2016)).new
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(publish, range(4)))
    assert sorted(made) == [False, False, False, True]
    assert Edition.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({**term_book(), "base.csv": term_book()["base.csv"].replace(b"age,", b"agent,")}, None),
        (
            {
                **term_book(),
                "base.csv": b"".join(
                    line + (b",notes\n" if i == 0 else b",x\n")
                    for i, line in enumerate(term_book()["base.csv"].splitlines())
                ),
            },
            "unknown_column",
        ),
        (replaced(term_book(), "edition.toml", 'currency = "USD"', 'curency = "USD"'), None),
    ],
)
def test_of_an_edition_with_unknown_columns_or_keys_nothing_is_stored(
    files: dict[str, bytes], code: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        publish_edition(SYSTEM, files)
    codes = [problem.code for problem in refused.value.problems]
    assert codes == [code] if code else {"unknown_column", "unknown_key"} & set(codes)
    for model in (Edition, Carrier, Product, Entry):
        assert not model.objects.exists()
