"""What is offered on the case page, and the forms that it needs."""

from dataclasses import dataclass, field
from typing import Any

from django import forms

from megler.accounts.models import User
from megler.cases.forms import (
    ArrivalForm,
    CloseForm,
    DecisionForm,
)
from megler.cases.models import Case
from megler.cases.rules.status import closings

Given = dict[str, Any]


@dataclass(frozen=True)
class Offered:
    """What is offered now: the deed that leads on, and the others."""

    first: Any = None
    others: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.first is not None or bool(self.others)


def form_of(form: type[forms.Form] | None, case: Case, person: User, **given: Any) -> forms.Form:
    """A form of a deed, empty or with what was given; without one, a form that asks nothing."""
    if form is CloseForm:
        return CloseForm(closings=closings(case.to_facts()), **given)
    if form is DecisionForm:
        return DecisionForm(case=case, **given)
    if form is ArrivalForm:
        newest = case.documents.visible_to(person).filter(replaced_at=None)
        papers = newest.select_related("document")
        return ArrivalForm(papers=papers.order_by("-added_at"), **given)
    return (form or forms.Form)(**given)
