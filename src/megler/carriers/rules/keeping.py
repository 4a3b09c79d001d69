"""The form in which built tables are kept on a disk: opened in a moment, shared by all processes.

Bytes: MARK, SHA-256 of all that follows the hash, the length of the head (eight bytes, little end
first), the head in MessagePack, zeros up to a multiple of ALIGNMENT, then the cells of every table
as they stand in memory. Nothing in it is needed: it is made again from the published edition.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.layout import TableSpec
from megler.carriers.rules.tables import Axis, BandAxis, ChoiceAxis, Table, WholeAxis

MARK = b"megler tables 1\n"
"""Changes whenever the form does, or what the tables mean."""
ALIGNMENT = 64
_HASH, _LENGTH = 32, 8
_START = len(MARK) + _HASH


class _Whole(msgspec.Struct, tag="whole", array_like=True):
    name: str
    start: int
    stop: int
    step: int


class _Band(msgspec.Struct, tag="band", array_like=True):
    name: str
    starts: tuple[int, ...]
    stops: tuple[int, ...]
    unit: int


class _Choice(msgspec.Struct, tag="choice", array_like=True):
    name: str
    values: tuple[str, ...]


class _Table(msgspec.Struct, array_like=True):
    name: str
    axes: list[_Whole | _Band | _Choice]
    cells: int
    scale: int
    texts: list[tuple[tuple[str, ...], str]]


class _Head(msgspec.Struct, array_like=True):
    digest: str
    files: dict[str, bytes]
    tables: list[_Table]


@dataclass(frozen=True, slots=True, eq=False)
class KeptTable:
    """A table but for its spec, which edition.toml tells."""

    axes: tuple[Axis, ...]
    cells: NDArray[np.int64]
    scale: int
    texts: Mapping[tuple[str, ...], str]

    def of(self, spec: TableSpec) -> Table:
        """The table as it was built."""
        return Table(spec, self.axes, self.cells, self.scale, self.texts)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of an edition: its files that are no tables, and its tables without specs.

    `digest` is that of all its files: it names the edition.
    """

    digest: str
    files: Mapping[str, bytes]
    tables: Mapping[str, KeptTable]


def kept_form(
    digest: str, files: Mapping[str, bytes], tables: Mapping[str, Table]
) -> list[memoryview]:
    """What is kept of an edition, in parts to be written one after the other.

    `files` are those that are no tables: edition.toml and the parts of a guide.
    """
    written = [_table(name, table) for name, table in tables.items()]
    head = msgspec.msgpack.encode(_Head(digest, dict(files), written))
    gap = bytes(-(_START + _LENGTH + len(head)) % ALIGNMENT)
    parts = [memoryview(part) for part in (len(head).to_bytes(_LENGTH, "little"), head, gap)]
    cells = (np.ascontiguousarray(table.cells, "<i8") for table in tables.values())
    parts += [one.data.cast("B") for one in cells if one.size]
    proof = hashlib.sha256()
    for part in parts:
        proof.update(part)
    return [memoryview(MARK), memoryview(proof.digest()), *parts]


def from_kept_form(content: memoryview) -> Kept | None:
    """What was kept, its cells left where they are; None when it is damaged or of another form."""
    if content[: len(MARK)] != MARK or len(content) < _START + _LENGTH:
        return None
    if hashlib.sha256(content[_START:]).digest() != content[len(MARK) : _START]:
        return None
    start = _START + _LENGTH
    stop = start + int.from_bytes(content[_START:start], "little")
    head = msgspec.msgpack.decode(content[start:stop], type=_Head)
    figures = np.frombuffer(content[stop + -stop % ALIGNMENT :], "<i8")
    tables, at = {}, 0
    for table in head.tables:
        axes = tuple(_axis(axis) for axis in table.axes)
        cells = figures[at : at + table.cells]
        tables[table.name] = KeptTable(axes, cells, table.scale, dict(table.texts))
        at += table.cells
    return Kept(head.digest, head.files, tables)


def _table(name: str, table: Table) -> _Table:
    axes = [_kept_axis(axis) for axis in table.axes]
    return _Table(name, axes, table.cells.size, table.scale, list(table.texts.items()))


def _kept_axis(axis: Axis) -> _Whole | _Band | _Choice:
    if isinstance(axis, WholeAxis):
        return _Whole(axis.name, axis.start, axis.stop, axis.step)
    if isinstance(axis, BandAxis):
        return _Band(axis.name, axis.starts, axis.stops, axis.unit)
    return _Choice(axis.name, tuple(axis.label(i) for i in range(axis.size)))


def _axis(kept: _Whole | _Band | _Choice) -> Axis:
    if isinstance(kept, _Whole):
        return WholeAxis(kept.name, kept.start, kept.stop, kept.step)
    if isinstance(kept, _Band):
        return BandAxis(kept.name, kept.starts, kept.stops, kept.unit)
    return ChoiceAxis(kept.name, kept.values)
