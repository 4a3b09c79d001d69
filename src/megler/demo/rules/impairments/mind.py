"""Mind, addictions and cancer, as the fictional carriers rate them."""

from megler.demo.rules.impairments.blocks import Ask, Block, Case

_MIND, _SUBSTANCE, _CANCER = "psychiatric", "substance", "oncology"
_ADMITTED = Ask("admitted_within_2_years", "flag", "Any stay in hospital for it in 2 years?", "no")
_SEVERITY = Ask("severity", "choice", "How severe is it?", "mild", "mild|moderate|severe")


def _mood(code: str, name: str) -> Block:
    """A disorder of mood by how severe it is."""
    still = "not admitted_within_2_years"
    return Block(
        code, name, _MIND,
        (
            Case("admitted_within_2_years", "postpone", text="in hospital within 2 years",
                 postpone=("24", "today")),
            Case(f'{still} and severity == "mild"', "any", text="mild"),
            Case(f'{still} and severity == "moderate"', "standard_plus", "standard", "moderate"),
            Case(f'{still} and severity == "severe"', "table_2", "table_4", "severe"),
            Case('has("suicide_attempt")', "table_2", rule="at_least", text="an attempt, ever"),
        ),
        (_SEVERITY, _ADMITTED),
    )  # fmt: skip


DEPRESSION = _mood("depression", "Depression")
ANXIETY = _mood("anxiety", "Anxiety")
BIPOLAR = Block(
    "bipolar_disorder", "Bipolar disorder", _MIND,
    (
        Case("stable_years < 2", "decline", text="stable for less than 2 years"),
        Case("2 <= stable_years < 5", "table_4", "table_6", "stable for 2 years"),
        Case("stable_years >= 5", "table_2", "table_3", "stable for 5 years"),
    ),
    (Ask("stable_years", "number", "For how many years has it been stable?", "5", unit="years"),),
)  # fmt: skip
ATTEMPT = Block(
    "suicide_attempt", "Suicide attempt", _MIND,
    (
        Case("entries > 1", "decline", text="more than one"),
        Case("entries == 1 and months_since < 60", "postpone", text="within 5 years",
             postpone=("60", "since")),
        Case("entries == 1 and months_since >= 60", "standard", "table_4", "5 years ago and more"),
    ),
)  # fmt: skip
ADHD = Block("adhd", "Attention deficit disorder", _MIND, (Case("", "any"),))
SOBER = Ask("last_use", "date", "When was the last use?")
ALCOHOL = Block(
    "alcohol_abuse", "Alcohol abuse", _SUBSTANCE,
    (
        Case("months_since_last_use < 36", "decline", text="sober for less than 3 years"),
        Case("36 <= months_since_last_use < 84", "table_2", "table_4", "sober for 3 years",
             flat=("5", "", "3")),
        Case("months_since_last_use >= 84", "standard", text="sober for 7 years"),
        Case('has("cirrhosis") or count("dui", 60) >= 1', "decline", rule="at_least",
             text="with a sick liver or at the wheel"),
    ),
    (SOBER,),
)  # fmt: skip
DRUGS = Block(
    "drug_abuse", "Drug abuse", _SUBSTANCE,
    (
        Case("months_since_last_use < 60", "decline", text="clean for less than 5 years"),
        Case("60 <= months_since_last_use < 120", "table_2", "table_6", "clean for 5 years"),
        Case("months_since_last_use >= 120", "standard", "table_2", "clean for 10 years"),
    ),
    (SOBER,),
)  # fmt: skip


def marijuana(free_per_month: int, most_per_month: int) -> Block:
    """Marijuana: harmless to so many times a month, for users of nicotine above, declined beyond."""
    low, high = free_per_month, most_per_month
    return Block(
        "marijuana", "Marijuana", _SUBSTANCE,
        (
            Case(f"times_per_month <= {low}", "preferred", text=f"up to {low} times a month"),
            Case(f"{low} < times_per_month <= {high}", "any", as_user=True,
                 text=f"up to {high} times a month: classes of nicotine users"),
            Case(f"times_per_month > {high}", "table_2", "decline", "daily or nearly",
                 as_user=True),
        ),
        (Ask("times_per_month", "number", "How many times a month?", "2"),),
    )  # fmt: skip


def _after(code: str, name: str, months: int, stages: str, flat: str) -> Block:
    """A cancer: postponed so long after treatment, then a flat extra for 5 years, then standard."""
    later = months + 60
    return Block(
        code, name, _CANCER,
        (
            Case(f"{stages} and months_since_end < {months}", "postpone",
                 text=f"within {months} months of treatment", postpone=(str(months), "until")),
            Case(f"{stages} and {months} <= months_since_end < {later}", "standard",
                 text="treated, early stage", flat=(flat, "", "5")),
            Case(f"{stages} and months_since_end >= {later}", "standard",
                 text="treated long ago, early stage"),
            Case(f"not ({stages}) and months_since_end < 120", "decline", text="later stage"),
            Case(f"not ({stages}) and months_since_end >= 120", "table_2", "table_6",
                 "later stage, 10 years ago"),
        ),
        (Ask("stage", "choice", "Which stage was it?", "stage 1",
             "stage 0|stage 1|stage 2|stage 3|stage 4"),),
    )  # fmt: skip


_EARLY, _FIRST_THREE = (
    'stage in ["stage 0", "stage 1"]',
    'stage in ["stage 0", "stage 1", "stage 2"]',
)
CANCER = _after("cancer", "Cancer", 36, _EARLY, "7.50")
BREAST = _after("breast_cancer", "Breast cancer", 12, _EARLY, "5")
PROSTATE = _after("prostate_cancer", "Prostate cancer", 6, _FIRST_THREE, "3.50")
MELANOMA = Block(
    "melanoma", "Melanoma", _CANCER,
    (
        Case("depth_mm <= 0.8", "standard_plus", text="to 0.8 mm"),
        Case("0.8 < depth_mm <= 2 and months_since < 36", "postpone", text="to 2 mm, within 3 years",
             postpone=("36", "since")),
        Case("0.8 < depth_mm <= 2 and months_since >= 36", "standard", text="to 2 mm",
             flat=("5", "7.50", "4")),
        Case("depth_mm > 2", "decline", text="above 2 mm"),
    ),
    (Ask("depth_mm", "number", "How deep was it (Breslow)?", "0.7", unit="mm"),),
)  # fmt: skip
BASAL_CELL = Block("basal_cell_carcinoma", "Basal cell carcinoma", _CANCER, (Case("", "any"),))

EVERY_MIND = (DEPRESSION, ANXIETY, BIPOLAR, ATTEMPT, ADHD)
EVERY_SUBSTANCE = (ALCOHOL, DRUGS)
EVERY_CANCER = (CANCER, BREAST, PROSTATE, MELANOMA, BASAL_CELL)
