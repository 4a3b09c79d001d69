"""The answer to a look-up in a line or two: what an agent reads first, over all carriers."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from megler.underwriting.rules.asking.answers import Says
from megler.vocabulary.problems import Reason

_MOST_GROUPS = 4
_ORDER = ("any", "super_preferred", "preferred_plus", "preferred", "standard_plus", "standard",
          "preferred_tobacco", "standard_tobacco")  # fmt: skip
_TABLES, _ENDS = 20, ("individual_consideration", "postpone", "decline")
_POINTS_PER_TABLE = 25


def without_repeats(said: Iterable[Says]) -> list[Says]:
    """What several guides of one carrier say alike, once."""
    kept: dict[tuple[object, ...], Says] = {}
    for one in said:
        lines = tuple((r.code, tuple(sorted(r.params.items()))) for r in (one.headline, *one.lines))
        kept.setdefault((one.carrier, one.product, lines), one)
    return list(kept.values())


def of_main_guides(said: Sequence[Says]) -> list[Says]:
    """What guides of classes say; simple products' guides only where no other speaks."""
    return [one for one in said if one.product or not one.product_name] or list(said)


def summed_up(said: Sequence[Says]) -> list[Reason]:
    """What stands at the head of a look-up's answer; empty where the first line says it all."""
    if not said or not said[0].headline.code.startswith("no_exam"):
        said = of_main_guides(said)
    if not said:
        return []
    code = said[0].headline.code
    for begin, make in _BY_CODE:
        if code.startswith(begin):
            alike = [one for one in said if one.headline.code.startswith(begin)]
            return make(alike)[:_MOST_GROUPS]
    return []


def _names(said: Iterable[Says]) -> str:
    return ", ".join(dict.fromkeys(one.carrier_name for one in said))


def _grouped(said: Sequence[Says], key: str, code: str) -> list[Reason]:
    """Carriers that say the same figure or word, a line for each, the smallest first."""
    groups: dict[str, list[Says]] = {}
    for one in said:
        if value := one.headline.params.get(key, ""):
            groups.setdefault(value, []).append(one)
    order = sorted(groups.items(), key=lambda pair: (_number(pair[0]), pair[0]))
    return [Reason(code, {key: value, "carriers": _names(ones)}) for value, ones in order]


def _number(text: str) -> Decimal:
    return Decimal(text) if text.replace(".", "").lstrip("-").isdigit() else Decimal(0)


def _waits(said: Sequence[Says]) -> list[Reason]:
    return _grouped(said, "months", "sum_wait")


def _orders(said: Sequence[Says]) -> list[Reason]:
    return _grouped(said, "ordered_by", "sum_orders")


def _between(key: str, code: str) -> Callable[[Sequence[Says]], list[Reason]]:
    """The smallest and the largest figure of all lines, each with who says it."""

    def made(said: Sequence[Says]) -> list[Reason]:
        figures = [
            (_number(reason.params[key]), one)
            for one in said
            for reason in (one.headline, *one.lines)
            if reason.params.get(key) and reason.code == one.headline.code
        ]
        if not figures:
            return []
        low, high = min(n for n, _ in figures), max(n for n, _ in figures)
        params = {**said[0].headline.params, "low": f"{low:f}", "high": f"{high:f}"}
        params["carriers"] = _names(one for n, one in figures if n == high)
        return [Reason(f"{code}_same" if low == high else code, params)]

    return made


def _top(code: str, *, lowest: bool = False) -> Callable[[Sequence[Says]], list[Reason]]:
    """The widest bound of all products, and whose it is."""

    def made(said: Sequence[Says]) -> list[Reason]:
        figures = [(_number(one.headline.params.get("figure", "")), one) for one in said]
        best = min(n for n, _ in figures) if lowest else max(n for n, _ in figures)
        params = {**said[0].headline.params, "figure": f"{best:f}"}
        params["carriers"] = _names(one for n, one in figures if n == best)
        return [Reason(code, params)]

    return made


def rank(outcome: str) -> int:
    """How good an outcome is: classes, tables or points, then the ends."""
    if outcome in _ORDER:
        return _ORDER.index(outcome)
    if outcome.startswith("table_"):
        return _TABLES + int(outcome.removeprefix("table_"))
    if outcome[:1] in "+-" and outcome[1:].isdigit():
        points = int(outcome)
        return _TABLES + -(-points // _POINTS_PER_TABLE) if points > 0 else len(_ORDER) - 1
    return 100 + _ENDS.index(outcome) if outcome in _ENDS else len(_ORDER)


def _ratings(said: Sequence[Says]) -> list[Reason]:
    """The best rating that any carrier gives, and who declines whatever the case."""
    ends = [(one, *_two(one.headline.params.get("outcome", ""))) for one in said]
    best = min(ends, key=lambda end: (bool(_extra(end[0])), rank(end[1])))
    same = [
        one for one, first, _last in ends if first == best[1] and _extra(one) == _extra(best[0])
    ]
    if rank(best[1]) >= rank("decline"):
        return [Reason("sum_declined", {"carriers": _names(one for one, _f, _l in ends)})]
    params = {"outcome": best[1], "carriers": _names(same), **_extra(best[0])}
    plain = best[1] == "any" and not _extra(best[0])
    found = [Reason("sum_not_rated" if plain else "sum_rated", params)]
    if declined := [one for one, first, _last in ends if first == "decline"]:
        found.append(Reason("sum_declined_at", {"carriers": _names(declined)}))
    return found


def _extra(one: Says) -> dict[str, str]:
    """The flat extra that every case of a rating carries; empty where some case has none."""
    base = [line.params for line in one.lines if line.code == "rule_base"]
    if not base or not all("flat_extra" in params for params in base):
        return {}
    first = min(base, key=lambda params: _number(params["flat_extra"]))
    return {key: value for key, value in first.items() if key.startswith("flat_")}


def _two(outcome: str) -> tuple[str, str]:
    best, _to, worst = outcome.partition("..")
    return best, worst or best


def _income(said: Sequence[Says]) -> list[Reason]:
    return _grouped(said, "figure", "sum_income")[::-1]


def _nicotine(said: Sequence[Says]) -> list[Reason]:
    """Where a product counts as nicotine in every class, and where some class lets it pass."""
    found = []
    for code, counts in (("sum_nicotine_passes", False), ("sum_nicotine_counts", True)):
        ones = [
            one for one in said if all(line.code == "nicotine_free" for line in one.lines) is counts
        ]
        if ones:
            params = {
                "product": ones[0].headline.params.get("product", ""),
                "carriers": _names(ones),
            }
            found.append(Reason(code, params))
    return found


def _grids(said: Sequence[Says]) -> list[Reason]:
    """The smallest and largest amounts from which something is asked for at any age."""
    figures = [_number(line.params["figure"]) for one in said for line in one.lines]
    if not figures:
        return []
    params = {
        "kind": said[0].headline.params["kind"],
        "low": f"{min(figures):f}",
        "high": f"{max(figures):f}",
    }
    return [Reason("sum_from_grid", params)]


def _limits(said: Sequence[Says]) -> list[Reason]:
    """For every bound of a class, the strictest and the most generous of the carriers."""
    found: dict[str, list[Decimal]] = {}
    for one in said:
        for line in one.lines:
            if line.code.startswith("limit_") and line.params.get("limit"):
                found.setdefault(line.code, []).append(_number(line.params["limit"]))
    return [
        Reason(f"sum_{code}", {"low": f"{min(ones):f}", "high": f"{max(ones):f}"})
        for code, ones in found.items()
        if code in _SUMMED
    ]


_SUMMED = {"limit_systolic_max", "limit_diastolic_max", "limit_cholesterol_total_max",
           "limit_cholesterol_hdl_ratio_max", "limit_build"}  # fmt: skip


def _combined(said: Sequence[Says]) -> list[Reason]:
    groups: dict[str, list[Says]] = {}
    for one in said:
        groups.setdefault(one.headline.code, []).append(one)
    return [
        Reason(f"sum_{code}", {"carriers": _names(ones)}) for code, ones in sorted(groups.items())
    ]


_BY_CODE: tuple[tuple[str, Callable[[Sequence[Says]], list[Reason]]], ...] = (
    ("says_wait_months", _waits),
    ("says_rating", _ratings),
    ("says_pressure", _limits),
    ("says_cholesterol", _limits),
    ("says_build", _limits),
    ("combines_", _combined),
    ("evidence_orders", _orders),
    ("evidence_valid", _between("days", "sum_valid")),
    ("evidence_days", _between("days", "sum_days")),
    ("no_exam_below", _top("sum_no_exam")),
    ("limit_age_max", _top("sum_age_max")),
    ("limit_age_min", _top("sum_age_min", lowest=True)),
    ("limit_amount_max", _top("sum_amount_max")),
    ("limit_amount_min", _top("sum_amount_min", lowest=True)),
    ("says_income", _income),
    ("says_nicotine", _nicotine),
    ("from_grid", _grids),
    ("from_amount", _between("figure", "sum_from_amount")),
    ("from_age", _between("age", "sum_from_age")),
)
