"""What each state asks of a replacement, as a table that an agency can correct.

`data/replacement.csv` has a row for each state, line of the new policy and day since when it holds;
`data/replacement_forms.csv` the papers of each family of rules, in the order of signing. The columns
are told in `docs/replacement.md`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from megler.forms.rules.questionnaire import Purpose, SignerRole
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Problem

LINES = ("life", "annuity")
REPLACED = ("any", "life", "annuity")
INTERNAL = ("applies", "statements", "exempt")
ASKED = ("existing", "replacing", "funds")
TEXT_MAX = 1_000_000
NONE = "none"
"""The family of a state where no rule was found."""
STATE_COLUMNS = (
    "state", "line", "effective_from", "replaces", "family", "asks", "internal", "notice_days",
    "notice_with", "free_look_days", "keep_years", "cite", "source", "verify", "note",
)  # fmt: skip
FORM_COLUMNS = (
    "family", "step", "purpose", "when", "signers", "by", "copy_left_by", "note",
)  # fmt: skip
VERIFIABLE = frozenset(STATE_COLUMNS) - {"state", "line", "source", "verify", "note"} | {"forms"}


class When(StrEnum):
    """When a paper is needed: always, with any existing cover, or with a replacement."""

    ALWAYS = "always"
    EXISTING = "existing"
    REPLACING = "replacing"


class By(StrEnum):
    """By when a paper is signed."""

    BEFORE_APPLICATION = "before_application"
    WITH_APPLICATION = "with_application"
    BEFORE_DELIVERY = "before_delivery"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that the rule wants answered over somebody's signature."""

    question: str
    of: SignerRole


@dataclass(frozen=True, slots=True)
class FormRule:
    """One paper of a family of rules; `step` says in which order the papers are signed."""

    family: str
    step: int
    purpose: Purpose
    when: When
    signers: tuple[SignerRole, ...]
    by: By
    copy_left_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StateRule:
    """One row: what a state asks when a policy of `line` is sold there since `effective_from`.

    `verify` names the columns that nobody confirmed; `forms` in it means the family's papers. Days
    of the notice to the existing insurer are business days, or calendar days when it says so.
    """

    state: str
    line: str
    effective_from: date
    replaces: str
    family: str
    asks: tuple[Ask, ...] = ()
    internal: str = "applies"
    notice_days: int | None = None
    notice_in_business_days: bool = True
    notice_with: str = ""
    free_look_days: int | None = None
    keep_years: int | None = None
    cite: str = ""
    source: str = ""
    verify: frozenset[str] = frozenset()
    note: str = ""

    def is_confirmed(self, column: str) -> bool:
        """Whether somebody read the rule for this column."""
        return column not in self.verify


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Every row, and the papers of each family in the order of signing."""

    rows: tuple[StateRule, ...]
    forms: Mapping[str, tuple[FormRule, ...]]

    def rule_for(self, state: str, line: str, on: date) -> StateRule | None:
        """The row that holds in `state` on the day `on`; None where there is none."""
        held = [
            row
            for row in self.rows
            if (row.state, row.line) == (state, line) and row.effective_from <= on
        ]
        return max(held, key=lambda row: row.effective_from, default=None)

    def corrected(self, corrections: "RuleTable") -> "RuleTable":
        """The same with an agency's rows in place of the product's, for each state and line it has."""
        theirs = {(row.state, row.line) for row in corrections.rows}
        kept = tuple(row for row in self.rows if (row.state, row.line) not in theirs)
        return replace(
            self, rows=kept + corrections.rows, forms={**self.forms, **corrections.forms}
        )


@cache
def standard_table() -> RuleTable:
    """The product's own table. One that cannot be read is a mistake in the product: ValueError."""
    here = resources.files(__package__).joinpath("data")
    forms, problems = read_forms(here.joinpath("replacement_forms.csv").read_text("utf-8"))
    rows, wrong = read_states(standard_text(), frozenset(forms) | {NONE})
    if problems or wrong:
        found = [f"{p.where}: {p.code} {p.found}" for p in (*problems, *wrong)]
        raise ValueError("; ".join(found))
    return RuleTable(tuple(rows), forms)


def standard_text() -> str:
    """The product's own table as it stands in its file."""
    return resources.files(__package__).joinpath("data/replacement.csv").read_text("utf-8")


def written(rows: Iterable[StateRule]) -> str:
    """The rows as CSV, as `read_states` reads them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(STATE_COLUMNS)
    for row in sorted(rows, key=lambda row: (row.state, row.line != "life", row.effective_from)):
        kind = "business" if row.notice_in_business_days else "calendar"
        whole = ("" if one is None else str(one) for one in (row.free_look_days, row.keep_years))
        free_look_days, keep_years = whole
        writer.writerow(
            [
                row.state,
                row.line,
                row.effective_from.isoformat(),
                row.replaces,
                row.family,
                " ".join(f"{ask.question}:{ask.of}" for ask in row.asks),
                row.internal,
                "" if row.notice_days is None else f"{row.notice_days} {kind}",
                row.notice_with,
                free_look_days,
                keep_years,
                row.cite,
                row.source,
                "all" if row.verify == VERIFIABLE else " ".join(sorted(row.verify)),
                row.note,
            ]
        )
    return out.getvalue()


def read_states(text: str, families: Iterable[str]) -> tuple[list[StateRule], list[Problem]]:
    """The rows of a table of states, and everything wrong with it by row and column.

    A row with a problem is left out of the answer; `families` are those whose papers are known.
    """
    lines, problems = _lines(text, STATE_COLUMNS)
    known, rows, seen = frozenset(families), [], set()
    for number, line in lines:
        reader = _Row(f"row {number}", line)
        row = _state(reader, known)
        key = (row.state, row.line, row.effective_from)
        if key in seen:
            reader.wrong("duplicate_row", "state", f"{row.state} {row.line}", "once")
        seen.add(key)
        problems += reader.problems
        if not reader.problems:
            rows.append(row)
    return rows, problems


def read_forms(text: str) -> tuple[dict[str, tuple[FormRule, ...]], list[Problem]]:
    """The papers of each family in the order of signing, and everything wrong with the table."""
    lines, problems = _lines(text, FORM_COLUMNS)
    found: dict[str, list[FormRule]] = {}
    for number, line in lines:
        reader = _Row(f"row {number}", line)
        form = FormRule(
            family=reader.text("family", needed=True),
            step=reader.whole("step") or 0,
            purpose=Purpose(reader.one_of("purpose", tuple(Purpose), Purpose.OTHER)),
            when=When(reader.one_of("when", tuple(When), When.REPLACING)),
            signers=reader.signers("signers"),
            by=By(reader.one_of("by", tuple(By), By.WITH_APPLICATION)),
            copy_left_by=reader.text("copy_left_by"),
            note=reader.text("note"),
        )
        problems += reader.problems
        if not reader.problems:
            found.setdefault(form.family, []).append(form)
    ordered = {family: tuple(sorted(forms, key=_step)) for family, forms in found.items()}
    return ordered, problems


def _step(form: FormRule) -> int:
    return form.step


def _lines(
    text: str, columns: tuple[str, ...]
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """The rows with their numbers in the file; none when its columns are not those expected."""
    if len(text) > TEXT_MAX:
        return [], [Problem("too_long", "table", str(len(text)), str(TEXT_MAX))]
    if "\x00" in text:
        return [], [Problem("not_csv", "table", "NUL", "CSV")]
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        return [], [Problem("not_csv", f"row {reader.line_num}", str(error)[:80], "CSV")]
    given, expected = reader.fieldnames or [], ", ".join(columns)
    missing = [one for one in columns if one not in given]
    unknown = [str(one)[:40] for one in given if one not in columns]
    problems = [Problem("column_missing", one, "", expected) for one in missing]
    problems += [Problem("column_unknown", one, "", expected) for one in unknown]
    if problems:
        return [], problems
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            problems.append(Problem("cells_uneven", f"row {number}", "", str(len(columns))))
    return ([] if problems else list(enumerate(rows, 2))), problems


def _state(row: "_Row", families: frozenset[str]) -> StateRule:
    days, business = row.days("notice_days")
    return StateRule(
        state=row.one_of("state", tuple(JURISDICTIONS), ""),
        line=row.one_of("line", LINES, ""),
        effective_from=row.day("effective_from"),
        replaces=row.one_of("replaces", REPLACED, "any"),
        family=row.one_of("family", tuple(sorted(families)), NONE),
        asks=row.asks("asks"),
        internal=row.one_of("internal", INTERNAL, "applies"),
        notice_days=days,
        notice_in_business_days=business,
        notice_with=row.text("notice_with"),
        free_look_days=row.whole("free_look_days"),
        keep_years=row.whole("keep_years"),
        cite=row.text("cite"),
        source=row.text("source", needed=True),
        verify=row.verify("verify"),
        note=row.text("note"),
    )


class _Row:
    """One row of a table; collects what is wrong with its cells."""

    def __init__(self, place: str, cells: Mapping[str, str]) -> None:
        self.place, self.cells = place, cells
        self.problems: list[Problem] = []

    def wrong(self, code: str, column: str, found: str, expected: str) -> None:
        self.problems.append(Problem(code, f"{self.place} {column}", found[:80], expected))

    def text(self, column: str, needed: bool = False) -> str:
        text = " ".join(self.cells[column].split())
        if needed and not text:
            self.wrong("cell_empty", column, "", "a text")
        return text

    def one_of(self, column: str, allowed: tuple[str, ...], default: str) -> str:
        text = self.text(column)
        if text in allowed:
            return text
        self.wrong("not_allowed_value", column, text, ", ".join(allowed))
        return default

    def whole(self, column: str) -> int | None:
        text = self.text(column)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 4:
            return int(text)
        self.wrong("not_whole", column, text, "0, 1, 2, …")
        return None

    def day(self, column: str) -> date:
        text = self.text(column)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.wrong("not_a_date", column, text, "2026-01-31")
            return date.min

    def days(self, column: str) -> tuple[int | None, bool]:
        """A number of days, `5 business` or `5 calendar`."""
        number, _, kind = self.text(column).partition(" ")
        if not number:
            return None, True
        if (
            number.isascii()
            and number.isdigit()
            and len(number) <= 3
            and kind in ("business", "calendar")
        ):
            return int(number), kind == "business"
        self.wrong("not_days", column, self.text(column), "5 business, 5 calendar")
        return None, True

    def asks(self, column: str) -> tuple[Ask, ...]:
        """Questions and whom they are asked of, as `replacing:owner replacing:agent`."""
        found = []
        for token in self.text(column).split():
            question, _, whom = token.partition(":")
            if question in ASKED and whom in set(SignerRole):
                found.append(Ask(question, SignerRole(whom)))
            else:
                self.wrong(
                    "not_allowed_value",
                    column,
                    token,
                    f"{', '.join(ASKED)}: {', '.join(SignerRole)}",
                )
        return tuple(found)

    def signers(self, column: str) -> tuple[SignerRole, ...]:
        found = []
        for token in self.text(column, needed=True).split():
            if token in set(SignerRole):
                found.append(SignerRole(token))
            else:
                self.wrong("not_allowed_value", column, token, ", ".join(SignerRole))
        return tuple(found)

    def verify(self, column: str) -> frozenset[str]:
        """Names of columns; `all` is every one of them."""
        tokens = set(self.text(column).split())
        if tokens == {"all"}:
            return VERIFIABLE
        for token in sorted(tokens - VERIFIABLE):
            self.wrong("not_allowed_value", column, token, ", ".join(sorted(VERIFIABLE)))
        return frozenset(tokens & VERIFIABLE)
