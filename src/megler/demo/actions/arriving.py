"""Papers that wait in the receipt tray: one that is sure, one scan of two, a namesake's, one of nobody."""

from datetime import date, datetime
from importlib.resources import files

from megler.accounts.models import User
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import State
from megler.documents.actions import Sent
from megler.documents.typesetting import typeset
from megler.papers.actions.arriving import take_in

_WAITING = (State.NEEDED.value, State.ORDERED.value, State.SCHEDULED.value)


def let_arrive(manager: User, at: datetime) -> None:
    """Put what came in this morning into the tray."""
    case = _that_waits()
    name = case.client.name if case else "Ada Lind"
    born = f"{case.client.born:%m/%d/%Y}" if case and case.client.born else "01/02/1970"
    arrived = {
        "scan_0412.pdf": [_aps(name, born)],
        "batch morning.pdf": [_letter(), _labs(name, born), ["Continued: urinalysis negative"]],
        f"{name} records.pdf": [_aps(name, f"{date(1931, 5, 17):%m/%d/%Y}")],
        "fax 14.pdf": [["Fax cover sheet", "Please deliver to the front desk"]],
    }
    take_in(manager, [Sent(key, _paper(pages)) for key, pages in arrived.items()], at=at)


def _that_waits() -> Case | None:
    """An open case that an APS or a laboratory's report is still to come for."""
    waiting = Requirement.objects.filter(
        kind__in=["aps", "blood_profile"], state__in=_WAITING, case__closed_at=None
    )
    found = waiting.select_related("case__client").order_by("-case__number").first()
    return found.case if found else None


def _aps(name: str, born: str) -> list[str]:
    return [
        "ATTENDING PHYSICIAN STATEMENT",
        f"Patient: {name}",
        f"Date of birth: {born}",
        "Office visit: annual physical. Chief complaint: none.",
        "Assessment and plan: continue lisinopril 10 mg, follow-up in 12 months.",
    ]


def _labs(name: str, born: str) -> list[str]:
    return [
        "LABORATORY REPORT",
        f"Patient name: {name}",
        f"Date of birth: {born}",
        "Cholesterol 188   HDL 54   Triglycerides 101   reference range 0-199",
    ]


def _letter() -> list[str]:
    return [
        "Dear case manager,",
        "enclosed please find the results. Thank you for your order.",
        "Sincerely",
    ]


def _paper(pages: list[list[str]]) -> bytes:
    template = files("megler.demo").joinpath("typst", "papers.typ").read_bytes()
    return typeset(template, {"pages": pages})
