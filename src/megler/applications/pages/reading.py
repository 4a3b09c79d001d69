"""What the client reads by the private link: the questions still open, and the answers in plain words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from megler.applications.actions.holding import head_of, missing, today
from megler.applications.forms import MANNER
from megler.applications.models import Application
from megler.applications.pages.asking import Asked, ask
from megler.applications.rules.signers import client_can_answer, forms_signed_by
from megler.forms.rules.printing import paper_content
from megler.forms.rules.questionnaire import AskedOf, Questionnaire, SignerRole, asked, forms_needed


@dataclass(frozen=True)
class Group:
    """Questions of one section, still to be answered by the client."""

    key: str
    title: str
    icon: str
    questions: list[Asked]


def open_questions(application: Application, role: SignerRole) -> list[Group]:
    """What the client is still asked, on the forms they sign, with what each answer may bring."""
    made, answers = application.questionnaire, application.given
    forms = forms_signed_by(made, answers, role)
    wrong = missing(application, today(None))
    lacking = {one.question for one in wrong if one.form in forms and client_can_answer(one)}
    if not lacking:
        return []
    shown = lacking | _behind(made, lacking)
    groups = []
    for section in made.sections:
        mine = [q for q in section.questions if q.key in shown and asked(made, q, answers)]
        if mine:
            fields = ask(made, mine, answers, wrong)
            groups.append(Group(section.key, _(section.title), section.icon, fields))
    return groups


def _behind(made: Questionnaire, lacking: set[str]) -> set[str]:
    """The client's questions whose answer made a lacking one be asked, so that it can be changed."""
    found = set()
    for key in lacking:
        for condition in made.by_key[key].when:
            if made.by_key[condition.question].asked_of is AskedOf.CLIENT:
                found.add(condition.question)
    return found


def summary_of(held: Application, role: SignerRole) -> list[dict[str, Any]]:
    """The answers on the forms this signer signs, in plain words."""
    made, answers = held.questionnaire, held.given
    icons = {section.title: section.icon for section in made.sections}
    parts = []
    for form in forms_needed(made, answers):
        if role not in form.signers:
            continue
        content = paper_content(made, form, answers, head_of(held), {}, manner=MANNER)
        for section in content["sections"]:
            rows = [row for one in section["rows"] if (row := _summary_row(one))["answer"]]
            title = section["title"]
            parts.append({"title": _(title), "icon": icons[title], "rows": rows})
    return parts


def _summary_row(row: dict[str, Any]) -> dict[str, str]:
    lines = [" · ".join(cell for cell in item if cell) for item in row["table"][1:]]
    return {"question": _(row["question"]), "answer": row["answer"] or "\n".join(lines)}
