"""A small questionnaire for tests: two forms, a condition, a list and a rule between answers."""

from megler.forms.rules.questionnaire import Answer, Questionnaire
from megler.forms.rules.reading import read_questionnaire

SMALL = """
key = "small"
name = "Small form"
edition = "S-1"
parts = ["person", "shares", "report"]

[[forms]]
key = "application"
name = "Application"
edition = "S-1"
signers = ["insured", "owner", "agent"]

[[forms]]
key = "notice"
name = "Notice"
edition = "N-1"
signers = ["insured"]
when = { smokes = ["yes"] }

[[forms]]
key = "report"
name = "Report"
edition = "R-1"
signers = ["agent"]

[[rules]]
rule = "shares_add_up"
list = "heirs"
share = "share"
by = "class"
"""

PARTS = {
    "person": """
key = "person"
title = "Person"
form = "application"
asked_of = "client"
[[questions]]
key = "name"
type = "text"
text = "Name"
required = true
asked_of = "agent"
[[questions]]
key = "born"
type = "date"
text = "Born"
required = true
past = true
[[questions]]
key = "smokes"
type = "yes_no"
text = "Smokes?"
required = true
details = "What?"
[[questions]]
key = "home"
type = "address"
text = "Home"
required = true
""",
    "shares": """
key = "shares"
title = "Heirs"
form = "application"
[[questions]]
key = "heirs"
type = "list"
text = "Heirs"
short = "Heir"
items_min = 1
[[questions.fields]]
key = "who"
type = "text"
text = "Who"
required = true
[[questions.fields]]
key = "class"
type = "choice"
text = "Class"
required = true
choices = { primary = "Primary", contingent = "Contingent" }
[[questions.fields]]
key = "share"
type = "percent"
text = "Share"
required = true
""",
    "report": """
key = "report"
title = "Report"
form = "report"
[[questions]]
key = "met"
type = "yes_no"
text = "Met?"
required = true
""",
}


def small() -> Questionnaire:
    """The small questionnaire."""
    made, problems = read_questionnaire(SMALL, PARTS)
    assert made is not None, problems
    return made


def given(**values: object) -> dict[str, Answer]:
    """Answers of these values."""
    return {key: Answer(value) for key, value in values.items()}


HOME = {"street": "1 Oak St", "city": "Addison", "state": "TX", "zip": "75001"}

WHOLE = given(
    name="Kari Hope",
    born="1985-06-14",
    smokes="no",
    home=HOME,
    heirs=[{"who": "Ola", "class": "primary", "share": "100"}],
    met="yes",
)
