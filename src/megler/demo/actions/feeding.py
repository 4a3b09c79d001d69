"""The demo's carriers tell how their cases stand: some news, a proposal, a stranger, a new layout."""

from datetime import datetime, timedelta

from django.utils import timezone

from megler.accounts.models import User
from megler.carriers.models import Carrier
from megler.cases.rules.words import Status
from megler.demo.carrier_files import cases_told, plain_sheet, report_sheet, txlife_1125
from megler.exchange.sheets import read_sheets
from megler.feeds.actions.receiving import receive_file
from megler.feeds.actions.sources import Words, make_source, settle_layout
from megler.feeds.actions.taking import take_file
from megler.feeds.models import FeedSource
from megler.feeds.rules.guessing import guess

_STRANGER = ',NL-STRANGER,"Unn Ukjent",1968-05-05,Level Term,UW Review,,\n'
_NEWS = {Status.SENT_TO_CARRIER: "Received", Status.RECEIVED_BY_CARRIER: "UW Review: labs in"}


def tell_of_cases(person: User, at: datetime) -> None:
    """Each of three carriers sends a file: a sheet read by a layout, TXLife, and one not named yet."""
    carriers = list(
        Carrier.objects.filter(cases__sent_at__isnull=False).distinct().order_by("slug")
    )
    if not carriers:
        return
    on = timezone.localtime(at - timedelta(days=1)).date()
    first = _source(person, carriers[0], "sheet", at)
    told = cases_told(carriers[0].slug)
    news = {c.reference: _NEWS[Status(c.status)] for c in told if c.status in _NEWS}
    content = plain_sheet(told, on, dict(list(news.items())[:5])) + _STRANGER.encode()
    file = receive_file(person, first, f"pending-{on}.csv", content, at=at).file
    found = guess(read_sheets(content)[0][0].rows)
    if found:
        settle_layout(person, file, found.layout(ends=True), Words(), at)
    take_file(file.pk, at)
    if len(carriers) > 1:
        source = _source(person, carriers[1], "txlife", at)
        message = txlife_1125(cases_told(carriers[1].slug, 20), on, {})
        take_file(receive_file(person, source, f"status-{on}.xml", message, at=at).file.pk, at)
    if len(carriers) > 2:
        source = _source(person, carriers[2], "sheet", at)
        sheet = report_sheet(cases_told(carriers[2].slug, 20), on, {})
        take_file(receive_file(person, source, f"report-{on}.csv", sheet, at=at).file.pk, at)


def _source(person: User, carrier: Carrier, form: str, at: datetime) -> FeedSource:
    slug = f"{carrier.slug}-{form}"[:40]
    return make_source(
        person,
        FeedSource(slug=slug, name=f"{carrier.name}: status", carrier=carrier, format=form),
        at,
    )
