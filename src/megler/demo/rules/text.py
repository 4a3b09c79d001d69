"""Writing the texts of an edition, edition.toml and tables: the same bytes for the same figures."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

Value = object
Table = dict[str, Value]


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table's file. Cells hold no line break; those with a comma or quote are quoted.

    >>> csv_file(["age", "value"], [(18, "0.35")])
    b'age,value\\n18,0.35\\n'
    """
    lines = [",".join(header), *(",".join(map(_cell, row)) for row in rows), ""]
    return "\n".join(lines).encode()


def _cell(value: object) -> str:
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def toml_file(document: Mapping[str, Value]) -> bytes:
    """`edition.toml`: nested tables as headings, lists of tables as repeated ones.

    Tables inside a list of tables' other values are written in line.

    >>> print(toml_file({"format": 1, "edition": {"kind": "guide"}}).decode(), end="")
    format = 1
    <BLANKLINE>
    [edition]
    kind = "guide"
    """
    lines: list[str] = []
    _write(document, "", lines)
    return ("\n".join(lines) + "\n").encode()


def _write(table: Mapping[str, Value], path: str, lines: list[str]) -> None:
    later: list[tuple[str, Value]] = []
    for key, value in table.items():
        if value is None:
            continue
        if (isinstance(value, Mapping) and not (path and _is_flat(value))) or (
            _is_tables(value) and key in _HEADINGS
        ):
            later.append((key, value))
        else:
            lines.append(f"{key} = {_inline(value)}")
    for key, value in later:
        name = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            lines += ["", f"[{name}]"]
            _write(value, name, lines)
        elif isinstance(value, list):
            for one in value:
                lines += ["", f"[[{name}]]"]
                _write(one, name, lines)


_HEADINGS = {"product", "table", "class", "step", "dimension", "rider", "ask"}


def _is_flat(value: Mapping[str, Value]) -> bool:
    return not any(isinstance(inside, Mapping | list) for inside in value.values())


def _is_tables(value: Value) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _inline(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{k} = {_inline(v)}" for k, v in value.items() if v is not None)
        return "{ " + inside + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(str(value), ensure_ascii=False)
