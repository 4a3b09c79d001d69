"""The forms that take an agent on and put marks up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from megler.licensing.models import Agency, Agent
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


_PICTURE = forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"})


class AgencyForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the agency shows itself."""

    picture = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG or JPEG, up to 4 MB."), widget=_PICTURE
    )
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    without_logo = forms.BooleanField(label=_("Take the logo down"), required=False)

    class Meta:
        model = Agency
        fields = (
            "name",
            "address",
            "phone",
            "email",
            "website",
            "colour",
            "small_print_en",
            "small_print_nb",
        )
        widgets = {
            "colour": forms.TextInput(attrs={"type": "color"}),
            "small_print_en": forms.Textarea(attrs={"rows": 5}),
            "small_print_nb": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "small_print_en": _("Stands under proposals and quote links. Empty: the usual words."),
            "small_print_nb": _("Stands under proposals and quote links. Empty: the usual words."),
        }


class LogoForm(forms.Form):
    """A logo of an agent or a firm."""

    picture = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG or JPEG, up to 4 MB."), widget=_PICTURE
    )
    whose = forms.ChoiceField(choices=[("agent", "agent"), ("firm", "firm")])
