"""What is known of a life for a guide's conditions: each fact's answer, and where it stands."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from megler.carriers.rules.guide import Guide, Nicotine
from megler.carriers.rules.ratings import PRODUCTS, Impairment, Listed, Question, QuestionType
from megler.carriers.rules.when.tree import Fact
from megler.underwriting.rules.mentions import HISTORY, Mention
from megler.underwriting.rules.people import Day, Entry, Person
from megler.underwriting.rules.shape import days_of
from megler.underwriting.rules.uses import answer_of_product
from megler.underwriting.rules.whens import Answer, OneOf, Span, exactly
from megler.underwriting.rules.worded import answer_in_words
from megler.vocabulary.ages import add_months, age_last
from megler.vocabulary.conditions import conditions, drug

_KG_PER_LB, _M_PER_IN = Decimal("0.45359237"), Decimal("0.0254")
_MOST = Decimal(10**12)
_DAYS_IN_MONTH = 32
_MOST_KEPT = 20_000
_SINCE = {"months_since": ("since", 1), "years_since": ("since", 12)}
_SINCE |= {"months_since_end": ("until", 1), "years_since_end": ("until", 12)}
_OF_EVENT = {"since": "on", "until": "ended"}
_USED = frozenset(PRODUCTS) - {"marijuana"}
"""Nicotine products as arguments; marijuana is a condition."""
TRIVIAL = frozenset({"age", "sex", "jurisdiction", "amount", "total_amount", "bmi", "nicotine"})
"""Facts of the person that say nothing of whether a subject was touched on."""


@dataclass(frozen=True, slots=True)
class Life:
    """A person on a day as a guide sees them: what they mention, and what they may be.

    `statuses` are the nicotine statuses still possible; `amount` the amount asked for.
    """

    guide: Guide
    person: Person
    on: date
    ages: tuple[int, int] | None
    amount: Decimal | None
    statuses: frozenset[Nicotine]
    mentions: tuple[Mention, ...]


@dataclass(slots=True)
class Knowledge:
    """The answers to a guide's facts, of a life, or of one entry of it judged as an impairment.

    With `usual` an open question has its usual answer. `supposed` collects the person's questions
    that were never answered and were supposed usual (none where it `supposes` nothing); `misread`
    the answers that are none.
    """

    life: Life
    impairment: Impairment | None = None
    mention: Mention | None = None
    usual: bool = False
    later_months: int = 0
    supposes: bool = True
    supposed: dict[str, str] = field(default_factory=dict)
    misread: dict[str, tuple[str, str]] = field(default_factory=dict)
    _answers: dict[Fact | str, Answer] = field(default_factory=dict)

    def __call__(self, fact: Fact) -> Answer:
        """What is known of a fact; None: nothing."""
        key = fact if fact.arguments else fact.name
        if key not in self._answers:
            self._answers[key] = self._find(fact)
        return self._answers[key]

    def place(self, fact: Fact) -> str:
        """The key of the facts document where the fact's answer belongs."""
        question = self._question(fact.name)
        at = self.mention.place if self.mention else ""
        if question is not None:
            of_entry = question.impairment is not None and at and at != "occupation"
            return f"{at}.details.{question.key}" if of_entry else f"details.{question.key}"
        if fact.name in _SINCE and not fact.arguments:
            key = "until" if fact.name.endswith("end") else "since"
            event = at.startswith(("driving", "criminal"))
            return f"{at}.{_OF_EVENT[key]}" if event else f"{at}.{key}"
        if fact.arguments:
            return self._list_of(fact)
        if fact.name in {"days", "country", "dose"}:
            return f"{at}.{fact.name}"
        if fact.name == "age_at_onset":
            dated = self.mention is not None and self.mention.entry.since is not None
            return "born" if dated else self.place(Fact("months_since"))
        return _PLACES.get(fact.name, fact.name)

    def question(self, fact: Fact) -> str:
        """The guide's question for a fact; empty: it has none."""
        asked = self._question(fact.name)
        return asked.text if asked else ""

    def _question(self, name: str) -> Question | None:
        questions = questions_of(self.life.guide)
        own = self.impairment.code if self.impairment else None
        return questions.get((own, name)) or questions.get((None, name))

    def _find(self, fact: Fact) -> Answer:
        asked = self._question(fact.name)
        if asked is not None and not fact.arguments:
            return self._answered(asked, fact.name)
        if fact.arguments and fact.arguments[0] in _USED and fact.name != "takes":
            return self._of_product(fact)
        if fact.arguments:
            return self._called(fact)
        if self.mention is not None and fact.name in _OF_ENTRY:
            return self._of_entry(fact.name, self.mention.entry)
        return _of_person(self.life, fact.name)

    def _answered(self, asked: Question, name: str) -> Answer:
        key, details = asked.key, self.life.person.details
        place = self.place(Fact(name))
        found: object = None
        if self.mention is not None:
            found = self.mention.entry.details.get(key)
        if found is None:
            found = details.get(key)
        if found is not None:
            answer = _read(asked, name, found, self.life.on, self.later_months)
            if answer is None:
                self.misread[place] = (_shown(found), expected(asked))
            return answer
        if asked.impairment is not None and self.mention is not None:
            answer = self._worded(asked, self.mention.entry.name or "")
            if answer is not None:
                return answer
        if asked.usual and (self.usual or (self.supposes and asked.impairment is None)):
            self.supposed[place] = asked.usual
            return _read(asked, name, asked.usual, self.life.on, 0)
        return None

    def _worded(self, asked: Question, words: str) -> Answer:
        """What an entry's name answers; found once for a guide, as names come again."""
        known: dict[tuple[int, str], Answer] = self.life.guide.once("worded", lambda _: {})
        key = id(asked), words
        if key not in known:
            if len(known) > _MOST_KEPT:
                known.clear()
            known[key] = answer_in_words(asked, words)
        return known[key]

    def _of_entry(self, name: str, entry: Entry) -> Answer:
        if name in _SINCE:
            held, unit = _SINCE[name]
            return self._months(getattr(entry, held), unit)
        if name == "ended":
            return entry.until is not None and entry.until.last <= self.life.on
        if name == "age_at_onset":
            return _age_at(self.life, entry.since)
        if name == "entries":
            return exactly(self._count(self.impairment.code if self.impairment else "", None)[1])
        if name == "country":
            return entry.name
        found = entry.details.get(name) if name == "days" else entry.dose
        return _figure(found) if name == "days" else found if isinstance(found, str) else None

    def _months(self, day: Day | None, unit: int) -> Answer:
        if day is None:
            return None
        low, high = (months_since(one, self.life.on) for one in (day.last, day.first))
        return Span((low + self.later_months) / unit, (high + self.later_months) / unit)

    def _of_product(self, fact: Fact) -> Answer:
        product, *more = fact.arguments
        within = int(Decimal(more[0])) if more else None
        person = self.life.person
        return answer_of_product(fact.name, product, within, person, lambda d: self._months(d, 1))

    def _called(self, fact: Fact) -> Answer:
        code, *more = fact.arguments
        match fact.name:
            case "has":
                return _flag(*self._count(code, None))
            case "takes":
                return self._takes(code)
            case "count":
                low, high = self._count(code, int(Decimal(more[0])) if more else None)
                return Span(Decimal(low), Decimal(high))
            case _:
                days = [m.entry.since for m in self.life.mentions if code in m.codes]
                spans = [self._months(day, 12 if fact.name == "years_since" else 1) for day in days]
                known = [span for span in spans if isinstance(span, Span)]
                if not spans:
                    return Span(_MOST, _MOST)
                if len(known) < len(spans):
                    return None
                return Span(min(s.low for s in known), min(s.high for s in known))

    def _count(self, code: str, months: int | None) -> tuple[int, int]:
        """How many entries of a code there surely are, and may be, within the last months."""
        sure = perhaps = 0
        for mention in self.life.mentions:
            if code in mention.codes:
                since = self._months(mention.entry.since, 1)
                if months is None:
                    sure, perhaps = sure + 1, perhaps + 1
                elif not isinstance(since, Span):
                    perhaps += 1
                else:
                    sure += since.high < months
                    perhaps += since.low < months
        if list_of(self.life.guide, code) in self.life.person.incomplete:
            perhaps += 99
        return sure, perhaps

    def _takes(self, what: str) -> bool | None:
        if what.lower() in taken_by(self.life.person):
            return True
        return None if "medications" in self.life.person.incomplete else False

    def _list_of(self, fact: Fact) -> str:
        """Where what a call asks for would stand: the day of the one entry that has none, or the list."""
        if fact.name == "takes":
            return Listed.MEDICATIONS.value
        code = fact.arguments[0]
        undated = [m.place for m in self.life.mentions if code in m.codes and not m.entry.since]
        if len(undated) == 1 and fact.name != "has":
            event = undated[0].startswith(("driving", "criminal"))
            return f"{undated[0]}.{'on' if event else 'since'}"
        return "nicotine" if code in _USED else list_of(self.life.guide, code)


def taken_by(person: Person) -> set[str]:
    """The drugs that a person takes: the words told, their names and their classes, lower case."""
    names = set()
    for entry in person.medications or ():
        taken = drug(entry.name or "")
        names |= {(entry.name or "").lower()}
        names |= {taken.name.lower(), taken.drug_class.lower()} if taken else set()
    return names


def months_since(day: date, on: date) -> Decimal:
    """Whole months from `day` to `on`, and the days beyond as a part of the next one.

    >>> months_since(date(2025, 3, 10), date(2026, 3, 10))
    Decimal('12')
    """
    months = (on.year - day.year) * 12 + on.month - day.month
    if add_months(day, months) > on:
        months -= 1
    beyond = (on - add_months(day, months)).days
    return Decimal(months) + Decimal(beyond) / _DAYS_IN_MONTH if beyond else Decimal(months)


def list_of(guide: Guide, code: str) -> str:
    """The list of the facts document in which entries of a code stand."""
    lists: dict[str, str] = guide.once("list by code", _lists)
    known = conditions().get(code)
    return lists.get(code) or (known.listed if known else Listed.CONDITIONS.value)


def _lists(guide: Guide) -> dict[str, str]:
    return {one.code: one.listed.value for one in guide.impairments if one.listed in HISTORY}


def expected(asked: Question) -> str:
    """What an answer to a question should be, as short data."""
    if asked.type is QuestionType.CHOICE:
        return ", ".join(asked.values)
    return {QuestionType.NUMBER: asked.unit or "a number", QuestionType.FLAG: "true or false"}.get(
        asked.type, "2024-05-31 or 2024-05"
    )


def questions_of(guide: Guide) -> Mapping[tuple[str | None, str], Question]:
    """The questions by impairment (None: of the person) and the fact that they answer."""
    found: Mapping[tuple[str | None, str], Question] = guide.once("questions", _questions)
    return found


def _questions(guide: Guide) -> Mapping[tuple[str | None, str], Question]:
    found: dict[tuple[str | None, str], Question] = {}
    for one in guide.questions:
        found[one.impairment, one.key] = one
        if one.type is QuestionType.DATE:
            found[one.impairment, f"months_since_{one.key}"] = one
            found[one.impairment, f"years_since_{one.key}"] = one
    return found


def _read(asked: Question, name: str, found: object, on: date, later: int) -> Answer:
    """An answer as its question's type; None when it is none."""
    match asked.type:
        case QuestionType.NUMBER:
            return _figure(found)
        case QuestionType.FLAG:
            return _FLAGS.get(_told(found))
        case QuestionType.CHOICE:
            said = _same(_told(found), asked.key)
            return next((value for value in asked.values if _same(value, asked.key) == said), None)
        case QuestionType.DATE:
            try:
                first, last = days_of(str(found))
            except ValueError:
                return None
            if first > on:
                return None
            low, high = months_since(min(last, on), on) + later, months_since(first, on) + later
            unit = 12 if name.startswith("years_") else 1
            return Span(low / unit, high / unit)


_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def _shown(found: object) -> str:
    """An answer as the document writes it."""
    return str(found).lower() if isinstance(found, bool) else str(found)


def _told(found: object) -> str:
    """An answer as text: true and false of a document are yes and no."""
    return ("yes" if found else "no") if isinstance(found, bool) else str(found).lower()


_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_NUMERAL = re.compile(r"(i{1,3}|iv|v)([a-d]?)")


def _same(text: str, key: str) -> str:
    """An answer as it compares: "Stage IIA", "2a" and `stage_2a` are one answer to `stage`."""
    words = text.strip().lower().replace("_", " ").replace("-", " ").split()
    if len(words) > 1 and words[0] == key:
        words = words[1:]
    if len(words) == 1 and (roman := _NUMERAL.fullmatch(words[0])):
        return _ROMAN[roman[1]] + roman[2]
    return " ".join(words)


def _figure(found: object) -> Span | None:
    if isinstance(found, bool) or not isinstance(found, int | float | str | Decimal):
        return None
    try:
        figure = Decimal(str(found).strip().rstrip("%"))
    except InvalidOperation:
        return None
    return exactly(figure) if figure.is_finite() else None


def _flag(sure: int, perhaps: int) -> bool | None:
    return True if sure else None if perhaps else False


def _age_at(life: Life, day: Day | None) -> Answer:
    born = life.person.born
    if day is None:
        return None
    if born is not None:
        return Span(
            Decimal(age_last(born.last, day.first)), Decimal(age_last(born.first, day.last))
        )
    if life.ages is None:
        return None
    low, high = (int(months_since(one, life.on) // 12) for one in (day.last, day.first))
    return Span(Decimal(life.ages[0] - high - 1), Decimal(life.ages[1] - low))


_OF_ENTRY = frozenset({*_SINCE, "ended", "age_at_onset", "entries", "country", "days", "dose"})
_PLACES = {
    "age": "born",
    "bmi": "weight_lb",
    "systolic": "blood_pressure.systolic",
    "diastolic": "blood_pressure.diastolic",
    "pressure_treated": "blood_pressure.treated",
    "cholesterol_total": "cholesterol.total",
    "cholesterol_ratio": "cholesterol.hdl_ratio",
    "cholesterol_treated": "cholesterol.treated",
    "nicotine_free_months": "nicotine",
    "income_multiple": "income_annual",
    "net_worth_multiple": "net_worth",
    "amount": "wants.face_amount",
    "total_amount": "wants.face_amount",
}


def _of_person(life: Life, name: str) -> Answer:
    find = _FOUND.get(name)
    return find(life) if find else _plain(life.person, name)


def _age(life: Life) -> Answer:
    return Span(Decimal(life.ages[0]), Decimal(life.ages[1])) if life.ages else None


def _status(life: Life) -> Answer:
    said = frozenset("user" if s is Nicotine.USER else "none" for s in life.statuses)
    return OneOf(said) if len(said) > 1 else next(iter(said))


_HELD = {
    "systolic": ("blood_pressure", "systolic"),
    "diastolic": ("blood_pressure", "diastolic"),
    "pressure_treated": ("blood_pressure", "treated"),
    "cholesterol_total": ("cholesterol", "total"),
    "cholesterol_ratio": ("cholesterol", "hdl_ratio"),
    "cholesterol_treated": ("cholesterol", "treated"),
}


def _plain(person: Person, name: str) -> Answer:
    part, key = _HELD.get(name, ("", name))
    holder = getattr(person, part) if part else person
    found = getattr(holder, key, None)
    if isinstance(found, int | Decimal) and not isinstance(found, bool):
        return exactly(found)
    return found if isinstance(found, str | bool) else None


def _bmi(life: Life) -> Answer:
    person = life.person
    if person.height_in is None or person.weight_lb is None:
        return None
    metres = person.height_in * _M_PER_IN
    return exactly((person.weight_lb * _KG_PER_LB / (metres * metres)).quantize(Decimal("0.1")))


def _total(life: Life) -> Answer:
    if life.amount is None:
        return None
    held = [
        c for c in (*(life.person.in_force or ()), *(life.person.pending or ())) if not c.replace
    ]
    amounts = [c.amount for c in held if c.line is None or "life" in c.line.value]
    least = life.amount + sum((a for a in amounts if a is not None), Decimal(0))
    return Span(least, _MOST) if None in amounts else exactly(least)


def _multiple(life: Life, of: Decimal | None) -> Answer:
    total = _total(life)
    if of is None or not isinstance(total, Span):
        return None
    if of <= 0:
        return Span(_MOST, _MOST)
    return Span(total.low / of, total.high / of)


def _nicotine_free(life: Life) -> Answer:
    if life.person.nicotine is None or "nicotine" in life.person.incomplete:
        return None
    days = [use.last_used for use in life.person.nicotine]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return None
    if not known:
        return Span(_MOST, _MOST)
    latest = (max(d.last for d in known), max(d.first for d in known))
    return Span(months_since(latest[0], life.on), months_since(latest[1], life.on))


_FOUND: Mapping[str, Callable[[Life], Answer]] = {
    "age": _age,
    "nicotine": _status,
    "bmi": _bmi,
    "amount": lambda life: None if life.amount is None else exactly(life.amount),
    "total_amount": _total,
    "income_multiple": lambda life: _multiple(life, life.person.income_annual),
    "net_worth_multiple": lambda life: _multiple(life, life.person.net_worth),
    "nicotine_free_months": _nicotine_free,
}
"""Facts of the person that are worked out; others are held as they are (sex is a text by itself)."""
