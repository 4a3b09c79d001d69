"""What is wrong, and why an answer is what it is: codes with parameters, never sentences."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the work; a warning is told and the work goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what came in.

    `code` names the kind of problem, `where` the field, row or element (`rates.csv row 7 column age`,
    `people[0].born`), `found` what stood there and `expected` what should have stood there, both as
    short data, not sentences. The edge that shows it owns the sentence for the code.
    """

    code: str
    where: str = ""
    found: str = ""
    expected: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or figure stands: an edition (`carrier/series@effective date`) and its page or rule."""

    edition: str = ""
    page: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is what it is: a code, its parameters and the rule it stands on.

    `params` fill the sentence that the edge keeps for `code`; values are plain text or numbers.
    """

    code: str
    params: dict[str, str] = field(default_factory=dict)
    source: Source = Source()


class Refused(Exception):
    """An action that cannot be done as asked; carries every problem, not only the first."""

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("; ".join(f"{p.where}: {p.code} {p.found}".strip() for p in self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that stop the work."""
    return [p for p in problems if p.severity is Severity.ERROR]
