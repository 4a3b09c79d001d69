"""The form of a routine."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import ROLE_NAMES
from megler.accounts.rules.roles import STAFF
from megler.carriers.models import Carrier
from megler.cases import names as case_names
from megler.cases.rules.words import Holder
from megler.routines import names
from megler.routines.forms.lists import Choices, lines, staff
from megler.routines.models import Routine
from megler.routines.rules.reading import EFFECTS_MAX
from megler.routines.rules.routines import ASKS, NEEDS, STATUS_VERBS, Do, When
from megler.routines.rules.texts import FIELDS
from megler.work.models import Team

_ANY: Choices = [("", _("any"))]
SHOWN_EFFECTS = 3


def _whom(extra: Choices) -> Choices:
    people: Choices = [(f"person:{one.pk}", one.name) for one in staff()]
    return [*extra, *people]


class RoutineForm(forms.Form):
    """A routine by lists: what was chosen for "when" and "then" says what else is asked."""

    name = forms.CharField(label=_("Name"), max_length=100)
    when = forms.ChoiceField(label=_("When"), choices=list(names.WHEN.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        when = self._now("when") or When.STATUS
        for key in ASKS.get(When(when), ()) if when in list(When) else ():
            self.fields[f"when_{key}"] = _asked(key, needed=key != "kind")
        self._conditions()
        self.kept = [self._effect(place) for place in range(self._count())]

    def _now(self, name: str) -> str:
        """What is chosen at present, sent or as it began."""
        found = self.data.get(name) if self.is_bound else self.initial.get(name)
        return str(found or "")

    def _count(self) -> int:
        filled = [n for n in range(EFFECTS_MAX) if self._now(f"then_{n}_do")]
        return min(max([SHOWN_EFFECTS - 1, *filled]) + 1, EFFECTS_MAX)

    def _conditions(self) -> None:
        carriers = [(c.slug, c.name) for c in Carrier.objects.order_by("name")]
        self.fields["if_carrier"] = forms.ChoiceField(
            label=_("Carrier"), choices=[*_ANY, *carriers], required=False
        )
        self.fields["if_line"] = forms.ChoiceField(
            label=_("Line of business"), choices=[*_ANY, *lines()], required=False
        )
        self.fields["if_jurisdiction"] = forms.CharField(
            label=_("State"), max_length=8, required=False
        )
        self.fields["if_agent"] = forms.CharField(
            label=_("Agent's NPN"), max_length=20, required=False
        )
        self.fields["if_amount_from"] = forms.DecimalField(
            label=_("Amount from"), min_value=Decimal(0), required=False
        )

    def _effect(self, place: int) -> list[str]:
        """The fields of one thing to do."""
        before = f"then_{place}_"
        self.fields[f"{before}do"] = forms.ChoiceField(
            label=_("Then") if not place else _("and"),
            choices=[("", "–"), *names.DO.items()],
            required=not place,
        )
        chosen = self._now(f"{before}do")
        asked = list(NEEDS[Do(chosen)]) if chosen in list(Do) else []
        if chosen in {Do.TASK, Do.ALERT}:
            asked.append("whom_or_role")
        for key in asked:
            field = _asked(key, needed=key not in {"whom_or_role"})
            self.fields[before + key.removesuffix("_or_role")] = field
        return [f"{before}do", *(before + key.removesuffix("_or_role") for key in asked)]

    def when_fields(self) -> Iterator[BoundField]:
        """What the chosen "when" asks."""
        return (self[name] for name in self.fields if name.startswith("when_"))

    def if_fields(self) -> Iterator[BoundField]:
        """The conditions."""
        return (self[name] for name in self.fields if name.startswith("if_"))

    def effects(self) -> list[list[BoundField]]:
        """Each thing to do with what it asks."""
        return [[self[name] for name in each] for each in self.kept]

    def definition(self) -> dict[str, Any]:
        """The plain data that the rules read."""
        given = self.cleaned_data
        when = {"when": given["when"]}
        when |= {k.removeprefix("when_"): str(v) for k, v in given.items() if k[:5] == "when_"}
        told = {k.removeprefix("if_"): str(v or "") for k, v in given.items() if k[:3] == "if_"}
        then = [
            {
                n.split("_", 2)[2]: str(given.get(n) if given.get(n) is not None else "")
                for n in each
            }
            for each in self.kept
            if given.get(each[0])
        ]
        return {"when": when, "if": told, "then": then}

    @classmethod
    def of(cls, routine: Routine) -> "RoutineForm":
        """The form of a routine as it stands."""
        return cls(initial=_initial(routine.name, routine.definition))


def _initial(name: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    found = {"name": name, "when": definition["when"]["when"]}
    found |= {f"when_{k}": v for k, v in definition["when"].items() if k != "when"}
    found |= {f"if_{k}": v for k, v in definition.get("if", {}).items()}
    for place, effect in enumerate(definition["then"]):
        found |= {f"then_{place}_{key}": value for key, value in effect.items()}
    return found


def _chosen(label: "str | Promise", choices: Choices, *, needed: bool = True) -> forms.Field:
    return forms.ChoiceField(label=str(label), choices=choices, required=needed)


def _kind(needed: bool) -> forms.Field:
    kinds = list(case_names.KIND.items())
    return _chosen(_("Requirement"), kinds if needed else [*_ANY, *kinds], needed=needed)


def _to_whom(_needed: bool) -> forms.Field:
    teams: Choices = [(f"team:{one.pk}", one.name) for one in Team.objects.order_by("name")]
    return _chosen(_("To"), _whom(teams))


def _for_whom(_needed: bool) -> forms.Field:
    roles: Choices = [(r.value, ROLE_NAMES[r]) for r in sorted(STAFF)]
    return _chosen(_("For"), _whom([("", _("who looks after the case")), *roles]), needed=False)


def _text(_needed: bool) -> forms.Field:
    return forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=", ".join(f"{{{name}}}" for name in FIELDS),
    )


_FIELDS: dict[str, Callable[[bool], forms.Field]] = {
    "status": lambda _n: _chosen(
        _("Status"), [(one, case_names.STATUS[one]) for one in dict.fromkeys(STATUS_VERBS.values())]
    ),
    "decision": lambda _n: _chosen(_("Decision"), list(case_names.DECISION.items())),
    "act": lambda _n: _chosen(_("is"), list(names.ACT.items())),
    "kind": _kind,
    "holder": lambda _n: _chosen(
        _("Who has it"), [(h.value, case_names.HOLDER[h]) for h in Holder]
    ),
    "step": lambda _n: _chosen(_("Promise"), list(names.STEP.items())),
    "days": lambda _n: forms.IntegerField(label=_("Business days"), min_value=0, max_value=365),
    "to": lambda _n: _chosen(_("To"), list(names.TO.items())),
    "whom": _to_whom,
    "whom_or_role": _for_whom,
    "text": _text,
    "subject": lambda _n: forms.CharField(label=_("Subject"), max_length=300),
    "title": lambda _n: forms.CharField(label=_("What is to be done"), max_length=300),
}


def _asked(key: str, *, needed: bool) -> forms.Field:
    """The field that asks one thing."""
    return _FIELDS[key](needed)
