"""A small form set of a carrier, with a PDF of its own, for tests."""

import io
from collections.abc import Mapping

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

HEAD = """
format = 1

[edition]
carrier = "tundra-life"
carrier_name = "Tundra Life"
kind = "form_set"
series = "term-forms"
title = "Term life forms"
effective_from = 2020-01-01
source = "drawn for tests"

[form_set]
lines = ["term_life"]
"""

QUESTIONNAIRE = """
key = "small"
name = "A small application"
edition = "2020-01"
parts = ["insured", "notice"]

[[forms]]
key = "application"
number = "SM-1"
name = "A small application"
edition = "2020-01"
purpose = "application"
signers = ["insured", "agent"]
pdf = "pdf/application.pdf"

[[forms]]
key = "notice"
number = "SM-2"
name = "Notice for New York"
edition = "2020-01"
purpose = "state_disclosure"
signers = ["insured"]
statements = ["Read this."]
when = { signed_in = ["NY"], insured_age = { min = 60 } }

[[derived]]
key = "insured_age"
how = "age"
of = "insured_born"
"""

INSURED = """
key = "insured"
title = "Proposed insured"
form = "application"
asked_of = "agent"

[[questions]]
key = "signed_in"
type = "state"
text = "Signed in"
required = true

[[questions]]
key = "insured_first_name"
type = "text"
text = "First name"
required = true

[[questions]]
key = "insured_last_name"
type = "text"
text = "Last name"
required = true

[[questions]]
key = "insured_email"
type = "email"
text = "E-mail"
required = true

[[questions]]
key = "insured_born"
type = "date"
text = "Date of birth"
required = true
past = true

[[questions]]
key = "insured_ssn"
type = "ssn"
text = "Social Security number"

[[questions]]
key = "takes_medication"
type = "yes_no"
text = "Taking any medication?"
required = true

[[questions]]
key = "medications"
type = "list"
text = "Medication"
items_min = 1
when = { takes_medication = ["yes"] }

[[questions.fields]]
key = "name"
type = "drug"
text = "Medication"
required = true

[[questions.fields]]
key = "kind"
type = "choice"
text = "How"
choices = { daily = "Daily", needed = "As needed" }
required = true

[[questions.fields]]
key = "last_taken"
type = "date"
text = "Last taken"
past = true
required = true
when = { kind = ["needed"] }
"""

NOTICE = """
key = "notice"
title = "Notice"
form = "notice"
asked_of = "client"

[[questions]]
key = "notice_read"
type = "yes_no"
text = "Did you read the notice?"
required = true
"""

MAP = """field,question,part,item,value,format
state,signed_in,,,,
first,insured_first_name,,,,
last,insured_last_name,,,,upper
mail,insured_email,,,,
born,insured_born,,,,
ssn,insured_ssn,,,,full
med_yes,takes_medication,,,yes,
med_no,takes_medication,,,no,
drug1,medications,name,1,,
drug2,medications,name,2,,
npn,agent_npn,,,,
sign,signature.insured,,,,
agent_sign,signature.agent,,,,
"""
TEXTS = ("state", "first", "last", "mail", "born", "ssn", "drug1", "drug2", "npn")
BOXES = ("med_yes", "med_no")
SIGNATURES = ("sign", "agent_sign")


def acroform(
    texts: tuple[str, ...] = TEXTS,
    boxes: tuple[str, ...] = BOXES,
    signatures: tuple[str, ...] = SIGNATURES,
) -> bytes:
    """A page with text fields, boxes with the state Yes, and places to sign."""
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    fields, widgets = ArrayObject(), ArrayObject()
    for i, name in enumerate((*texts, *boxes, *signatures)):
        kind = "/Tx" if name in texts else "/Btn" if name in boxes else "/Sig"
        bottom = 760.0 - 30 * i
        right = 62.0 if kind == "/Btn" else 250.0
        widget = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject(kind),
                NameObject("/T"): TextStringObject(name),
                NameObject("/F"): NumberObject(4),
                NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
                NameObject("/Rect"): ArrayObject(
                    [FloatObject(x) for x in (50.0, bottom, right, bottom + 14)]
                ),
            }
        )
        if kind == "/Btn":
            widget[NameObject("/AS")] = NameObject("/Off")
            widget[NameObject("/AP")] = DictionaryObject(
                {NameObject("/N"): DictionaryObject({NameObject("/Yes"): _cross(writer)})}
            )
        added = writer._add_object(widget)
        fields.append(added)
        widgets.append(added)
    page[NameObject("/Annots")] = widgets
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {
            NameObject("/Fields"): fields,
            NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
            NameObject("/NeedAppearances"): BooleanObject(False),
            NameObject("/DR"): DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/Helv"): font})}
            ),
        }
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _cross(writer: PdfWriter) -> object:
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 m 12 14 l S 0 14 m 12 0 l S")
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject([FloatObject(x) for x in (0, 0, 12, 14)])
    return writer._add_object(stream)


def package(changes: Mapping[str, bytes | str | None] | None = None) -> dict[str, bytes]:
    """The files of the form set; `changes` puts others in their place, None takes one away."""
    files: dict[str, bytes] = {
        "edition.toml": HEAD.encode(),
        "questionnaire.toml": QUESTIONNAIRE.encode(),
        "sections/insured.toml": INSURED.encode(),
        "sections/notice.toml": NOTICE.encode(),
        "pdf/application.pdf": acroform(),
        "maps/application.csv": MAP.encode(),
    }
    for name, content in (changes or {}).items():
        if content is None:
            files.pop(name, None)
        else:
            files[name] = content.encode() if isinstance(content, str) else content
    return files
