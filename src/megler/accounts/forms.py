"""What people fill in about themselves and each other."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import ROLE_NAMES

ROLE_HELP = _(
    "The role decides what somebody sees and may do. Agents and assistants see only what is theirs."
)


class InviteForm(forms.Form):
    """A new person."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *ROLE_NAMES.items()],
        help_text=ROLE_HELP,
    )


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLE_NAMES, help_text=ROLE_HELP)


class FindPeopleForm(forms.Form):
    """What narrows the list of people."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=200)
    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(
        label=_("Sign-in"),
        required=False,
        choices=[("", _("Everybody")), ("active", _("May sign in")), ("closed", _("Deactivated"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["role"]
        assert isinstance(roles, forms.ChoiceField)  # noqa: S101 - declared above
        roles.choices = [("", _("Every role")), *ROLE_NAMES.items()]


class ProfileForm(forms.Form):
    """What somebody says of themselves."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As my browser says")), *settings.LANGUAGES],
    )


class KeyForm(forms.Form):
    """A new key for a program."""

    name = forms.CharField(
        label=_("What is the key for?"),
        max_length=100,
        help_text=_("For example the name of the program that will use it."),
    )


class SetupForm(forms.Form):
    """The first administrator of an empty installation."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 12 characters, and none of the common ones."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
