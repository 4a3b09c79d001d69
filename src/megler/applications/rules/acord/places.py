"""Which question's answer stands in which field of which record: one table for both ways."""

from collections.abc import Mapping

from megler.forms.rules.questionnaire import AnswerType, Question

Fields = Mapping[str, str]
"""A record's field by question key."""

INSURED_TEXTS: Fields = {
    "insured_first_name": "first_name",
    "insured_middle_name": "middle_name",
    "insured_last_name": "last_name",
    "insured_born": "born",
    "insured_income": "income",
    "insured_net_worth": "net_worth",
    "insured_employer": "employer",
    "insured_licence": "licence_number",
}
INSURED_CODES: Fields = {
    "insured_sex": "gender",
    "insured_marital_status": "marital",
    "insured_licence_state": "licence_state",
    "nicotine": "smoker",
    "has_existing": "existing_insurance",
    "replacing": "replaces_insurance",
}
"""Answers whose stored value is our word for ACORD's code."""

OWNER_TEXTS: Fields = {"owner_born": "born"}
POLICY_TEXTS: Fields = {"cover_face_amount": "face_amount", "cover_premium": "premium"}
POLICY_CODES: Fields = {
    "cover_mode": "mode",
    "cover_purpose": "purpose",
    "payment_method": "method",
}
BANK_TEXTS: Fields = {"bank_routing": "routing", "bank_account": "account"}
CARDS = frozenset({"credit_card", "debit_card"})
"""Kinds of account whose number is a card's."""

PREMIUM_BASIS = {"never": "non_tobacco", "current": "tobacco"}
"""What a premium is reckoned on, by what the person says of tobacco; past use tells neither."""

KINDS_IN_FORCE = {
    "life": "life", "annuity": "annuity", "long_term_care": "ltc", "endowment": "endowment",
}  # fmt: skip
"""Kind of a policy in force by line of business, or by product type."""

RECIPROCAL = {
    "spouse": "spouse", "sibling": "sibling", "partner": "partner", "friend": "friend",
    "domestic_partner": "domestic_partner", "former_spouse": "former_spouse", "fiance": "fiance",
    "child": "parent", "parent": "child", "employer": "employee", "employee": "employer",
    "grandparent": "grandchild", "grandchild": "grandparent", "stepchild": "stepparent",
    "stepparent": "stepchild", "business_associate": "business_associate",
    "common_law_spouse": "common_law_spouse", "not_related": "not_related",
}  # fmt: skip
"""What one is to another who is this to them."""

SECRETS = {
    "insured_ssn": "insured",
    "owner_ssn": "owner",
    "owner_tax_id": "owner",
    "bank_account": "bank",
}
"""Numbers that identify somebody: they stand once in a message, in their place, on no form."""

OUR_VENDOR = "Megler"
ANSWERS, OFFER = "Answers", "Offer"
"""Elements of our own extension: answers as they are kept, and the offer chosen."""

PRODUCT_TYPES = {
    "term_life": ("life", "term_life", "term_level"),
    "whole_life": ("life", "whole_life", "whole_life"),
    "universal_life": ("life", "universal_life", "universal_life"),
    "final_expense": ("life", "final_expense", "final_expense"),
    "endowment": ("life", "endowment", "endowment"),
    "group_term_life": ("life", "term_life", "term_level"),
    "annuity": ("annuity", "fixed_annuity", ""),
    "disability": ("disability", "", ""),
    "long_term_care": ("", "long_term_care", ""),
    "critical_illness": ("health", "critical_illness", ""),
    "health": ("health", "health", ""),
    "medicare_supplement": ("health", "medicare_supplement", ""),
}
"""Line of business, product type and kind of coverage for our lines; empty where ACORD has none here."""

SAID_AS: Mapping[str, Mapping[str, str]] = {
    "payment_method": {"pre_authorized_check": "bank_draft"},
    "cover_purpose": {
        "family": "income", "key_person": "business", "buy_sell": "business",
        "last_expense": "estate", "loan": "mortgage",
    },
}  # fmt: skip
"""Words of ACORD's that a question of ours says otherwise, by the question's key."""

_TEXT = frozenset({AnswerType.TEXT, AnswerType.LONG_TEXT, AnswerType.TAX_ID})
_WORD = frozenset({AnswerType.CHOICE, AnswerType.YES_NO, AnswerType.STATE})
_NUMBER = frozenset({AnswerType.MONEY, AnswerType.WHOLE, AnswerType.HEIGHT})
_TYPES: Mapping[str, frozenset[AnswerType]] = {
    **dict.fromkeys(INSURED_TEXTS, _TEXT),
    **dict.fromkeys((*INSURED_CODES, *POLICY_CODES), _WORD),
    **dict.fromkeys(("insured_born", "owner_born"), frozenset({AnswerType.DATE})),
    **dict.fromkeys(
        ("insured_income", "insured_net_worth", "height_in", "weight_lb", *POLICY_TEXTS), _NUMBER
    ),
    **dict.fromkeys(("insured_address", "owner_address"), frozenset({AnswerType.ADDRESS})),
    **dict.fromkeys(("beneficiaries", "existing_cover"), frozenset({AnswerType.LIST})),
    **dict.fromkeys(("insured_ssn", "owner_ssn"), frozenset({AnswerType.SSN})),
    "bank_routing": frozenset({AnswerType.ROUTING}),
    "bank_account": frozenset({AnswerType.ACCOUNT}),
}


def fits(question: Question) -> bool:
    """Whether an answer of this kind can stand in the place that its key has.

    Form sets are free to ask otherwise under the same key; such an answer stands on its form alone.
    """
    if question.key in _TYPES:
        return question.type in _TYPES[question.key]
    return question.type not in {AnswerType.LIST, AnswerType.MANY, AnswerType.ADDRESS}


def can_say(question: Question, word: str) -> bool:
    """Whether a word of a code can be an answer: one that is not offered is left, not forced."""
    if word in {"", "other"}:
        return False
    return not question.choices or word in dict(question.choices)
