"""Publishing editions, and opening those that are published."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from megler.carriers import packages
from megler.carriers.kept import keep, kept
from megler.carriers.models import Carrier, Edition, Product
from megler.carriers.rules.checks import check_edition, open_checked, open_kept
from megler.carriers.rules.edition import Edition as EditionRead
from megler.carriers.rules.tables import Table
from megler.forms.rules.form_set import FormSet
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused, errors


@dataclass(frozen=True)
class Published:
    """The edition as it stands, whether this call made it, and what the checker warned of."""

    edition: Edition
    new: bool
    warnings: tuple[Problem, ...]


def publish_edition(
    actor: Actor, files: Mapping[str, bytes], at: datetime | None = None
) -> Published:
    """Check and publish an edition, all or nothing. Raises `Refused` with every error.

    The same files again change nothing; other files for the same carrier, kind, series and
    effective date are refused, because what was published never changes.
    """
    with ThreadPoolExecutor(1) as aside:
        packing = aside.submit(packages.pack, files)
        read, tables, problems = check_edition(files)
        if read is None or errors(problems):
            raise Refused(problems)
        packed = packing.result()
        keeping = aside.submit(keep, packed.digest, files, tables)
        edition, new = _publish(actor, read, packed, at or timezone.now())
        keeping.result()
    return Published(edition, new, tuple(problems))


@transaction.atomic
def _publish(
    actor: Actor, read: EditionRead, packed: packages.Packed, at: datetime
) -> tuple[Edition, bool]:
    """The edition as it stands, and whether it is new."""
    carrier = _carrier(read)
    standing = Edition.objects.filter(
        carrier=carrier,
        kind=read.kind.value,
        series=read.series,
        effective_from=read.effective_from,
    ).first()
    if standing is None:
        return _keep(actor, carrier, read, packed, at), True
    if standing.digest == packed.digest:
        return standing, False
    raise Refused(
        Problem(
            "edition_published_already",
            "edition.toml edition.effective_from",
            standing.reference,
            "another effective date: a published edition never changes",
        )
    )


def _carrier(read: EditionRead) -> Carrier:
    """The carrier's row, locked, so that two publications of one carrier follow each other."""
    Carrier.objects.bulk_create(
        [Carrier(slug=read.carrier, name=read.carrier_name)], ignore_conflicts=True
    )
    return Carrier.objects.select_for_update(no_key=True).get(slug=read.carrier)


def _keep(
    actor: Actor, carrier: Carrier, read: EditionRead, packed: packages.Packed, at: datetime
) -> Edition:
    products = _products(carrier, read)
    edition = Edition.objects.create(
        carrier=carrier,
        kind=read.kind.value,
        series=read.series,
        title=read.title,
        effective_from=read.effective_from,
        effective_until=read.effective_until,
        digest=packed.digest,
        content=packed.content,
        published_at=at,
        published_by=actor.name,
    )
    edition.products.set(products)
    record(
        actor,
        "edition.published",
        ("edition", edition.pk),
        {"edition": edition.reference, "digest": edition.digest},
        at,
    )
    return edition


def _products(carrier: Carrier, read: EditionRead) -> list[Product]:
    """The edition's products, made where they are new. One product has one series of rate books."""
    elsewhere = (
        Edition.objects.filter(carrier=carrier, kind=Edition.Kind.RATE_BOOK)
        .exclude(series=read.series)
        .values_list("products__code", "series")
    )
    taken = dict(elsewhere)
    known = {p.code: p for p in carrier.products.all()}
    products, problems = [], []
    for place, product in enumerate(read.products):
        where = f"edition.toml product[{place}]"
        if product.code in taken:
            found, wanted = taken[product.code], read.series
            problems.append(Problem("product_in_other_series", f"{where}.code", found, wanted))
        standing = known.get(product.code)
        if standing and standing.line != product.line:
            found, wanted = product.line.value, standing.line
            problems.append(Problem("product_changed_line", f"{where}.line", found, wanted))
        products.append(standing or Product(carrier=carrier, code=product.code))
        products[-1].name, products[-1].line = product.name, product.line.value
    if problems:
        raise Refused(problems)
    for one in products:
        one.save()
    return products


@dataclass(frozen=True)
class OpenEdition:
    """A published edition, read and its tables built."""

    id: UUID
    read: EditionRead
    tables: Mapping[str, Table]


@lru_cache(maxsize=1024)
def open_edition(edition_id: UUID) -> OpenEdition:
    """The edition ready for use. It never changes, so each process opens it once."""
    digest = Edition.objects.values_list("digest", flat=True).get(pk=edition_id)
    held = kept(digest)
    opened = open_kept(held) if held else None
    if opened:
        return OpenEdition(edition_id, *opened)
    content = Edition.objects.values_list("content", flat=True).get(pk=edition_id)
    files = packages.from_zip(bytes(content))
    read, tables, problems = open_checked(files)
    if read is None:
        raise Refused(problems)
    keep(digest, files, tables)
    return OpenEdition(edition_id, read, tables)


def form_set_of(edition_id: UUID) -> FormSet:
    """The form set of a published edition. Raises `Refused` when it is none."""
    found = open_edition(edition_id).read.form_set
    if found is None:
        raise Refused(Problem("not_a_form_set", "edition", str(edition_id), "a form set"))
    return found


def form_set_for(carrier: str, product: str, line: str, on: date) -> Edition | None:
    """The carrier's form set in effect on a day for a product; None where it published none.

    One that names the product comes before one that is for its whole line.
    """
    found = _form_set_id(carrier, product, line, on, Edition.objects.stamp())
    if found is None:
        return None
    return Edition.objects.defer("content").select_related("carrier").get(pk=found)


def form_set_id(carrier: str, product: str, line: str, on: date) -> UUID | None:
    """The key of the same edition, with one short question while nothing new is published."""
    return _form_set_id(carrier, product, line, on, Edition.objects.stamp())


@lru_cache(maxsize=4096)
def _form_set_id(
    carrier: str, product: str, line: str, on: date, _stamp: tuple[int, int]
) -> UUID | None:
    standing = Edition.objects.standing(Edition.Kind.FORM_SET, on, carrier)
    in_effect = [
        one
        for one in standing
        if one.effective_from <= on and (one.effective_until is None or on <= one.effective_until)
    ]
    of_line = None
    for edition in sorted(in_effect, key=lambda one: one.effective_from, reverse=True):
        read = open_edition(edition.pk).read
        if read.form_set is None:
            continue
        if product in read.products_for:
            return edition.pk
        if not read.products_for and line in read.form_set.lines:
            of_line = of_line or edition.pk
    return of_line
