"""The form that takes an agent on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.licensing.models import Agent
from megler.vocabulary.codes import JURISDICTIONS


class AgentForm(forms.Form):
    """What is known of a new agent."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"))
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    npn = forms.CharField(label=_("National Producer Number"), max_length=10)
    jurisdiction = forms.ChoiceField(label=_("Home state"), choices=list(JURISDICTIONS.items()))
    firm = forms.CharField(label=_("Firm"), max_length=200, required=False)
    upline = forms.ModelChoiceField(
        label=_("Upline"), queryset=Agent.objects.none(), required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        upline = self.fields["upline"]
        upline.queryset = Agent.objects.order_by("name")  # type: ignore[attr-defined]
