"""What is drawn on a form for whom."""

from megler.forms.rules.questionnaire import FieldFill, FormSpec, SignerRole
from megler.forms.rules.stamps import Given, Mark, marks_on

FORM = FormSpec(
    "application",
    "Application",
    "1",
    (SignerRole.INSURED, SignerRole.AGENT),
    fills=(
        FieldFill("Text7", "signature.insured"),
        FieldFill("Text8", "signed_on.insured"),
        FieldFill("Text9", "signed_at.insured"),
        FieldFill("Text10", "signed_name.agent"),
        FieldFill("Text11", "insured_name"),
        FieldFill("Text12", "signature.owner"),
    ),
)
KARI = Given(SignerRole.INSURED, "Kari Hope", "03/01/2026", "note", "Austin, TX", [[[1, 2]]])
ANNA = Given(SignerRole.AGENT, "Anna Berg", "03/02/2026", "note")
OLA = Given(SignerRole.OWNER, "Ola Lie", "03/02/2026", "note")


def test_each_signers_fields_get_what_they_ask_for() -> None:
    signature = Mark("Kari Hope", True, [[[1, 2]]], "note")
    assert marks_on(FORM, [KARI, ANNA, OLA]) == {
        "signature.insured": signature,
        "Text7": signature,
        "Text8": Mark("03/01/2026"),
        "Text9": Mark("Austin, TX"),
        "signature.agent": Mark("Anna Berg", True, (), "note"),
        "Text10": Mark("Anna Berg"),
    }


def test_who_does_not_sign_the_form_is_not_drawn_on_it() -> None:
    assert marks_on(FORM, [OLA]) == {}
