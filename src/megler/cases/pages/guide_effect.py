"""The panel beside a guide that is being tried: the open cases that it would change."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.carriers.models import EditionDraft
from megler.cases.actions.guide_effect import Changed, try_guide
from megler.underwriting.rules.assessment import Assessment, likely_of
from megler.underwriting.sentences import sentence


@for_those_who_can(Can.PUBLISH_EDITIONS)
@require_safe
def guide_effect(request: SignedInRequest, draft_id: str) -> HttpResponse:
    """The next run of open cases judged by the guide before and by the one that is tried."""
    draft = get_object_or_404(EditionDraft.objects.defer("content"), pk=draft_id)
    after, done, changed, without = (
        _number(request.GET.get(key)) for key in ("after", "done", "changed", "without")
    )
    tried = try_guide(request.user, draft, timezone.localdate(), after)
    told = {
        "draft": draft,
        "tried": tried,
        "rows": [_row(one) for one in tried.changed],
        "done": done + tried.judged + tried.without_facts,
        "changed": changed + len(tried.changed),
        "without": without + tried.without_facts,
        "first": not after,
    }
    return render(request, "cases/_guide_effect.html", told)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _row(one: Changed) -> dict[str, object]:
    effect = one.effect
    return {
        "case": one.case,
        "before": _outcome(effect.before),
        "after": _outcome(effect.after),
        "is_worse": effect.is_worse,
        "reasons": [sentence(reason) for reason in effect.reasons[:4]],
    }


def _outcome(assessment: Assessment) -> dict[str, object]:
    likely = likely_of(assessment)
    return {
        "outcome": likely.outcome.value,
        "name": likely.class_name,
        "table": likely.table,
        "flat_extra": likely.flat_extra,
    }
