"""Records as Hypothesis makes them: any record of the translator, with any of its fields said."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from hypothesis import strategies as st

from megler.exchange.iri.layout import Place, is_word, places
from megler.exchange.iri.records import CUSIP, NAME, NEWS_OF, Notification
from megler.exchange.iri.words import AppStatus, Event


def _text(place: Place) -> st.SearchStrategy[str]:
    rules = place.rules
    if rules.pattern == CUSIP:
        return st.from_regex(CUSIP, fullmatch=True).filter(str.isascii)
    least = max(rules.least, 1)
    letters = "abcXYZ019-. " if rules.pattern == NAME else "abcæøåXYZ019-. "
    most = min(rules.most or 40, 40)
    made = st.text(letters, min_size=least, max_size=most).map(str.strip)
    return made.filter(lambda text: len(text) >= least)


def _one(place: Place) -> st.SearchStrategy[Any]:
    plain: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(0, 1000),
        date: st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        Decimal: st.integers(0, 10_000).map(lambda cents: Decimal(cents) / 100),
    }
    if place.holds is str:
        return _text(place)
    if is_word(place.holds):
        return st.sampled_from(list(cast(Any, place.holds)))
    return plain[place.holds] if place.holds in plain else records(place.holds)


def _field(place: Place, always: bool) -> st.SearchStrategy[Any]:
    one = _one(place)
    if place.many:
        least = 1 if place.rules.required else 0
        made: st.SearchStrategy[Any] = st.lists(one, min_size=least, max_size=2).map(tuple)
        return made
    empty: Any = "" if place.holds is str else None
    return one if always or place.rules.required else st.one_of(st.just(empty), one)


def records(kind: type, *, without: frozenset[str] = frozenset(), **fixed: Any) -> Any:
    """Any record of a kind; `fixed` fields are as given, `without` are not said."""
    laid = {p.attribute: _field(p, False) for p in places(cast(Any, kind))}
    asked = {name: made for name, made in laid.items() if name not in without}
    return st.builds(kind, **{**asked, **{name: st.just(v) for name, v in fixed.items()}})


@st.composite
def notifications(draw: st.DrawFn) -> Notification:
    """Any notification, with the news that its event carries."""
    event = draw(st.sampled_from(list(Event)))
    news = draw(records(NEWS_OF[event]))
    status = draw(st.sampled_from(list(AppStatus)))
    made: Notification = draw(records(Notification, event_type=event, status=status, news=news))
    return made
