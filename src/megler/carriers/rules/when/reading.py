"""A condition read from text: Python's own grammar of comparisons, and nothing that runs."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from megler.carriers.rules.when.tree import (
    All,
    Among,
    Any,
    Compare,
    Fact,
    Not,
    Sign,
    Value,
    When,
)

LONGEST = 2000
_LONGEST_SHOWN = 80
_KEPT = 20_000
_DEEPEST = 60
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LARGEST = 10**15
_MOST_DECIMALS = 9
_SIGNS: dict[type[ast.cmpop], Sign] = {
    ast.Lt: Sign.BELOW,
    ast.LtE: Sign.AT_MOST,
    ast.Gt: Sign.ABOVE,
    ast.GtE: Sign.AT_LEAST,
    ast.Eq: Sign.IS,
    ast.NotEq: Sign.IS_NOT,
}
_TURNED = {
    Sign.BELOW: Sign.ABOVE,
    Sign.AT_MOST: Sign.AT_LEAST,
    Sign.ABOVE: Sign.BELOW,
    Sign.AT_LEAST: Sign.AT_MOST,
    Sign.IS: Sign.IS,
    Sign.IS_NOT: Sign.IS_NOT,
}
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Misread(Exception):
    """Text that is no condition: what was found, and what was expected instead."""

    found: str
    expected: str


@lru_cache(_KEPT)
def read_when(text: str) -> When:
    """The condition that `text` states.

    Raises Misread where it is none. Figures are read as they are written, never as binary fractions.

    >>> read_when('age >= 60 and has("stroke")').parts[0].fact.name
    'age'
    """
    if len(text) > LONGEST:
        raise Misread(f"{len(text)} characters", f"at most {LONGEST}")
    try:
        tree = ast.parse(text.strip(), mode="eval")
        if _is_deeper(tree.body, _DEEPEST):
            raise Misread(text[:_LONGEST_SHOWN], "fewer parts inside parts")
        return _when(tree.body, text.strip())
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Misread(text[:_LONGEST_SHOWN], 'such as age >= 60 and has("stroke")') from None


def _when(node: ast.expr, text: str) -> When:
    match node:
        case ast.BoolOp(op=op, values=values):
            parts = tuple(_when(value, text) for value in values)
            return All(parts) if isinstance(op, ast.And) else Any(parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_when(operand, text))
        case ast.Compare(left=left, ops=ops, comparators=rights):
            parts = tuple(_compared(left, ops, rights, text))
            return parts[0] if len(parts) == 1 else All(parts)
        case ast.Name() | ast.Call():
            return Compare(_fact(node, text), Sign.IS, True)
        case _:
            raise Misread(_shown(node, text), "a comparison")


def _compared(
    left: ast.expr, ops: list[ast.cmpop], rights: list[ast.expr], text: str
) -> Iterator[When]:
    """Each comparison of a chain such as 1 <= age < 3."""
    sides = [left, *rights]
    for op, one, other in zip(ops, sides, rights, strict=False):
        if isinstance(op, ast.In | ast.NotIn):
            among = Among(_fact(one, text), _values(other, text))
            yield Not(among) if isinstance(op, ast.NotIn) else among
        elif type(op) not in _SIGNS:
            raise Misread(_shown(one, text), "one of < <= > >= == != in")
        elif _is_fact(one):
            yield Compare(_fact(one, text), _SIGNS[type(op)], _value(other, text))
        elif not _is_fact(other):
            raise Misread(_shown(one, text), "a fact by its name")
        else:
            sign = _TURNED[_SIGNS[type(op)]]
            yield Compare(_fact(other, text), sign, _value(one, text))


def _is_fact(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) or (isinstance(node, ast.Name) and node.id not in _FLAGS)


def _fact(node: ast.expr, text: str) -> Fact:
    match node:
        case ast.Name(id=name) if name not in _FLAGS:
            return Fact(name)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if args:
            return Fact(name, tuple(_argument(arg, text) for arg in args))
        case _:
            raise Misread(_shown(node, text), "a fact by its name")


def _argument(node: ast.expr, text: str) -> str:
    value = _value(node, text)
    if isinstance(value, bool):
        raise Misread(_shown(node, text), "a code or a number")
    return value if isinstance(value, str) else f"{value:f}"


def _values(node: ast.expr, text: str) -> tuple[Value, ...]:
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        return tuple(_value(one, text) for one in node.elts)
    raise Misread(_shown(node, text), 'a list such as ["mild", "moderate"]')


def _value(node: ast.expr, text: str) -> Value:
    match node:
        case ast.Name(id=name) if name in _FLAGS:
            return _FLAGS[name]
        case ast.Constant(value=str(value)):
            return value
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float()):
            return _figure(_shown(node, text))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float()) as figure):
            return -_figure(_shown(figure, text))
        case _:
            pass
    raise Misread(_shown(node, text), 'a figure, a text in "quotes", true or false')


def _figure(written: str) -> Decimal:
    if not _FIGURE.fullmatch(written):
        raise Misread(written, "a figure such as 6.5")
    figure = Decimal(written)
    if figure >= _LARGEST or _decimals(figure) > _MOST_DECIMALS:
        raise Misread(written, "a figure of at most fifteen digits and nine decimals")
    return figure


def _decimals(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _is_deeper(node: ast.AST, levels: int) -> bool:
    """Whether a tree has more levels than so many."""
    level = [node]
    for _ in range(levels):
        level = [child for one in level for child in ast.iter_child_nodes(one)]
        if not level:
            return False
    return True


def _shown(node: ast.expr, text: str) -> str:
    """What stands in the text for a node. Of one line of ASCII, cut out by its columns: faster."""
    if text.isascii() and len(text.splitlines()) == 1:
        return text[node.col_offset : node.end_col_offset][:_LONGEST_SHOWN]
    return (ast.get_source_segment(text, node) or text)[:_LONGEST_SHOWN]
