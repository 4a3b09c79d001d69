"""Carriers with their products and editions, and publishing an edition from a zip."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers import packages
from megler.carriers.actions import open_edition, publish_edition
from megler.carriers.drafts import keep_draft
from megler.carriers.form_words import conditions_in_words
from megler.carriers.models import Carrier, Edition, EditionDraft
from megler.carriers.rules.edition import Edition as EditionRead
from megler.forms.rules.questionnaire import questions_printed
from megler.vocabulary.problems import Refused


class EditionUpload(forms.Form):
    """A zip of an edition."""

    package = forms.FileField(
        label=gettext_lazy("Edition (zip)"),
        help_text=gettext_lazy("One edition.toml and its tables, as docs/editions.md says."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )


@for_those_who_can(Can.SEE_EDITIONS)
def carriers(request: HttpRequest) -> HttpResponse:
    """Every carrier, with how much of it there is."""
    shown = Carrier.objects.annotate(
        product_count=Count("products", distinct=True),
        rate_book_count=Count("editions", Q(editions__kind="rate_book"), distinct=True),
        guide_count=Count("editions", Q(editions__kind="guide"), distinct=True),
        form_set_count=Count("editions", Q(editions__kind="form_set"), distinct=True),
    ).order_by("name")
    can_publish = cast(User, request.user).may(Can.PUBLISH_EDITIONS)
    being_tried = EditionDraft.objects.filter(published=None).count() if can_publish else 0
    told = {"carriers": shown, "can_publish": can_publish, "being_tried": being_tried}
    return render(request, "carriers/carriers.html", told)


@for_those_who_can(Can.SEE_EDITIONS)
def carrier(request: HttpRequest, slug: str) -> HttpResponse:
    """One carrier: its products, and its editions on a line of time."""
    found = get_object_or_404(Carrier, slug=slug)
    today = timezone.localdate()
    editions = found.editions.defer("content").order_by("kind", "series", "-effective_from")
    standing = _standing(today, found)
    return render(
        request,
        "carriers/carrier.html",
        {
            "carrier": found,
            "products": found.products.order_by("line", "name"),
            "editions": [
                {"edition": e, "state": _state(e, today, e.pk in standing)} for e in editions
            ],
        },
    )


def _standing(today: date, of: Carrier) -> set[object]:
    kinds = [k.value for k in Edition.Kind]
    of_carrier = Edition.objects.filter(carrier=of)
    return {e.pk for kind in kinds for e in of_carrier.standing(kind, today)}


def _state(edition: Edition, today: date, standing: bool) -> str:
    if edition.effective_from > today:
        return "coming"
    ended = edition.effective_until is not None and edition.effective_until < today
    return "in_effect" if standing and not ended else "ended"


@for_those_who_can(Can.SEE_EDITIONS)
def edition(request: HttpRequest, edition_id: str) -> HttpResponse:
    """One edition: what it says, and its package to take away."""
    found = get_object_or_404(
        Edition.objects.select_related("carrier").defer("content"), pk=edition_id
    )
    opened = open_edition(found.pk)
    told = {"edition": found, "read": opened.read, **_forms(opened.read)}
    return render(request, "carriers/edition.html", told)


def _forms(read: EditionRead) -> dict[str, object]:
    """The forms of a form set with when each is needed, and how many questions there are."""
    if read.form_set is None:
        return {}
    made = read.form_set.questionnaire
    rows = [
        {
            "form": form,
            "when": conditions_in_words(made, form.when),
            "questions": len(questions_printed(made, form)),
        }
        for form in made.forms
    ]
    return {"forms": rows, "question_count": len(made.by_key)}


@for_those_who_can(Can.SEE_EDITIONS)
def edition_form(request: HttpRequest, edition_id: str, form_key: str) -> HttpResponse:
    """A carrier's own form, as it was published, not filled in."""
    found = get_object_or_404(Edition.objects.defer("content"), pk=edition_id)
    forms = open_edition(found.pk).read.form_set
    form = forms.questionnaire.form_by_key.get(form_key) if forms else None
    if forms is None or form is None or form.pdf not in forms.pdfs:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{form_key}.pdf"'}
    return HttpResponse(forms.pdfs[form.pdf], content_type="application/pdf", headers=headers)


@for_those_who_can(Can.SEE_EDITIONS)
def edition_package(request: HttpRequest, edition_id: str) -> HttpResponse:
    """The edition as it was published, as a zip."""
    found = get_object_or_404(Edition.objects.select_related("carrier"), pk=edition_id)
    name = found.reference.replace("/", "-").replace("@", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return HttpResponse(bytes(found.content), content_type="application/zip", headers=headers)


@for_those_who_can(Can.PUBLISH_EDITIONS)
def edition_publish(request: HttpRequest) -> HttpResponse:
    """Check and publish an uploaded edition; what is wrong is shown, and nothing is kept of it."""
    form = EditionUpload(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "carriers/publish.html", {"form": form}, status=status)
    person = cast(User, request.user)
    upload = cast("UploadedFile[bytes]", form.cleaned_data["package"])
    try:
        files = packages.from_zip(upload.read())
        if request.POST.get("do") == "try":
            return redirect("edition_draft", draft_id=keep_draft(person.actor(), files).pk)
        done = publish_edition(person.actor(), files)
    except Refused as refused:
        told = {
            "form": form,
            "problems": refused.problems[:200],
            "more": len(refused.problems) - 200,
        }
        return render(request, "carriers/publish.html", told, status=422)
    messages.success(request, _("Published: %(title)s") % {"title": done.edition.title})
    return redirect("edition", edition_id=done.edition.pk)
