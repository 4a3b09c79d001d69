"""Papers as they come in."""

from megler.documents.actions import Sent
from tests.documents.files import written

APS = (
    "ATTENDING PHYSICIAN STATEMENT",
    "Patient: Kari Hope   DOB: 02/11/1979",
    "Office visit: chief complaint cough. Diagnosis zyxomellitus",
)
LABS = (
    "LABORATORY REPORT",
    "Patient name: HOPE, KARI M",
    "Date of birth: 02/11/1979",
    "Cholesterol 188   reference range 140-199",
)
NAMESAKE = ("ATTENDING PHYSICIAN STATEMENT", "Patient: Kari Hope   DOB: 07/01/1984")
NAMELESS = ("Tuesday soup", "and bread")


def sent(name: str, *pages: tuple[str, ...]) -> Sent:
    return Sent(name, written(*pages))
