"""The table of states: what it says, where it comes from, and an agency's corrections."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.replacement_rules import correct_table
from megler.applications.models_exchanges import ReplacementCorrections
from megler.applications.replacement_sentences import COLUMN_NAMES, PURPOSE_NAMES
from megler.applications.rules.replacement_table import StateRule, standard_text, written
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Problem, Refused

FILE_MAX = 1_000_000


@dataclass(frozen=True)
class ShownRule:
    """A row as the page shows it."""

    rule: StateRule
    state: str
    papers: list[Any]
    unconfirmed: list[Any]


@for_those_who_can(Can.SEE_EDITIONS)
@require_GET
def replacement_rules(request: SignedInRequest) -> HttpResponse:
    """What every state asks, life and annuities apart."""
    return _page(request, None)


def _page(request: SignedInRequest, refused: Refused | None) -> HttpResponse:
    table = ReplacementCorrections.objects.table()
    line = "annuity" if request.GET.get("line") == "annuity" else "life"
    on = timezone.localdate()
    rules = [
        rule
        for state in sorted({row.state for row in table.rows})
        if (rule := table.rule_for(state, line, on)) is not None
    ]
    context = {
        "rules": [
            ShownRule(
                rule,
                _(JURISDICTIONS[rule.state]),
                [PURPOSE_NAMES[form.purpose] for form in table.forms.get(rule.family, ())],
                list(dict.fromkeys(str(COLUMN_NAMES[one]) for one in sorted(rule.verify))),
            )
            for rule in rules
        ],
        "line": line,
        "corrections": ReplacementCorrections.objects.order_by("-pk").first(),
        "refused": refused,
        "may_correct": request.user.may(Can.PUBLISH_EDITIONS),
    }
    status = 200 if refused is None else 422
    return render(request, "applications/replacement_rules.html", context, status=status)


@for_those_who_can(Can.SEE_EDITIONS)
@require_GET
def replacement_rules_csv(request: SignedInRequest) -> HttpResponse:
    """The table as it holds here, to be corrected and given back; `which=product` for the product's."""
    table = ReplacementCorrections.objects.table()
    text = standard_text() if request.GET.get("which") == "product" else written(table.rows)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="replacement.csv"'
    return response


@for_those_who_can(Can.PUBLISH_EDITIONS)
@require_POST
def replacement_rules_correct(request: SignedInRequest) -> HttpResponse:
    """Take the agency's rows from a CSV file."""
    sent = request.FILES.get("table")
    try:
        if sent is None or not sent.size:
            raise Refused(Problem("table_empty", "table"))
        if sent.size > FILE_MAX:
            raise Refused(Problem("too_long", "table", str(sent.size), str(FILE_MAX)))
        try:
            text = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refused(Problem("not_csv", "table", "", "UTF-8")) from None
        made = correct_table(request.user, text)
    except Refused as refused:
        return _page(request, refused)
    told = ngettext("%(n)d row holds now.", "%(n)d rows hold now.", made.rows)
    messages.success(request, told % {"n": made.rows})
    return redirect("replacement_rules")
