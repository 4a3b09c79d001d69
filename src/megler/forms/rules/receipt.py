"""When money may be taken with an application: the receipt rule of a form set, read from TOML.

```toml
[receipt]
kind = "conditional"            # or "temporary": insurance at once, not on conditions
form = "receipt"                # the form that is handed over, by its key
lines = ["term_life"]           # lines of business; left out: every line of the form set
max_amount = 1000000            # amount applied for up to which money may be taken
min_age = 0                     # age last birthday
max_age = 70
questions = ["med_heart"]       # health questions that must be answered no, by key
premium_months = 1              # months of premium that must be paid
limit = 500000                  # most that is paid under the receipt
start = "later"                 # application, exam, or the later of both
ends_after_days = 60
excluded = ["NY"]               # states where no money may be taken
```
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from megler.vocabulary.codes import JURISDICTIONS, Line
from megler.vocabulary.problems import Problem

AGE_MAX, DAYS_MAX, MONTHS_MAX = 120, 730, 12
_KEYS = frozenset(
    {
        "kind", "form", "lines", "max_amount", "min_age", "max_age", "questions", "premium_months",
        "limit", "start", "ends_after_days", "excluded",
    }
)  # fmt: skip


class ReceiptKind(StrEnum):
    """What the receipt gives: insurance if the applicant is insurable, or insurance at once."""

    CONDITIONAL = "conditional"
    TEMPORARY = "temporary"


class Start(StrEnum):
    """From which day there is insurance under the receipt."""

    APPLICATION = "application"
    EXAM = "exam"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class ReceiptRule:
    """When money may be taken, what receipt is given for it, and what that is worth.

    Amounts are dollars, ages in years last birthday. An empty `lines` means every line.
    """

    form: str
    max_amount: Decimal
    limit: Decimal
    max_age: int
    min_age: int = 0
    questions: tuple[str, ...] = ()
    lines: frozenset[str] = frozenset()
    premium_months: int = 1
    start: Start = Start.APPLICATION
    ends_after_days: int = 60
    excluded: frozenset[str] = frozenset()
    kind: ReceiptKind = ReceiptKind.CONDITIONAL


def read_receipt(table: Any, where: str = "receipt") -> tuple[ReceiptRule | None, list[Problem]]:
    """The rule in a TOML table, and everything wrong with it; None when it cannot be used."""
    if not isinstance(table, Mapping):
        return None, [Problem("wrong_type", where, str(table)[:80], "a table")]
    reader = _Table(table, where)
    reader.known()
    rule = ReceiptRule(
        form=reader.text("form"),
        max_amount=reader.dollars("max_amount"),
        limit=reader.dollars("limit"),
        max_age=reader.whole("max_age", None, 0, AGE_MAX),
        min_age=reader.whole("min_age", 0, 0, AGE_MAX),
        questions=reader.texts("questions"),
        lines=frozenset(reader.texts("lines", tuple(Line))),
        premium_months=reader.whole("premium_months", 1, 0, MONTHS_MAX),
        start=Start(reader.one_of("start", tuple(Start), Start.APPLICATION)),
        ends_after_days=reader.whole("ends_after_days", None, 1, DAYS_MAX),
        excluded=frozenset(reader.texts("excluded", tuple(JURISDICTIONS))),
        kind=ReceiptKind(reader.one_of("kind", tuple(ReceiptKind), ReceiptKind.CONDITIONAL)),
    )
    ages_read = not any(problem.where.endswith("_age") for problem in reader.problems)
    if ages_read and rule.min_age > rule.max_age:
        reader.wrong("out_of_range", "min_age", rule.min_age, f"≤ {rule.max_age}")
    return (None if reader.problems else rule), reader.problems


def unlinked(
    rule: ReceiptRule, questions: Iterable[str], forms: Iterable[str], where: str = "receipt"
) -> list[Problem]:
    """What the rule names and the form set does not have."""
    known, papers = set(questions), set(forms)
    problems = [
        Problem("question_missing", f"{where}.questions", key, "a question of this form set")
        for key in rule.questions
        if key not in known
    ]
    if rule.form not in papers:
        problems.append(
            Problem("form_missing", f"{where}.form", rule.form, ", ".join(sorted(papers)))
        )
    return problems


class _Table:
    """Reads the values of one table and collects what is wrong with them."""

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self.table, self.where = table, where
        self.problems: list[Problem] = []

    def wrong(self, code: str, key: str, found: object, expected: str) -> None:
        self.problems.append(Problem(code, f"{self.where}.{key}", str(found)[:80], expected))

    def known(self) -> None:
        for key in sorted(set(self.table) - _KEYS):
            self.problems.append(
                Problem("unknown_key", self.where, str(key)[:80], ", ".join(sorted(_KEYS)))
            )

    def text(self, key: str) -> str:
        found = self.table.get(key)
        if isinstance(found, str) and found.strip():
            return found.strip()
        self.wrong("missing_key" if found is None else "wrong_type", key, found or "", "text")
        return ""

    def dollars(self, key: str) -> Decimal:
        """An amount: a whole number or a text; a float is no amount."""
        found = self.table.get(key)
        usable = isinstance(found, int | str) and not isinstance(found, bool)
        try:
            amount = Decimal(str(found)) if usable else None
        except InvalidOperation:
            amount = None
        if amount is not None and amount.is_finite() and 0 < amount < Decimal(10) ** 12:
            return amount
        self.wrong("missing_key" if found is None else "not_an_amount", key, found or "", "250000")
        return Decimal(1)

    def whole(self, key: str, default: int | None, low: int, high: int) -> int:
        found = self.table.get(key, default)
        if isinstance(found, int) and not isinstance(found, bool) and low <= found <= high:
            return found
        code = "missing_key" if found is None else "out_of_range"
        self.wrong(code, key, "" if found is None else found, f"{low}–{high}")
        return low

    def texts(self, key: str, allowed: tuple[str, ...] = ()) -> tuple[str, ...]:
        found = self.table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.wrong("wrong_type", key, found, "a list of texts")
            return ()
        for one in found:
            if allowed and one not in allowed:
                self.wrong("not_allowed_value", key, one, ", ".join(allowed))
        return tuple(found)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        found = self.table.get(key, default)
        if found in allowed:
            return str(found)
        self.wrong("not_allowed_value", key, found, ", ".join(allowed))
        return default
