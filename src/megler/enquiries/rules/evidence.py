"""Evidence that came in for an enquiry: whether it may go out, and which requirements it serves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from megler.cases.rules.requirements import expires_on
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem


@dataclass(frozen=True, slots=True)
class Gathered:
    """A piece of evidence by its `key`: what it is, from which day, what it is of (a doctor)."""

    key: str
    kind: RequirementKind
    done_on: date
    detail: str = ""

    def serves_until(self, valid_days: int | None = None) -> date | None:
        """The first day on which it is too old by a carrier's own days, else by what is usual.

        None when it does not age.
        """
        return expires_on(self.kind, self.done_on, valid_days)

    def serves_on(self, day: date, valid_days: int | None = None) -> bool:
        """Whether it still counts on a day."""
        until = self.serves_until(valid_days)
        return self.done_on <= day and (until is None or day < until)


def serving(
    kind: RequirementKind,
    detail: str,
    gathered: Iterable[Gathered],
    on: date,
    *,
    valid_days: int | None = None,
) -> Gathered | None:
    """The newest evidence that serves a requirement; one piece may serve several.

    `valid_days` are the carrier's own.
    A requirement that names a doctor or facility is served only by evidence of that one.

    >>> exam = Gathered("1", RequirementKind.PARAMEDICAL_EXAM, date(2026, 1, 5))
    >>> serving(RequirementKind.PARAMEDICAL_EXAM, "", [exam], date(2026, 3, 2)).key
    '1'
    """
    fitting = [
        one
        for one in gathered
        if one.kind is kind and one.serves_on(on, valid_days) and _same(detail, one.detail)
    ]
    return max(fitting, key=lambda one: (one.done_on, one.key), default=None)


def _same(wanted: str, given: str) -> bool:
    asked, told = (" ".join(text.casefold().split()) for text in (wanted, given))
    return not asked or not told or asked == told


@dataclass(frozen=True, slots=True)
class Enclosing:
    """A paper that somebody wants to send along. `authorised_until` None: no authorisation named."""

    where: str
    is_here: bool
    is_redacted: bool
    tells_who: bool
    is_authorised: bool
    authorised_until: date | None = None


def enclosing_problems(papers: Sequence[Enclosing], on: date) -> list[Problem]:
    """Why papers may not go to carriers: named, not redacted, or without an authorisation in force."""
    problems = []
    for one in papers:
        if not one.is_here:
            problems.append(Problem("enquiry_no_document", one.where))
        if not one.is_redacted:
            problems.append(Problem("enquiry_not_redacted", one.where))
        if one.tells_who:
            problems.append(Problem("enquiry_names_client", one.where))
        if not one.is_authorised:
            problems.append(Problem("enquiry_no_authorisation", one.where))
        elif one.authorised_until and one.authorised_until <= on:
            found = one.authorised_until.isoformat()
            problems.append(Problem("enquiry_authorisation_over", one.where, found, on.isoformat()))
    return problems
