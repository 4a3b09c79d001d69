"""Taking what a message says, and knowing afterwards what nobody took."""

from collections.abc import Iterator, Mapping
from typing import Any

from megler.exchange.txlife.codes import OTHER
from megler.exchange.txlife.layout import (
    REQUEST,
    Extensions,
    Inside,
    Kind,
    Layout,
    Leaf,
    Many,
    One,
    Part,
)
from megler.exchange.txlife.records import Coded, Kept, Request

_ENVELOPE = {
    "guid", "type", "executed_on", "executed_at", "mode", "is_test", "source_name", "file_control",
    "created_on", "created_at", "source_description", "source_comment", "correlation",
    "model_version",
}  # fmt: skip
_SECRET_FIELDS = {"government_id", "account"}


def said_by(value: Coded) -> str:
    """Our word for a code, or the sender's text where the word is only that it is another."""
    return value.text or value.word if value.word == OTHER else value.word or value.text


class Taker:
    """Hands out what records say, and remembers it."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, str]] = set()

    def text(self, record: Any, *fields: str) -> str:
        """The first of the fields that says something; the others are not taken."""
        for field in fields:
            if record is not None and (value := getattr(record, field)):
                self._taken.add((id(record), field))
                return value if isinstance(value, str) else said_by(value)
        return ""

    def word(self, record: Any, field: str) -> str:
        """Our word for a code; nothing, and not taken, when it is one that nobody here knows."""
        value: Coded = getattr(record, field)
        if not value.word or value.word == OTHER:
            return ""
        self._taken.add((id(record), field))
        return value.word

    def same(self, record: Any, field: str, *others: str) -> None:
        """Note as understood a text that is one of the others, however it is spaced and cased."""
        said = _plain(getattr(record, field))
        if said and said in {_plain(other) for other in others}:
            self.aside(record, field)

    def aside(self, record: Any, *fields: str) -> None:
        """Note as understood what says the same as something taken."""
        self._taken |= {(id(record), field) for field in fields}

    def give_back(self, record: Any, field: str) -> None:
        """Leave something after all that was taken."""
        self._taken.discard((id(record), field))

    def left(self, request: Request) -> Iterator[Kept]:
        """Everything in the request that nobody took, with its path."""
        self.aside(request, *_ENVELOPE)
        name = "TXLifeResponse" if request.is_response else "TXLifeRequest"
        yield from self._left(request, REQUEST, f"TXLife/{name}")

    def _left(self, record: Any, layout: Layout, path: str) -> Iterator[Kept]:
        owner = str(getattr(record, "id", ""))
        yield from self._left_in(record, layout.children, path, owner)

    def _left_in(
        self, record: Any, children: Mapping[str, Part], path: str, owner: str
    ) -> Iterator[Kept]:
        for tag, part in children.items():
            at = f"{path}/{tag}"
            if isinstance(part, Leaf) and part.name:
                value = getattr(record, part.name)
                if value and (id(record), part.name) not in self._taken:
                    yield Kept(at, _shown(part, value), 0, tag, owner)
            elif isinstance(part, Inside):
                yield from self._left_in(record, part.children, at, owner)
            elif isinstance(part, One) and (one := getattr(record, part.name)) is not None:
                yield from self._left(one, part.layout, at)
            elif isinstance(part, Many):
                for i, one in enumerate(getattr(record, part.name), 1):
                    yield from self._left(one, part.layout, f"{at}[{i}]")
            elif isinstance(part, Extensions):
                continue  # what stands in extensions is kept by reading


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _shown(part: Leaf, value: Any) -> str:
    if part.kind is Kind.BASE64:
        return f"{len(value):,} bytes"
    text = value.shown if isinstance(value, Coded) else str(value)
    return f"•••{text[-4:]}" if part.name in _SECRET_FIELDS else text[:500]
