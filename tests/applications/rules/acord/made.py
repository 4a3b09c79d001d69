"""Answers to any question of any type, and questionnaires that ask them."""

import string
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from hypothesis import strategies as st

from megler.applications.rules.acord.told import Applied, Signed
from megler.exchange.txlife.records import Attachment, Coded, Extension
from megler.forms.rules.answers import read_answer, routing_possible, ssn_possible
from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
    Section,
    SignerRole,
)
from megler.vocabulary.codes import JURISDICTIONS

LETTERS = string.ascii_letters + "ÆØÅæøåéüß漢😀 '’\"&<>;=+@-,.()/\\"
_KNOWN_KEYS = (
    "insured_first_name", "insured_last_name", "insured_born", "insured_ssn", "insured_address",
    "insured_sex", "insured_income", "insured_phone", "insured_email", "owner_is_insured",
    "owner_name", "owner_ssn", "owner_tax_id", "owner_address", "owner_kind", "beneficiaries",
    "existing_cover", "nicotine", "height_in", "weight_lb", "bank_routing", "bank_account",
    "physician_name", "physician_place", "cover_mode", "cover_face_amount", "payment_method",
    "payment_payor", "replacing", "cover_purpose", "insured_birth_place",
)  # fmt: skip
_CHOICES = (("a", "First"), ("yes", "Yes, of course"), ("monthly", "Each month"), ("x_1", "Ørret"))


def _digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def raws(question: Question) -> st.SearchStrategy[Any]:
    """What somebody may type or choose."""
    text = st.text(LETTERS, min_size=1, max_size=30)
    simple: dict[AnswerType, st.SearchStrategy[Any]] = {
        AnswerType.TEXT: text,
        AnswerType.DRUG: text,
        AnswerType.CONDITION: text,
        AnswerType.TAX_ID: _digits(9),
        AnswerType.LONG_TEXT: st.text(LETTERS + "\n\t", min_size=1, max_size=60),
        AnswerType.DATE: st.dates(date(1900, 1, 1)).map(str),
        AnswerType.MONEY: st.decimals(0, 10**9, places=2).map(str),
        AnswerType.WHOLE: st.integers(0, 10**6),
        AnswerType.HEIGHT: st.integers(20, 96).map(str),
        AnswerType.YES_NO: st.sampled_from(["yes", "no"]),
        AnswerType.SSN: _digits(9).filter(ssn_possible),
        AnswerType.PHONE: st.just("5125550142") | st.just("+4722334455"),
        AnswerType.EMAIL: st.from_regex(r"[a-z]{1,8}\+?[a-z]{0,3}@[a-z]{1,8}\.no", fullmatch=True),
        AnswerType.PERCENT: st.decimals(0, 100, places=2).map(str),
        AnswerType.STATE: st.sampled_from(sorted(JURISDICTIONS)),
        AnswerType.ROUTING: st.just("021000021").filter(routing_possible),
        AnswerType.ACCOUNT: st.text("0123456789", min_size=4, max_size=17),
    }
    if question.type is AnswerType.CHOICE:
        return st.sampled_from([key for key, _ in question.choices])
    if question.type is AnswerType.MANY:
        return st.lists(
            st.sampled_from([key for key, _ in question.choices]), min_size=1, unique=True
        )
    if question.type is AnswerType.ADDRESS:
        return st.fixed_dictionaries(
            {},
            optional={
                "street": text, "unit": text, "city": text, "zip": _digits(5),
                "state": st.sampled_from(sorted(JURISDICTIONS)),
            },
        )  # fmt: skip
    if question.type is AnswerType.LIST:
        item = st.fixed_dictionaries({}, optional={f.key: raws(f) for f in question.fields})
        return st.lists(item, min_size=1, max_size=3)
    return simple[question.type]


@st.composite
def answers_to(draw: st.DrawFn, questionnaire: Questionnaire) -> dict[str, Answer]:
    """Some of the questions answered, as the application keeps them; a few cannot be read."""
    found = {}
    for _, question in questionnaire.questions():
        value, problems = read_answer(question, draw(raws(question)))
        by = draw(st.sampled_from(["", "Kari Øst", "Bo O'Brien"]))
        if problems:
            found[question.key] = Answer(None, by, "2026-03-02", "client", 1, "31.02 \x0b\r\n")
        elif value is not None:
            found[question.key] = Answer(value, by, "2026-03-02T09:00:00+00:00", "client", 1)
    return found


def some_answers(questionnaire: Questionnaire, seed: int) -> dict[str, Answer]:
    """About all of the questions answered by chance, always alike for one seed."""
    chance, found = Random(seed), {}
    for _, question in questionnaire.questions():
        value, problems = read_answer(question, _typed(question, chance))
        if value is not None and not problems and chance.random() < 0.9:
            found[question.key] = Answer(value, "Kari Øst", "2026-03-02", "client", seed)
    return found


def _typed(question: Question, chance: Random) -> Any:
    """What somebody typed, by chance; often without sense, as `read_answer` tells."""
    words = "".join(chance.choices(LETTERS, k=chance.randint(1, 40)))
    day = f"{chance.randint(1930, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    ways: dict[AnswerType, Any] = {
        AnswerType.DATE: day,
        AnswerType.MONEY: f"{chance.randint(0, 10**9) / 100:.2f}",
        AnswerType.WHOLE: chance.randint(question.min or 0, question.max or 3000),
        AnswerType.HEIGHT: "5'4\"",
        AnswerType.YES_NO: chance.choice(["yes", "no"]),
        AnswerType.SSN: f"{chance.randint(100, 600)}{chance.randint(10, 99)}1121",
        AnswerType.TAX_ID: "12-3456789",
        AnswerType.PHONE: "+4722334455",
        AnswerType.EMAIL: "kari@example.no",
        AnswerType.PERCENT: str(chance.randint(0, 100)),
        AnswerType.STATE: chance.choice(sorted(JURISDICTIONS)),
        AnswerType.ROUTING: "021000021",
        AnswerType.ACCOUNT: str(chance.randint(10**4, 10**15)),
    }
    if question.choices:
        return chance.choice(question.choices)[0]
    if question.type is AnswerType.ADDRESS:
        return {"street": words, "city": "Oslo", "state": "TX", "zip": "75001"}
    if question.type is AnswerType.LIST:
        return [{f.key: _typed(f, chance) for f in question.fields} for _ in range(3)]
    return ways.get(question.type, words)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Questions of every type, under keys of their own and under keys that ACORD has places for."""
    keys = st.sampled_from(_KNOWN_KEYS) | st.from_regex(r"[a-z]{2,8}_[a-z]{2,6}", fullmatch=True)
    names = draw(st.lists(keys, min_size=1, max_size=4, unique=True))
    questions = [question(key, draw(st.sampled_from(AnswerType))) for key in names]
    half = len(questions) // 2
    return Questionnaire(
        key="made",
        name="Made",
        edition="M-1",
        forms=(
            FormSpec("application", "Application", "M-1", (SignerRole.INSURED,)),
            FormSpec("more", "More", "M-2", (SignerRole.AGENT,)),
        ),
        sections=(
            Section("one", "One", "application", tuple(questions[:half])),
            Section("two", "Two", "more", tuple(questions[half:])),
        ),
    )


def question(key: str, kind: AnswerType) -> Question:
    """A question of a type; a list asks one of each simple type."""
    fields: tuple[Question, ...] = ()
    if kind is AnswerType.LIST:
        inner = [AnswerType.TEXT, AnswerType.DATE, AnswerType.MONEY, AnswerType.YES_NO]
        names = ["name", "born", "amount", "replace"]
        fields = tuple(question(n, k) for n, k in zip(names, inner, strict=True))
        share = question("share", AnswerType.PERCENT)
        fields = (*fields, share, question("class", AnswerType.CHOICE))
    choices = _CHOICES if kind in {AnswerType.CHOICE, AnswerType.MANY} else ()
    return Question(key, kind, f"Question {key}?", key, fields=fields, choices=choices)


SENT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


def applied(**changes: Any) -> Applied:
    """An application as it is told beside its answers."""
    told: dict[str, Any] = {
        "guid": "0c86e6a9-b001-4f7e-9a51-6f1d2f0a9d2f",
        "reference": "A-10001",
        "carrier": "fjord-life",
        "carrier_name": "Fjord Life",
        "product": "term",
        "product_name": "Fjord Term",
        "line": "term_life",
        "offer": {"carrier": "fjord-life", "face_amount": "500000", "mode": "monthly",
                  "premium": "37.71", "term_years": 20, "class": "preferred", "table": None},
        "agent_name": "Anna Berg",
        "agent_npn": "1234567",
        "agent_email": "anna@example.com",
        "agent_phone": "5125550100",
        "sent_at": SENT,
        "agency": "Berg & Sønn",
        "signatures": (Signed(SignerRole.INSURED, "Kari Hope", SENT),
                       Signed(SignerRole.AGENT, "Anna Berg", SENT)),
    }  # fmt: skip
    return Applied(**{**told, **changes})


def file_of(content: bytes) -> Attachment:
    """A file to go along."""
    made = Attachment(content, "File_1", "packet.pdf", mime=Coded("application/pdf"))
    return replace(made, extensions=(Extension("Sha256", made.sha256, "Megler", "Sha256"),))
