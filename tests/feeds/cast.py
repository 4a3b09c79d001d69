"""A carrier's files, and cases that are at the carrier."""

from datetime import datetime, timedelta
from typing import Any

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.models import Carrier
from megler.cases.actions import carrier as said
from megler.cases.actions import review
from megler.cases.models import Case
from megler.exchange.sheets import read_sheets
from megler.feeds.actions.receiving import receive_file
from megler.feeds.actions.sources import Words, settle_layout
from megler.feeds.actions.taking import take_file
from megler.feeds.models import FeedFile, FeedSource
from megler.feeds.names import FileState
from megler.feeds.rules.guessing import guess
from megler.feeds.rules.words import USUAL_WAYS
from tests.cases import cast

AT = cast.AT
LATER = AT + timedelta(days=30)
DAY = timedelta(days=1)


def a_case_at_carrier(
    manager: User, name: str = "Kari Hope", carrier: Carrier | None = None
) -> Case:
    """A case that was sent to the carrier and lies with its underwriter."""
    case = cast.a_case(cast.an_agent(), carrier, name)
    review.confirm_good_order(manager, case, at=AT)
    review.send_to_carrier(manager, case, at=AT + timedelta(hours=1))
    said.record_received_by_carrier(manager, case, at=AT + timedelta(hours=2))
    case.refresh_from_db()
    return case


def a_source(**given: Any) -> FeedSource:
    """A carrier's weekly spreadsheet."""
    ways = {**USUAL_WAYS, **given.pop("ways", {})}
    return FeedSource.objects.create(
        slug=given.pop("slug", "nordhavn-pending"),
        name="Nordhavn pending",
        carrier=given.pop("carrier", None) or cast.a_carrier(),
        ways=ways,
        made_at=AT,
        **given,
    )


def sheet(*rows: str) -> bytes:
    return ("\n".join(rows) + "\n").encode()


def send(
    manager: User,
    source: FeedSource,
    content: bytes,
    *,
    as_of: datetime | None = None,
    name: str = "pending.csv",
    at: datetime = LATER,
) -> FeedFile:
    """A file sent and read; a layout that is not known yet is taken as it is guessed."""
    done = receive_file(manager, source, name, content, as_of=as_of, at=at)
    take_file(done.file.pk, at)
    held = FeedFile.objects.get(pk=done.file.pk)
    if held.state == FileState.NEEDS_LAYOUT:
        found = guess(read_sheets(content)[0][0].rows)
        assert found is not None
        settle_layout(manager, held, found.layout(), Words(), at)
        take_file(held.pk, at)
        held.refresh_from_db()
    return held


def somebody_else() -> User:
    return cast.somebody(Role.AGENT, "Stig Stranger")
