"""People, one's own profile, and the first administrator."""

from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import login
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from megler.accounts import actions
from megler.accounts.access import (
    SignedInRequest,
    for_everyone,
    for_everyone_signed_in,
    for_those_who_can,
)
from megler.accounts.forms import (
    FindPeopleForm,
    InviteForm,
    KeyForm,
    ProfileForm,
    RoleForm,
    SetupForm,
)
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused

PAGE_LENGTH = 50
get_or_post = require_http_methods(["GET", "POST"])


@for_those_who_can(Can.CHANGE_PEOPLE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who signs in, by name."""
    form = FindPeopleForm(request.GET)
    form.is_valid()
    listed = _found(form.cleaned_data)
    if after := request.GET.get("page"):
        name, _colon, pk = after.rpartition(":")
        if _is_uuid(pk):
            listed = listed.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))
    rows = list(listed[: PAGE_LENGTH + 1])
    more, rows = len(rows) > PAGE_LENGTH, rows[:PAGE_LENGTH]
    page = {"older": f"{rows[-1].name}:{rows[-1].pk}"} if more else {}
    shown = {"form": form, "people": rows, "page": page}
    part = getattr(request, "htmx", False)
    return render(request, "accounts/_people.html" if part else "accounts/people.html", shown)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _found(wanted: dict[str, str]) -> QuerySet[User]:
    listed = User.objects.order_by("name", "pk")
    if words := wanted.get("q"):
        listed = listed.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role := wanted.get("role"):
        listed = listed.filter(role=role)
    if state := wanted.get("state"):
        listed = listed.filter(is_active=state == "active")
    return listed


@for_those_who_can(Can.CHANGE_PEOPLE)
@get_or_post
def person_invite(request: SignedInRequest) -> HttpResponse:
    """A new person: name, address, role; they get a link by e-mail."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = actions.invite(request.user, **form.cleaned_data)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            told = _("%(name)s gets an e-mail at %(email)s with a link to choose a password.")
            messages.success(request, told % {"name": invited.name, "email": invited.email})
            return redirect("people")
    status = 422 if form.errors else 200
    return render(request, "accounts/invite.html", {"form": form}, status=status)


@for_those_who_can(Can.CHANGE_PEOPLE)
@get_or_post
def person(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One person: who they are, their role, and whether they may sign in."""
    other = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None, initial={"role": other.role})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(request.user, pk, form.cleaned_data["role"])
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect("person", pk)
    shown = {
        "other": other,
        "form": form,
        "two_factor": is_mfa_enabled(other),
        "keys": other.api_keys.filter(revoked_at=None).count(),
        "is_me": other.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", shown, status=422 if form.errors else 200)


@for_those_who_can(Can.CHANGE_PEOPLE)
@require_POST
def person_deactivate(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Close somebody's way in."""
    closed = actions.deactivate(request.user, pk)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": closed.name})
    return redirect("person", pk)


@for_those_who_can(Can.CHANGE_PEOPLE)
@require_POST
def person_reactivate(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Open it again."""
    opened = actions.reactivate(request.user, pk)
    messages.success(request, _("%(name)s can sign in again.") % {"name": opened.name})
    return redirect("person", pk)


@for_those_who_can(Can.CHANGE_PEOPLE)
@require_POST
def person_invite_again(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Send the link once more."""
    invited = actions.send_invitation_again(request.user, pk)
    messages.success(request, _("A new link goes to %(email)s.") % {"email": invited.email})
    return redirect("person", pk)


@for_everyone_signed_in
@get_or_post
def profile(request: SignedInRequest) -> HttpResponse:
    """One's own name, language, second factor and keys."""
    mine = request.user
    form = ProfileForm(request.POST or None, initial={"name": mine.name, "language": mine.language})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_profile(mine, **form.cleaned_data)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect("profile")
    return _profile_page(request, form, KeyForm())


def _profile_page(
    request: SignedInRequest, form: ProfileForm, key_form: KeyForm, key: str = ""
) -> HttpResponse:
    shown = {
        "form": form,
        "key_form": key_form,
        "key": key,
        "keys": request.user.api_keys.filter(revoked_at=None).order_by("-created_at"),
        "two_factor": is_mfa_enabled(request.user),
    }
    status = 422 if form.errors or key_form.errors else 200
    return render(request, "accounts/profile.html", shown, status=status)


@for_everyone_signed_in
@require_GET
def email(request: SignedInRequest) -> HttpResponse:
    """The address one signs in with: shown; the agency changes it."""
    return render(request, "account/email.html")


@for_everyone_signed_in
@never_cache
@require_POST
def key_make(request: SignedInRequest) -> HttpResponse:
    """A new key, shown in the answer and never again."""
    mine, form, key = request.user, KeyForm(request.POST), ""
    if form.is_valid():
        try:
            key = actions.make_key(mine, form.cleaned_data["name"])
        except Refused as refused:
            add_to_form(form, refused.problems)
    about = ProfileForm(initial={"name": mine.name, "language": mine.language})
    return _profile_page(request, about, KeyForm() if key else form, key)


@for_everyone_signed_in
@require_POST
def key_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a key useless."""
    key = actions.revoke_key(request.user, pk)
    messages.success(request, _("The key “%(name)s” no longer works.") % {"name": key.name})
    return redirect("profile")


@for_everyone
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Another language: kept with the person who has signed in, else with the browser."""
    mine = request.user
    if mine.is_authenticated:
        actions.change_profile(mine, mine.name, request.POST.get("language", ""))
    return set_language(request)


@for_everyone
@never_cache
@sensitive_post_parameters("password")
@get_or_post
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """The first administrator of an empty installation; gone once there is one."""
    expected = actions.setup_token()
    if not expected or not constant_time_compare(token, expected):
        raise Http404
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_first_administrator(**form.cleaned_data, token=token)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            login(request, made, backend="allauth.account.auth_backends.AuthenticationBackend")
            messages.success(request, _("Welcome. You are the administrator of this agency."))
            return redirect(reverse("home"))
    status = 422 if form.errors else 200
    return render(request, "accounts/setup.html", {"form": form}, status=status)
