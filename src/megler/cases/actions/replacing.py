"""Whether a case replaces other cover."""

from collections.abc import Mapping

from megler.cases.models import Case
from megler.forms.rules.good_order import values_of


def replaces(case: Case) -> bool:
    """Whether the application says that cover in force is replaced."""
    application = case.application
    rows = values_of(application.questionnaire, application.given).get("existing_cover") or ()
    return any(row.get("replace") == "yes" for row in rows if isinstance(row, Mapping))
