"""Numbers by which others call our cases: written by the rooms that give or learn them."""

from megler.cases.models import Case, Requirement
from megler.papers.models import CalledNumber
from megler.papers.rules.clues import number_key


def call(number: str, case: Case, requirement: Requirement | None = None) -> None:
    """From now on papers that bear this number are proposed for the case. May be said twice."""
    key = number_key(number)[:40]
    if len(key) >= 4:
        CalledNumber.objects.get_or_create(
            key=key, case=case, defaults={"requirement": requirement}
        )
