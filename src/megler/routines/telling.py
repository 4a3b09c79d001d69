"""A routine in a sentence."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from megler.accounts.models import ROLE_NAMES, User
from megler.accounts.rules.roles import Role
from megler.cases import names as case_names
from megler.routines import names
from megler.work.models import Team


def told_when(when: Mapping[str, Any]) -> str:
    """What sets it off: `When a requirement is received: APS`."""
    parts = [str(names.WHEN[when["when"]])]
    for key, words in (
        ("status", case_names.STATUS),
        ("decision", case_names.DECISION),
        ("act", names.ACT),
        ("holder", case_names.HOLDER),
        ("step", names.STEP),
        ("kind", case_names.KIND),
    ):
        if found := when.get(key):
            parts.append(str(words.get(found, found)))
    if "days" in when:
        days = int(when["days"])
        parts.append(ngettext("%(n)d business day", "%(n)d business days", days) % {"n": days})
    first, *rest = parts
    return f"{first}: {', '.join(rest)}" if rest else first


def told_effect(effect: Mapping[str, Any]) -> str:
    """What it does: `send an e-mail to the agent: Your case {case}`."""
    what = str(names.DO[effect["do"]])
    if to := effect.get("to"):
        what = _("%(what)s to %(whom)s") % {"what": what, "whom": names.TO[to]}
    said = effect.get("title") or effect.get("subject") or effect.get("text") or ""
    if kind := effect.get("kind"):
        said = str(case_names.KIND.get(kind, kind))
    if effect["do"] == "assign":
        said = whom_shown(str(effect.get("whom", "")))
    return f"{what}: {said}" if said else what


def whom_shown(whom: str) -> str:
    """A person, a team or a role by name."""
    kind, _colon, pk = whom.partition(":")
    if kind == "person":
        return User.objects.filter(pk=pk).values_list("name", flat=True).first() or "–"
    if kind == "team":
        return Team.objects.filter(pk=pk).values_list("name", flat=True).first() or "–"
    return str(ROLE_NAMES[Role(whom)]) if whom in list(Role) else ""
