"""Heart, vessels and brain, as the fictional carriers rate them."""

from megler.demo.rules.impairments.blocks import Ask, Block, Case

_HEART, _BRAIN = "cardiovascular", "neurological"

HYPERTENSION = Block(
    "hypertension", "Hypertension", _HEART,
    (
        Case("controlled", "any", text="controlled: the limits of each class decide"),
        Case("not controlled", "postpone", text="until it is controlled", postpone=("6", "today")),
    ),
    (Ask("controlled", "flag", "Is the blood pressure under control?", "yes"),),
)  # fmt: skip
CHOLESTEROL = Block(
    "hyperlipidemia", "High cholesterol", _HEART,
    (Case("", "any", text="the limits of each class decide"),),
)  # fmt: skip
_KNOWN = "months_since >= 6 and age_at_onset >= 45"
CORONARY = Block(
    "coronary_artery_disease", "Coronary artery disease", _HEART,
    (
        Case("months_since < 6", "postpone", text="within 6 months", postpone=("6", "since")),
        Case(
            "months_since >= 6 and (age_at_onset < 45 or ejection_fraction < 40)",
            "decline", text="before 45, or a weak heart",
        ),
        Case(
            f"{_KNOWN} and 40 <= ejection_fraction < 50",
            "table_6", "table_8", "ejection fraction of 40 to 49",
        ),
        Case(
            f"{_KNOWN} and age_at_onset < 55 and ejection_fraction >= 50",
            "table_4", "table_6", "from 45 to 54, good function",
        ),
        Case(
            f"{_KNOWN} and age_at_onset >= 55 and ejection_fraction >= 50",
            "table_2", "table_4", "from 55, good function",
        ),
        Case('nicotine == "user"', "+50", rule="add", text="and nicotine"),
    ),
    (Ask("ejection_fraction", "number", "What is the ejection fraction?", "60", unit="%"),),
)  # fmt: skip
FIBRILLATION = Block(
    "atrial_fibrillation", "Atrial fibrillation", _HEART,
    (
        Case("months_since < 6", "postpone", text="within 6 months", postpone=("6", "since")),
        Case(
            'months_since >= 6 and kind == "paroxysmal" and age_at_onset >= 50',
            "standard", "table_2", "now and then, from 50",
        ),
        Case(
            'months_since >= 6 and kind == "paroxysmal" and age_at_onset < 50',
            "table_2", "table_3", "now and then, before 50",
        ),
        Case(
            'months_since >= 6 and kind in ["persistent", "permanent"]',
            "table_2", "table_4", "lasting",
        ),
        Case('has("stroke") or has("tia")', "table_6", rule="at_least", text="and a stroke or TIA"),
    ),
    (
        Ask(
            "kind", "choice", "Does it come and go, or does it last?", "paroxysmal",
            "paroxysmal|persistent|permanent",
        ),
    ),
)  # fmt: skip
MURMUR = Block(
    "heart_murmur", "Heart murmur", _HEART,
    (
        Case('kind == "functional"', "any", text="functional"),
        Case('kind == "organic"', "individual_consideration", text="of a valve"),
    ),
    (Ask("kind", "choice", "Is it functional or of a valve?", "functional", "functional|organic"),),
)  # fmt: skip
PROLAPSE = Block(
    "mitral_valve_prolapse", "Mitral valve prolapse", _HEART,
    (
        Case("not regurgitation", "preferred", text="without regurgitation"),
        Case("regurgitation", "standard", "table_3", "with regurgitation"),
    ),
    (Ask("regurgitation", "flag", "Is there regurgitation?", "no"),),
)  # fmt: skip
HEART_FAILURE = Block("heart_failure", "Heart failure", _HEART, (Case("", "decline"),))
ANEURYSM = Block(
    "aortic_aneurysm", "Aortic aneurysm", _HEART,
    (
        Case("not operated", "decline", text="not operated"),
        Case("operated and months_since < 12", "postpone", postpone=("12", "since")),
        Case("operated and months_since >= 12", "table_4", "table_6", "operated a year ago"),
    ),
    (Ask("operated", "flag", "Has it been operated on?"),),
)  # fmt: skip
STROKE = Block(
    "stroke", "Stroke", _BRAIN,
    (
        Case("entries > 1", "decline", text="more than one"),
        Case(
            "entries == 1 and months_since < 12", "postpone", text="within a year",
            postpone=("12", "since"),
        ),
        Case(
            "entries == 1 and months_since >= 12 and age_at_onset < 55",
            "table_6", "table_8", "before 55",
        ),
        Case(
            "entries == 1 and months_since >= 12 and age_at_onset >= 55",
            "table_4", "table_6", "from 55",
        ),
        Case('nicotine == "user" or has("diabetes")', "decline", rule="at_least",
             text="with nicotine or diabetes"),
    ),
)  # fmt: skip
TIA = Block(
    "tia", "Transient ischemic attack", _BRAIN,
    (
        Case("months_since < 6", "postpone", text="within 6 months", postpone=("6", "since")),
        Case("6 <= months_since < 36", "table_2", "table_4", "within 3 years"),
        Case("months_since >= 36", "standard", "table_2", "3 years ago and more"),
        Case("entries > 1", "+50", rule="add", text="more than one"),
    ),
)  # fmt: skip
EPILEPSY = Block(
    "epilepsy", "Epilepsy", _BRAIN,
    (
        Case("months_since_last_seizure < 12", "table_3", "table_6", "a seizure within a year"),
        Case("12 <= months_since_last_seizure < 60", "standard", "table_2", "within 5 years"),
        Case("months_since_last_seizure >= 60", "standard_plus", text="none for 5 years"),
    ),
    (Ask("last_seizure", "date", "When was the last seizure?"),),
)  # fmt: skip
SCLEROSIS = Block(
    "multiple_sclerosis", "Multiple sclerosis", _BRAIN,
    (
        Case('course == "relapsing" and not disabled', "table_2", "table_4", "relapsing, mild"),
        Case('course == "relapsing" and disabled', "table_6", "table_8", "relapsing, disabled"),
        Case('course == "progressive"', "decline", text="progressive"),
    ),
    (
        Ask("course", "choice", "Is it relapsing or progressive?", "relapsing",
            "relapsing|progressive"),
        Ask("disabled", "flag", "Is walking or daily life impaired?", "no"),
    ),
)  # fmt: skip
PARKINSON = Block(
    "parkinsons_disease", "Parkinson's disease", _BRAIN,
    (
        Case("age_at_onset < 60", "decline", text="before 60"),
        Case("age_at_onset >= 60", "table_4", "table_8", "from 60"),
    ),
)  # fmt: skip
DEMENTIA = Block("dementia", "Dementia", _BRAIN, (Case("", "decline"),))
MIGRAINE = Block("migraine", "Migraine", _BRAIN, (Case("", "any"),))

EVERY = (
    HYPERTENSION, CHOLESTEROL, CORONARY, FIBRILLATION, MURMUR, PROLAPSE, HEART_FAILURE, ANEURYSM,
    STROKE, TIA, EPILEPSY, SCLEROSIS, PARKINSON, DEMENTIA, MIGRAINE,
)  # fmt: skip
