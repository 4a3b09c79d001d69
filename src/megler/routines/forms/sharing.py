"""Forms of promises, teams, absences, rules for new cases and office hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.carriers.models import Carrier
from megler.routines import names
from megler.routines.forms.lists import lines, staff
from megler.routines.rules.promises import USUAL, Step, Unit
from megler.work.models import Absence, AssignmentRule


class PromisesForm(forms.Form):
    """By when each step is done; an empty amount: it is not measured."""

    def __init__(self, standing: Mapping[Step, tuple[Decimal, Unit]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for step in Step:
            amount, unit = standing.get(step, (None, USUAL[step][1]))
            shown = amount.normalize() if amount is not None else None
            self.fields[f"{step}_amount"] = forms.DecimalField(
                label=str(names.STEP[step]), help_text=str(names.STEP_FROM[step]), required=False,
                min_value=Decimal("0.25"), max_value=200, decimal_places=2,
                initial=f"{shown:f}" if shown is not None else "",
            )  # fmt: skip
            self.fields[f"{step}_unit"] = forms.ChoiceField(
                label=_("Counted in"), choices=list(names.UNIT.items()), initial=unit.value
            )

    def rows(self) -> list[tuple[BoundField, BoundField]]:
        """Amount and unit of each step."""
        return [(self[f"{step}_amount"], self[f"{step}_unit"]) for step in Step]

    def said(self) -> dict[Step, tuple[Decimal, Unit] | None]:
        """What was answered."""
        given = self.cleaned_data
        return {
            step: (given[f"{step}_amount"], Unit(given[f"{step}_unit"]))
            if given[f"{step}_amount"] is not None
            else None
            for step in Step
        }


class TeamForm(forms.Form):
    """A team's name and people."""

    name = forms.CharField(label=_("Name"), max_length=100)
    people = forms.ModelMultipleChoiceField(
        label=_("People"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = staff()  # type: ignore[attr-defined]


class AbsenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who is away, from when until when, and who covers."""

    class Meta:
        model = Absence
        fields = ("person", "cover", "since", "until")
        labels = {"person": _("Away"), "cover": _("Covered by")}
        widgets = {
            "since": forms.DateInput({"type": "date"}),
            "until": forms.DateInput({"type": "date"}),
        }

    def __init__(self, by: User, *args: Any, everybody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = staff()
        mine = User.objects.filter(pk=by.pk)
        self.fields["person"].queryset = people if everybody else mine  # type: ignore[attr-defined]
        self.fields["person"].initial = by.pk
        self.fields["cover"].queryset = people  # type: ignore[attr-defined]
        self.fields["cover"].empty_label = "–"  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """What the rules refuse, the action says."""


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A line of the rules for new cases."""

    class Meta:
        model = AssignmentRule
        fields = (
            "name", "carrier", "line", "jurisdiction", "agent", "amount_from", "person", "team",
        )  # fmt: skip
        labels = {"agent": _("Agent's NPN"), "person": _("To person"), "team": _("or team")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carriers = [(c.slug, c.name) for c in Carrier.objects.order_by("name")]
        for name, choices in (("carrier", carriers), ("line", lines())):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, choices=[("", _("any")), *choices], required=False
            )
        self.fields["person"].queryset = staff()  # type: ignore[attr-defined]
        for name in ("person", "team"):
            self.fields[name].empty_label = "–"  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """What the rules refuse, the action says."""


@dataclass(frozen=True)
class DayShown:
    """A weekday of the office's form."""

    name: "str | Promise"
    opens: BoundField
    closes: BoundField


_WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip


class OfficeForm(forms.Form):
    """The week's hours, and the agency's own closed days, one a line: 2026-12-24 Christmas Eve."""

    keeps_federal_holidays = forms.BooleanField(
        label=_("Closed on federal holidays"), required=False
    )
    closed = forms.CharField(
        label=_("Other days on which the office is closed"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_("One a line: the day as 2026-12-24, a blank, and why."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clock = {"type": "time"}
        for place, name in enumerate(_WEEKDAYS):
            for end, label in (("opens", _("%(day)s, opens")), ("closes", _("%(day)s, closes"))):
                self.fields[f"{end}_{place}"] = forms.TimeField(
                    label=label % {"day": name}, required=False,
                    widget=forms.TimeInput(clock, format="%H:%M"),
                )  # fmt: skip

    def days(self) -> list[DayShown]:
        """The week."""
        return [
            DayShown(name, self[f"opens_{place}"], self[f"closes_{place}"])
            for place, name in enumerate(_WEEKDAYS)
        ]

    def week(self) -> list[tuple[time, time] | None]:
        """The hours of each day; a day without both ends is off."""
        ends = [
            (self.cleaned_data[f"opens_{place}"], self.cleaned_data[f"closes_{place}"])
            for place in range(7)
        ]
        return [(a, b) if a and b else None for a, b in ends]

    def clean_closed(self) -> dict[date, str]:
        """Days with why."""
        days: dict[date, str] = {}
        for number, line in enumerate(str(self.cleaned_data["closed"]).splitlines(), start=1):
            if not line.strip():
                continue
            day, _blank, why = line.strip().partition(" ")
            try:
                days[date.fromisoformat(day)] = why.strip() or day
            except ValueError:
                said = _("Line %(line)d: %(found)s is no day; write it as 2026-12-24.")
                raise forms.ValidationError(said % {"line": number, "found": day}) from None
        return days
