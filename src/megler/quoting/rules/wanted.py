"""What is wished for, as typed on the quote page: each line of business has its own fields.

Fields of other lines may hold something; they are not read.
"""

from megler.underwriting.rules.typed import (
    Document,
    Reader,
    Unread,
    amount,
    figure,
    whole_number,
    without_unknown,
)

BY_AMOUNT = frozenset(
    {
        "",
        "term_life",
        "whole_life",
        "universal_life",
        "final_expense",
        "endowment",
        "group_term_life",
        "critical_illness",
        "specialty",
    }
)
"""Lines whose amount is a face amount; no line means all of them."""
BY_BENEFIT = frozenset({"disability", "long_term_care"})
RATED = frozenset({"", "term_life", "whole_life", "universal_life"})
"""Lines in which a class, a table rating or a flat extra may be quoted as asked."""
PLANNED = frozenset(
    {"whole_life", "final_expense", "medicare_supplement", "health", "critical_illness"}
)
TABLES = range(1, 17)


def wishes(reader: Reader, others: list[str]) -> list[Document]:
    """What is wanted for the insured and the `others` (ids): one wish or several."""
    line = reader.text("line")
    first = wish(reader, line)
    also = _also(reader)
    if not others:
        return [first, *also]
    insured = ["insured"]
    also = [{**one, "people": insured} for one in also]
    if line == "health" or reader.text("partner") == "one":
        return [{**first, "people": [*insured, *others]}, *also]
    second = dict(first)
    if (own := reader.read("partner_amount", amount)) is not None:
        second |= {name: own for name in ("face_amount", "benefit_monthly") if name in first}
    if line in {"long_term_care", "medicare_supplement"}:
        first, second = {**first, "household": True}, {**second, "household": True}
    return [{**first, "people": insured}, {**second, "people": others[:1]}, *also]


def wish(reader: Reader, line: str) -> Document:
    """The wish for one line."""
    told: Document = {"line": line or None, "mode": reader.text("mode") or None}
    told |= _amounts(reader, line)
    if line in {"", "term_life"}:
        told["term_years"] = reader.read("term_years", whole_number)
    if line == "annuity":
        told |= {
            "premium": reader.read("premium", amount),
            "payout": reader.text("payout") or None,
            "qualified": _yes_no(reader, "qualified"),
            "term_years": reader.read("annuity_years", whole_number),
        }
    if line in BY_BENEFIT:
        told["elimination_days"] = reader.read("elimination_days", whole_number)
        told["benefit_years"] = reader.read("benefit_years", whole_number)
    if line == "long_term_care":
        told["inflation"] = reader.read("inflation", amount)
    if line in PLANNED:
        told["plan"] = reader.text(f"plan_{line}") or None
    if line == "medicare_supplement":
        told["household"] = _yes_no(reader, "household")
    told["riders"] = _riders(reader, line)
    told["details"] = _details(reader, line)
    if line in RATED:
        told |= _as_asked(reader)
    return without_unknown(told)


def _amounts(reader: Reader, line: str) -> Document:
    name = "benefit_monthly" if line in BY_BENEFIT else "face_amount"
    if line not in BY_BENEFIT and line not in BY_AMOUNT:
        return {}
    if reader.text("by") == "budget" and line != "specialty":
        return {"budget": reader.read("budget", amount)}
    return {name: reader.read(name, amount)}


def _riders(reader: Reader, line: str) -> list[object] | None:
    """The riders chosen for the line, each with its own amount where one was typed."""
    told: list[object] = []
    for code in filter(None, reader.text(f"riders_{line}").split(",")):
        own = reader.read(f"rider_amount_{line}_{code}", amount)
        told.append(code if own is None else {"code": code, "amount": own})
    return told or None


def _details(reader: Reader, line: str) -> Document | None:
    """Answers to products' own questions: fields `ask_<line>_<question>`."""
    start = f"ask_{line}_"
    told: Document = {}
    for field in sorted(name for name in reader.entry if line and name.startswith(start)):
        if typed := reader.text(field):
            told[field[len(start) :]] = _number_or_text(typed)
    return told or None


def _number_or_text(typed: str) -> str | int | float:
    try:
        return figure(typed)
    except Unread:
        return typed[:200]


def _as_asked(reader: Reader) -> Document:
    """Class, table rating and flat extra of the expert's section."""
    extra = reader.read("flat_extra", amount)
    years = reader.read("flat_extra_years", whole_number)
    if extra is None and years is not None:
        reader.refuse("flat_extra", "", "the extra per 1,000 a year", "missing")
    told = None if extra is None else without_unknown({"per_1000": extra, "years": years})
    return {
        "class": reader.text("class") or None,
        "table": reader.read("table", _table),
        "flat_extra": told,
    }


def _table(text: str) -> int:
    """A table rating, 1 to 16 or A to P.

    >>> _table("4"), _table("d")
    (4, 4)
    """
    if len(text) == 1 and "a" <= text.casefold() <= "p":
        return ord(text.casefold()) - ord("a") + 1
    number = whole_number(text)
    if number not in TABLES:
        raise Unread("a table from 1 to 16, or A to P")
    return number


def _also(reader: Reader) -> list[Document]:
    """A second wish for the insured."""
    line = reader.text("also_line")
    if not line:
        return []
    more = reader.of("also_")
    name = "benefit_monthly" if line in BY_BENEFIT else "face_amount"
    if line == "annuity":
        name = "premium"
    told: Document = {
        "line": line,
        name: more.read("amount", amount),
        "term_years": more.read("term_years", whole_number) if line == "term_life" else None,
        "mode": reader.text("mode") or None,
    }
    return [without_unknown(told)]


def _yes_no(reader: Reader, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(reader.text(name))
