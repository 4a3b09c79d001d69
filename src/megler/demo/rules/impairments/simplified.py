"""Simplified issue and final expense: knock-outs, combinations and lists of prescriptions.

Nobody is examined, so every question has one of two answers: yes is a decline (or, where the carrier
has one, a case for its graded plan), no is no concern.
"""

from megler.demo.rules.impairments.blocks import Ask, Block, Case

_GROUP = "knock_out"
_NEVER = ("dementia", "als", "heart_failure", "cirrhosis", "hiv", "cystic_fibrosis", "sickle_cell",
          "organ_transplant", "parkinsons_disease")  # fmt: skip
"""What nobody takes without an examination, and few with one."""
_HARMLESS = ("hypertension", "hyperlipidemia", "prediabetes", "thyroid_disorder", "reflux", "gout",
             "osteoarthritis", "anxiety", "migraine", "sleep_apnea", "adhd", "back_disorder",
             "basal_cell_carcinoma", "heart_murmur")  # fmt: skip


def _name(code: str) -> str:
    return code.replace("_", " ").capitalize()


NEVER = tuple(
    Block(code, _name(code), _GROUP, (Case("", "decline", text="a knock-out question"),))
    for code in _NEVER
)
HARMLESS = tuple(
    Block(code, _name(code), _GROUP, (Case("", "any", text="not asked about"),))
    for code in _HARMLESS
)


def within(code: str, name: str, months: int) -> Block:
    """A knock-out for so many months after it; later of no concern."""
    return Block(
        code, name, _GROUP,
        (
            Case(f"months_since < {months}", "decline", text=f"within {months} months"),
            Case(f"months_since >= {months}", "any", text=f"{months} months ago and more"),
        ),
    )  # fmt: skip


def knock_outs(months: int) -> tuple[Block, ...]:
    """Heart, brain and cancer by how long ago; `months` is the carrier's look-back."""
    return (
        within("coronary_artery_disease", "Heart attack, stent, bypass or angina", months),
        within("atrial_fibrillation", "Atrial fibrillation", max(months - 12, 12)),
        within("stroke", "Stroke", months),
        within("tia", "Transient ischemic attack", months),
        within("cancer", "Cancer, other than basal cell", months + 12),
        within("suicide_attempt", "Suicide attempt", months + 24),
        within("drug_abuse", "Drug abuse", months + 24),
        within("alcohol_abuse", "Alcohol abuse", months),
    )


def diabetes(insulin_from_age: int) -> tuple[Block, ...]:
    """Diabetes: pills are no concern, insulin is one when it began early, complications always."""
    asks = (
        Ask("insulin", "flag", "Is insulin used?", "no"),
        Ask("complications", "flag", "Are eyes, nerves, kidneys or limbs affected?", "no"),
    )
    early = f"insulin and age < {insulin_from_age}"
    return tuple(
        Block(
            code, name, _GROUP,
            (
                Case("complications", "decline", text="with complications"),
                Case(f"not complications and {early}", "decline",
                     text=f"on insulin before {insulin_from_age}"),
                Case(f"not complications and not ({early})", "any", text="any other"),
            ),
            asks,
        )
        for code, name in (
            ("diabetes", "Diabetes"),
            ("diabetes_type_1", "Diabetes type 1"),
            ("diabetes_type_2", "Diabetes type 2"),
        )
    )  # fmt: skip


def lungs(decline_always: bool) -> Block:
    """COPD: a knock-out always, or with oxygen or nicotine."""
    if decline_always:
        return Block("copd", "COPD", _GROUP, (Case("", "decline", text="a knock-out question"),))
    return Block(
        "copd", "COPD", _GROUP,
        (
            Case('oxygen or nicotine == "user"', "decline", text="with oxygen or nicotine"),
            Case('not oxygen and nicotine == "none"', "any", text="without oxygen or nicotine"),
        ),
        (Ask("oxygen", "flag", "Is oxygen used at home?", "no"),),
    )  # fmt: skip


ASTHMA = Block(
    "asthma", "Asthma", _GROUP,
    (
        Case("hospital_within_2_years", "decline", text="in hospital within 2 years"),
        Case("not hospital_within_2_years", "any", text="not in hospital"),
    ),
    (Ask("hospital_within_2_years", "flag", "Any stay in hospital for it in 2 years?", "no"),),
)  # fmt: skip
DEPRESSION = Block(
    "depression", "Depression", _GROUP,
    (
        Case("hospital_within_2_years", "decline", text="in hospital within 2 years"),
        Case("not hospital_within_2_years", "any", text="not in hospital"),
    ),
    (Ask("hospital_within_2_years", "flag", "Any stay in hospital for it in 2 years?", "no"),),
)  # fmt: skip


def dui(months: int) -> Block:
    """Driving under the influence within the carrier's look-back."""
    return Block(
        "dui", "Driving under the influence", "driving",
        (
            Case(f'months_since < {months} or count("dui", 120) >= 2', "decline",
                 text=f"within {months} months, or twice"),
            Case(f'months_since >= {months} and count("dui", 120) < 2', "any", text="long ago"),
        ),
        listed="driving",
    )  # fmt: skip


VIOLATION = Block(
    "minor_violation", "Moving violation", "driving",
    (
        Case('count("minor_violation", 36) <= 3', "any", text="up to 3 in 3 years"),
        Case('count("minor_violation", 36) > 3', "decline", text="more than 3 in 3 years"),
    ),
    listed="driving",
)  # fmt: skip
FELONY = Block(
    "felony", "Felony", "criminal",
    (
        Case("months_since_end < 60", "decline", text="within 5 years"),
        Case("months_since_end >= 60", "any", text="5 years ago and more"),
    ),
    listed="criminal",
)  # fmt: skip
TOGETHER = Block(
    "combinations", "Conditions together", _GROUP,
    (
        Case('has("diabetes") and (has("coronary_artery_disease") or has("stroke"))', "decline",
             text="diabetes with heart disease or a stroke"),
        Case(
            'has("copd") and has("coronary_artery_disease") '
            'and not (has("diabetes") and (has("coronary_artery_disease") or has("stroke")))',
            "decline", text="COPD with heart disease",
        ),
        Case(
            'not (has("diabetes") and (has("coronary_artery_disease") or has("stroke"))) '
            'and not (has("copd") and has("coronary_artery_disease"))',
            "any", text="none of these together",
        ),
    ),
    listed="person",
)  # fmt: skip
PRESCRIPTIONS = (
    Block("memory_drugs", "Drugs for dementia", "prescription",
          (Case("", "decline", text="on the list of prescriptions"),), listed="medications",
          words="donepezil|memantine|rivastigmine|galantamine|alzheimer's medications"),
    Block("addiction_drugs", "Drugs for addiction", "prescription",
          (Case("months_since_end >= 36", "any", text="ended 3 years ago"),
           Case("not ended or months_since_end < 36", "decline",
                text="on the list of prescriptions, within 3 years")),
          listed="medications",
          words="methadone|buprenorphine|naltrexone|disulfiram|acamprosate"
          "|substance use disorder treatments"),
    Block("oxygen_prescribed", "Oxygen at home", "prescription",
          (Case("", "decline", text="on the list of prescriptions"),), listed="medications",
          words="home oxygen|oxygen|oxygen therapy"),
    Block("nitrates", "Nitrates", "prescription",
          (Case('has("coronary_artery_disease")', "any", text="the heart decides"),
           Case('not has("coronary_artery_disease")', "decline", text="the heart was not told")),
          listed="medications", words="nitroglycerin|isosorbide|isosorbide mononitrate|nitrates"),
    Block("immune_drugs", "Drugs after a transplant", "prescription",
          (Case("", "decline", text="on the list of prescriptions"),), listed="medications",
          words="tacrolimus|cyclosporine|mycophenolate"),
)  # fmt: skip


def graded(months: int) -> tuple[Block, ...]:
    """A graded plan: it pays less in its first years, so most of what the level plan declines passes."""
    passes = ("copd", "diabetes", "diabetes_type_1", "diabetes_type_2", "atrial_fibrillation",
              "asthma", "depression", "bipolar_disorder", "kidney_disease",
              "alcohol_abuse", "parkinsons_disease")  # fmt: skip
    declined = tuple(one for one in NEVER if one.code not in passes)
    return (
        *declined,
        *HARMLESS,
        *(Block(c, _name(c), _GROUP, (Case("", "any", text="passes"),)) for c in passes),
        within("coronary_artery_disease", "Heart attack, stent, bypass or angina", months),
        within("stroke", "Stroke", months),
        within("tia", "Transient ischemic attack", months),
        within("cancer", "Cancer, other than basal cell", 2 * months),
        PRESCRIPTIONS[0],
        PRESCRIPTIONS[2],
    )
