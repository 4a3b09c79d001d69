"""The rate of not-in-good-order: how often, at which agents, forms and questions, in a period."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth, TruncWeek
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from megler.applications.models_filling import (
    CheckedForm,
    GoodOrderCheck,
    GoodOrderCheckQuerySet,
    GoodOrderFinding,
    Occasion,
)
from megler.ui.charts import Part

PERIODS = (30, 90, 365)
"""Days that can be looked at; a year at most, so that no agency's history is read whole."""
SHOWN = 15


@dataclass(frozen=True)
class Wanted:
    """What is looked at: the last so many days, of an agent, a form, a question or of all."""

    days: int
    agent: str = ""
    form: str = ""
    question: str = ""

    def address(self, **other: str) -> str:
        """The page with something chosen otherwise."""
        asked = {"agent": self.agent, "form": self.form, "question": self.question, **other}
        kept = {key: value for key, value in asked.items() if value}
        return reverse("good_order_rates") + "?" + urlencode({"days": str(self.days), **kept})


@dataclass(frozen=True)
class Rate:
    """How many of `all` were not in good order."""

    label: str
    refused: int
    all: int
    url: str = ""
    note: str = ""

    @property
    def percent(self) -> int:
        return round(self.refused * 100 / self.all) if self.all else 0

    @property
    def good_percent(self) -> int:
        return 100 - self.percent

    @property
    def part(self) -> Part:
        """The rate as a bar."""
        told = _("%(refused)d of %(all)d, %(percent)d %%") % {
            "refused": self.refused, "all": self.all, "percent": self.percent,
        }  # fmt: skip
        return Part(self.label, float(self.refused), "attention", self.url, told)


def checks_of(
    seen: GoodOrderCheckQuerySet, wanted: Wanted, until: datetime
) -> GoodOrderCheckQuerySet:
    """The checks of a period, of what was chosen."""
    found = seen.between(until - timedelta(days=wanted.days), until)
    if wanted.agent:
        found = found.filter(agent=UUID(wanted.agent))
    if wanted.form:
        found = found.filter(checked_forms__key=wanted.form)
    return found


def first_tries(checks: GoodOrderCheckQuerySet) -> Rate:
    """First submissions, and how many of them were refused."""
    counted = _submitted(checks).aggregate(
        all=Count("id"), refused=Count("id", filter=Q(passed=False))
    )
    return Rate("", counted["refused"], counted["all"])


def _submitted(checks: GoodOrderCheckQuerySet) -> GoodOrderCheckQuerySet:
    return checks.filter(occasion=Occasion.SUBMIT, is_first=True)


def over_time(checks: GoodOrderCheckQuerySet, days: int) -> list[Part]:
    """The share of first submissions in good order, by week or month."""
    trunc = TruncMonth("at") if days > 100 else TruncWeek("at")
    rows = (
        _submitted(checks)
        .annotate(span=trunc)
        .values("span")
        .annotate(all=Count("id"), good=Count("id", filter=Q(passed=True)))
        .order_by("span")
    )
    return [
        Part(
            date_format(row["span"], "YEAR_MONTH_FORMAT" if days > 100 else "MONTH_DAY_FORMAT"),
            row["good"] * 100 / row["all"],
            "good",
            "",
            f"{round(row['good'] * 100 / row['all'])} %",
        )
        for row in rows
    ]


def by_agent(checks: GoodOrderCheckQuerySet, wanted: Wanted) -> list[Rate]:
    """Agents with the most refused first submissions."""
    rows = (
        _submitted(checks)
        .values("agent", name=F("agent__name"))
        .annotate(all=Count("id"), refused=Count("id", filter=Q(passed=False)))
        .order_by("-refused", "name")[:SHOWN]
    )
    return [
        Rate(row["name"], row["refused"], row["all"], wanted.address(agent=str(row["agent"])))
        for row in rows
    ]


def by_form(checks: GoodOrderCheckQuerySet, wanted: Wanted) -> list[Rate]:
    """Forms by how often something on them was not in good order, of all looks at them."""
    rows = (
        CheckedForm.objects.filter(check_of__in=checks)
        .values("key", "name")
        .annotate(all=Count("id"), refused=Count("id", filter=Q(findings__gt=0)))
        .order_by("-refused", "name")[:SHOWN]
    )
    return [
        Rate(_(row["name"]), row["refused"], row["all"], wanted.address(form=row["key"]))
        for row in rows
    ]


def by_question(checks: GoodOrderCheckQuerySet, wanted: Wanted) -> list[Rate]:
    """Questions by how many looks found something at them, of all looks."""
    found = GoodOrderFinding.objects.filter(check_of__in=checks).exclude(question="")
    if wanted.form:
        found = found.filter(form=wanted.form)
    if wanted.question:
        found = found.filter(question=wanted.question)
    everything = checks.count()
    rows = (
        found.values("question", "short")
        .annotate(refused=Count("check_of", distinct=True))
        .order_by("-refused", "short")[:SHOWN]
    )
    return [
        Rate(_(row["short"]), row["refused"], everything, wanted.address(question=row["question"]))
        for row in rows
    ]


def latest(checks: GoodOrderCheckQuerySet, wanted: Wanted) -> QuerySet[GoodOrderCheck]:
    """The newest looks that found something, to go to their applications."""
    found = checks.filter(passed=False)
    mine = GoodOrderFinding.objects.filter(check_of=OuterRef("pk"))
    if wanted.question:
        found = found.filter(Exists(mine.filter(question=wanted.question)))
    counted = mine.order_by().values("check_of").annotate(n=Count("pk")).values("n")
    return (
        found.select_related("application__product__carrier", "agent")
        .defer("application__answers")
        .annotate(lacking=Subquery(counted))
        .order_by("-at", "-pk")[:25]
    )
