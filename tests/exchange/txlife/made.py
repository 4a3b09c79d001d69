"""Any message: every field of every record, drawn by the table that places them."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from megler.exchange.txlife.codes import numbers, said_as
from megler.exchange.txlife.layout import (
    MESSAGE,
    Extensions,
    Inside,
    Kind,
    Layout,
    Leaf,
    Many,
    One,
    Part,
)
from megler.exchange.txlife.records import Coded, Extension, Message

_LETTERS = "abcÆØÅæøåéñ 'O’\"&<>\\;=+@-\n\tß漢😀"
texts = st.text(_LETTERS, max_size=12).map(str.strip)
_names = st.from_regex(r"[A-Z][A-Za-z]{0,8}", fullmatch=True)
_days = st.dates().map(lambda day: day.isoformat())
_times = st.times().map(lambda time: time.isoformat())
_amounts = st.decimals(-(10**9), 10**9, allow_nan=False, places=2).map(lambda n: f"{n:f}")
_typed = {
    Kind.TEXT: texts,
    Kind.DAY: st.just("") | _days,
    Kind.TIME: st.just("") | _times,
    Kind.AMOUNT: st.just("") | _amounts,
    Kind.BASE64: st.binary(max_size=40),
}


def _coded(codes: str) -> st.SearchStrategy[Coded]:
    known = sorted(numbers().get(codes, {}))
    unknown = st.integers(100_000, 10**8)
    choices = [
        st.just(Coded()),
        st.builds(lambda text: Coded("other", text), texts),
        st.builds(lambda tc, text: Coded("", text, tc), unknown, texts),
        texts.filter(lambda text: not said_as(codes, text)).map(lambda text: Coded("", text)),
    ]
    if known:
        choices.append(st.sampled_from(known).map(Coded))
    return st.one_of(choices)


_extensions = st.lists(st.builds(Extension, _names, texts, texts, texts), max_size=3).map(tuple)


def _fields(children: Mapping[str, Part]) -> dict[str, st.SearchStrategy[Any]]:
    found: dict[str, st.SearchStrategy[Any]] = {}
    for part in children.values():
        if isinstance(part, Leaf):
            if part.name:
                found[part.name] = _coded(part.tc) if part.tc else _typed[part.kind]
            found |= dict.fromkeys(part.attributes.values(), texts)
        elif isinstance(part, Inside):
            found |= _fields(part.children) | dict.fromkeys(part.attributes.values(), texts)
        elif isinstance(part, One):
            found[part.name] = st.none() | records(part.layout)
        elif isinstance(part, Many):
            found[part.name] = st.lists(records(part.layout), max_size=2).map(tuple)
        elif isinstance(part, Extensions):
            found[part.name] = _extensions
    return found


def records(layout: Layout) -> st.SearchStrategy[Any]:
    """A record with any of its fields; an attribute of an element that is left out is left out."""
    fields = _fields(layout.children) | dict.fromkeys(layout.attributes.values(), texts)
    return st.fixed_dictionaries({}, optional=fields).map(lambda given: layout.record(**given))


def messages() -> st.SearchStrategy[Message]:
    """A whole message."""
    return records(MESSAGE)
