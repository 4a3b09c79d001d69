"""Metabolism, lungs, digestion, kidneys and joints, as the fictional carriers rate them."""

from megler.demo.rules.impairments.blocks import Ask, Block, Case

_SUGAR, _LUNGS, _GUT = "metabolic", "respiratory", "gastrointestinal"
_A1C = Ask("a1c", "number", "What was the last A1C?", "7.2", unit="%")
_COMPLICATIONS = Ask(
    "complications", "flag", "Are eyes, nerves, kidneys or heart affected by it?", "no"
)
_PLAIN = "not complications and not insulin"
TYPE_2 = Block(
    "diabetes_type_2", "Diabetes type 2", _SUGAR,
    (
        Case("complications", "decline", text="with complications"),
        Case(f"{_PLAIN} and a1c <= 7 and age >= 50", "standard", "table_2", "A1C to 7, from 50"),
        Case(f"{_PLAIN} and a1c <= 7 and age < 50", "table_2", "table_3", "A1C to 7, before 50"),
        Case(f"{_PLAIN} and 7 < a1c <= 8 and age >= 50", "table_2", "table_3",
             "A1C to 8, from 50"),
        Case(f"{_PLAIN} and 7 < a1c <= 8 and age < 50", "table_3", "table_4",
             "A1C to 8, before 50"),
        Case(f"{_PLAIN} and 8 < a1c <= 9", "table_4", "table_6", "A1C to 9"),
        Case("not complications and insulin and a1c <= 8", "table_4", "table_6",
             "on insulin, A1C to 8"),
        Case("not complications and insulin and 8 < a1c <= 9", "table_6", "table_8",
             "on insulin, A1C to 9"),
        Case("not complications and a1c > 9", "postpone", text="A1C above 9",
             postpone=("6", "today")),
        Case('nicotine == "user"', "+50", rule="add", text="and nicotine"),
    ),
    (_A1C, _COMPLICATIONS, Ask("insulin", "flag", "Is insulin used?", "no")),
)  # fmt: skip
TYPE_1 = Block(
    "diabetes_type_1", "Diabetes type 1", _SUGAR,
    (
        Case("complications", "decline", text="with complications"),
        Case("not complications and a1c <= 7.5 and age >= 40", "table_4", "table_5",
             "A1C to 7.5, from 40"),
        Case("not complications and a1c <= 7.5 and age < 40", "table_5", "table_8",
             "A1C to 7.5, before 40"),
        Case("not complications and 7.5 < a1c <= 8.5", "table_6", "table_8", "A1C to 8.5"),
        Case("not complications and a1c > 8.5", "decline", text="A1C above 8.5"),
    ),
    (_A1C, _COMPLICATIONS),
)  # fmt: skip
DIABETES = Block("diabetes", "Diabetes, type not told", _SUGAR, (Case("", "table_2", "decline"),))
PREDIABETES = Block(
    "prediabetes", "Prediabetes", _SUGAR,
    (
        Case("a1c <= 6", "any", text="A1C to 6"),
        Case("6 < a1c < 6.5", "preferred", "standard_plus", "A1C of 6.1 to 6.4"),
        Case("a1c >= 6.5", "individual_consideration", text="A1C of diabetes"),
    ),
    (Ask("a1c", "number", "What was the last A1C?", "5.9", unit="%"),),
)  # fmt: skip
THYROID = Block("thyroid_disorder", "Thyroid disorder", "endocrine", (Case("", "any"),))

_SEVERITY = Ask("severity", "choice", "How severe is it?", "mild", "mild|moderate|severe")
ASTHMA = Block(
    "asthma", "Asthma", _LUNGS,
    (
        Case('severity == "mild"', "any", text="mild"),
        Case('severity == "moderate"', "standard_plus", "table_2", "moderate"),
        Case('severity == "severe"', "table_4", "table_6", "severe"),
        Case('nicotine == "user" and severity != "mild"', "+50", rule="add", text="and nicotine"),
    ),
    (_SEVERITY,),
)  # fmt: skip
COPD = Block(
    "copd", "Chronic obstructive pulmonary disease", _LUNGS,
    (
        Case('severity == "mild"', "table_2", "table_3", "mild"),
        Case('severity == "moderate"', "table_4", "table_6", "moderate"),
        Case('severity == "severe"', "decline", text="severe"),
        Case('nicotine == "user"', "table_6", rule="at_least", text="and nicotine"),
        Case('takes("home oxygen")', "decline", rule="at_least", text="with oxygen at home"),
    ),
    (_SEVERITY,),
)  # fmt: skip
APNEA = Block(
    "sleep_apnea", "Sleep apnea", _LUNGS,
    (
        Case('severity == "mild"', "preferred", text="mild"),
        Case('severity == "moderate" and treated', "standard_plus", text="moderate, treated"),
        Case('severity == "severe" and treated', "standard", "table_2", "severe, treated"),
        Case('severity == "moderate" and not treated', "table_2", text="moderate, not treated"),
        Case('severity == "severe" and not treated', "table_4", text="severe, not treated"),
    ),
    (_SEVERITY, Ask("treated", "flag", "Is it treated (CPAP or a splint)?", "yes")),
)  # fmt: skip
FATTY_LIVER = Block(
    "fatty_liver", "Fatty liver", _GUT,
    (
        Case("not raised_enzymes", "preferred", text="liver values normal"),
        Case("raised_enzymes", "standard", "table_3", "liver values raised"),
    ),
    (Ask("raised_enzymes", "flag", "Are the liver values raised?", "no"),),
)  # fmt: skip
HEPATITIS_C = Block(
    "hepatitis_c", "Hepatitis C", _GUT,
    (
        Case("cured and months_since_end < 12", "postpone", postpone=("12", "until"),
             text="cured within a year"),
        Case("cured and months_since_end >= 12", "standard", "table_2", "cured a year ago"),
        Case("not cured", "table_4", "decline", "not cured"),
    ),
    (Ask("cured", "flag", "Is it cured?", "yes"),),
)  # fmt: skip
CIRRHOSIS = Block("cirrhosis", "Cirrhosis", _GUT, (Case("", "decline"),))
BOWEL = Block(
    "inflammatory_bowel_disease", "Crohn's disease or ulcerative colitis", _GUT,
    (
        Case("months_since_last_flare < 6", "postpone", text="a flare within 6 months",
             postpone=("6", "today")),
        Case("6 <= months_since_last_flare < 36", "table_2", "table_3", "within 3 years"),
        Case("months_since_last_flare >= 36", "standard_plus", "standard", "none for 3 years"),
    ),
    (Ask("last_flare", "date", "When was the last flare?"),),
)  # fmt: skip
BARIATRIC = Block(
    "bariatric_surgery", "Bariatric surgery", _GUT,
    (
        Case("months_since < 6", "postpone", text="within 6 months", postpone=("6", "since")),
        Case("6 <= months_since < 24", "table_2", text="within 2 years"),
        Case("months_since >= 24", "standard_plus", text="2 years ago and more"),
    ),
)  # fmt: skip
KIDNEY = Block(
    "kidney_disease", "Chronic kidney disease", "genitourinary",
    (
        Case('stage in ["stage 1", "stage 2"]', "standard", "table_2", "stage 1 or 2"),
        Case('stage == "stage 3"', "table_3", "table_6", "stage 3"),
        Case('stage in ["stage 4", "stage 5"]', "decline", text="stage 4 or 5"),
    ),
    (Ask("stage", "choice", "Which stage?", "", "stage 1|stage 2|stage 3|stage 4|stage 5"),),
)  # fmt: skip
ARTHRITIS = Block(
    "rheumatoid_arthritis", "Rheumatoid arthritis", "immune",
    (
        Case('severity == "mild"', "standard_plus", text="mild"),
        Case('severity == "moderate"', "table_2", "table_3", "moderate"),
        Case('severity == "severe"', "table_4", "table_8", "severe"),
    ),
    (_SEVERITY,),
)  # fmt: skip
LUPUS = Block("lupus", "Lupus", "immune", (Case("", "table_3", "decline"),))
HIV = Block(
    "hiv", "HIV infection", "immune",
    (
        Case("undetectable and age <= 60", "table_4", "table_6", "undetectable"),
        Case("not undetectable or age > 60", "decline", text="any other"),
    ),
    (Ask("undetectable", "flag", "Is the virus load undetectable?", "yes"),),
)  # fmt: skip
_NO_CONCERN = (
    ("reflux", "Reflux", _GUT),
    ("kidney_stones", "Kidney stones", "genitourinary"),
    ("gout", "Gout", "immune"),
    ("psoriasis", "Psoriasis", "immune"),
    ("osteoarthritis", "Osteoarthritis", "musculoskeletal"),
    ("back_disorder", "Back disorder", "musculoskeletal"),
)
NO_CONCERN = tuple(Block(*one, (Case("", "any", text="of no concern"),)) for one in _NO_CONCERN)

EVERY = (
    TYPE_2, TYPE_1, DIABETES, PREDIABETES, THYROID, ASTHMA, COPD, APNEA, FATTY_LIVER, HEPATITIS_C,
    CIRRHOSIS, BOWEL, BARIATRIC, KIDNEY, ARTHRITIS, LUPUS, HIV, *NO_CONCERN,
)  # fmt: skip
