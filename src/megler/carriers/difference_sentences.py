"""The differences of two guides in the reader's words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.carriers.condition_words import condition_in_words, figure_in_words
from megler.carriers.names import KIND_NAMES, ORDERED_BY
from megler.carriers.rules.differences.asked import Area
from megler.carriers.rules.differences.chart import Heights, Run
from megler.carriers.rules.differences.difference import Difference
from megler.carriers.rules.guide import Criterion, CriterionKind, FamilyRule, GuideClass
from megler.carriers.rules.ratings import (
    ClassRule,
    EvidenceRule,
    FlatExtraRange,
    Impairment,
    NicotineRule,
    OutcomeKind,
    Question,
    Rated,
    Rating,
    Substitute,
    Trigger,
    Verb,
)
from megler.vocabulary.codes import Sex

Texts = Mapping[str, str | Promise]
PARTS: Texts = {
    "class": gettext_lazy("Classes"),
    "build": gettext_lazy("Build chart"),
    "criteria": gettext_lazy("Limits"),
    "rules": gettext_lazy("Rules of classes"),
    "nicotine": gettext_lazy("Nicotine"),
    "family": gettext_lazy("Family history"),
    "impairments": gettext_lazy("Impairments"),
    "questions": gettext_lazy("Questions"),
    "ratings": gettext_lazy("Ratings"),
    "combination": gettext_lazy("How ratings combine"),
    "requirements": gettext_lazy("Requirements by age and amount"),
    "triggers": gettext_lazy("Requirements by what is known"),
    "evidence": gettext_lazy("Evidence"),
    "substitutes": gettext_lazy("What stands for what"),
}
"""The parts of a guide as headings."""
SENTENCES: Texts = {
    "row_added": gettext_lazy("%(place)s: %(after)s (new)"),
    "row_removed": gettext_lazy("%(place)s: no longer %(before)s"),
    "row_changed": gettext_lazy("%(place)s: %(after)s (was %(before)s)"),
    "order_changed": gettext_lazy("The classes are ranked %(after)s (were %(before)s)"),
    "combination_changed": gettext_lazy("%(key)s: %(after)s (was %(before)s)"),
    "impairment_added": gettext_lazy("New impairment: %(place)s, ratings: %(rows)s"),
    "impairment_removed": gettext_lazy("No longer an impairment: %(place)s, ratings: %(rows)s"),
    "heights_added": gettext_lazy("%(place)s: weights are new, at %(after)s"),
    "heights_removed": gettext_lazy("%(place)s: no weights any longer, at %(before)s"),
    "heights_changed": gettext_lazy("%(place)s: weights at %(after)s (were at %(before)s)"),
    "weights_up": gettext_lazy("%(place)s: %(after)s more"),
    "weights_down": gettext_lazy("%(place)s: %(after)s less"),
    "grid_added": gettext_lazy("Requirements by age and amount are new"),
    "grid_removed": gettext_lazy("No requirements by age and amount any longer"),
    "asked_added": gettext_lazy("%(after)s asked now"),
    "asked_removed": gettext_lazy("%(before)s no longer asked"),
}
_CRITERIA: Mapping[CriterionKind, str | Promise] = {
    CriterionKind.SYSTOLIC_MAX: gettext_lazy("systolic at most %(limit)s"),
    CriterionKind.DIASTOLIC_MAX: gettext_lazy("diastolic at most %(limit)s"),
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX: gettext_lazy("cholesterol ratio at most %(limit)s"),
    CriterionKind.CHOLESTEROL_TOTAL_MIN: gettext_lazy("total cholesterol at least %(limit)s"),
    CriterionKind.CHOLESTEROL_TOTAL_MAX: gettext_lazy("total cholesterol at most %(limit)s"),
    CriterionKind.NICOTINE_FREE_MONTHS_MIN: gettext_lazy(
        "at least %(limit)s months without nicotine"
    ),
}
_KEYS: Texts = {
    "method": gettext_lazy("Ratings of different groups"),
    "within_group": gettext_lazy("Ratings within a group"),
    "points_per_table": gettext_lazy("Points of a table"),
    "tables_max": gettext_lazy("Last table"),
    "beyond": gettext_lazy("Beyond the last table"),
}
_OUTCOMES: Texts = {
    "any": gettext_lazy("no limit"),
    "individual_consideration": gettext_lazy("individual consideration"),
    "postpone": gettext_lazy("postpone"),
    "decline": gettext_lazy("decline"),
    "add": gettext_lazy("add up"),
    "worst": gettext_lazy("the worst counts"),
    "refer": gettext_lazy("individual consideration where more than one rates"),
}
_SEXES: Texts = {Sex.FEMALE: gettext_lazy("women"), Sex.MALE: gettext_lazy("men")}


def difference_in_words(one: Difference) -> str:
    """One difference as a sentence: "Preferred: systolic at most 145 (was 140)"."""
    place = _place(one.place) or _("Every class")
    if one.part in ("questions", "triggers", "evidence", "substitutes") and not one.place:
        place = str(PARTS[one.part])
    before, after = (_record(record, one.names) for record in (one.before, one.after))
    if one.before is not None and one.after is not None:
        before = _shorter(one) or before
    told = {"place": place, "before": before, "after": after}
    told |= {key: _param(one, key, value) for key, value in one.params.items()}
    return str(SENTENCES[one.code]) % told


def _place(place: str) -> str:
    table = place.removeprefix("table_")
    return _("Table %(number)s") % {"number": table} if table != place else place


def _param(one: Difference, key: str, value: str) -> str:
    if one.code != "combination_changed":
        return value
    return (
        str(_KEYS[value])
        if key == "key"
        else str(_OUTCOMES.get(value) or value or _("as between groups"))
    )


def _shorter(one: Difference) -> str:
    """What stood before, without what is the same after; empty: in full."""
    was, now = one.before, one.after
    match was, now:
        case Criterion(), Criterion() if (was.age_from, was.age_to) == (now.age_from, now.age_to):
            return figure_in_words(was.limit)
        case Rating(), Rating() if was.when == now.when:
            return _rated(was, one.names)
        case FamilyRule(), FamilyRule() if replace(was, **_NOW) == replace(now, **_NOW):
            return str(was.allowed)
        case Trigger(), Trigger() if was.when == now.when:
            return _kinds(was.kinds)
        case _:
            return ""


def _record(record: object, names: Mapping[str, str]) -> str:
    if isinstance(record, Rating):
        told = _rated(record, names)
        return told if record.when is None else f"{condition_in_words(record.when)}: {told}"
    words = _WORDS.get(type(record))
    return words(record) if words else ""


def _class(one: GuideClass) -> str:
    parts = [
        _("class %(name)s") % {"name": one.name},
        _("rates of %(code)s") % {"code": one.rated_as},
    ]
    if one.nicotine == "user":
        parts.append(_("for users of nicotine"))
    if one.nicotine == "none":
        parts.append(_("not for users of nicotine"))
    if one.on_review:
        parts.append(_("granted by an underwriter"))
    return ", ".join(parts)


def _criterion(one: Criterion) -> str:
    limit = str(_CRITERIA[one.kind]) % {"limit": figure_in_words(one.limit)}
    return _with_ages(limit, one.age_from, one.age_to)


def _with_ages(text: str, low: int | None, high: int | None) -> str:
    ages = _ages(low, high)
    return f"{text}, {ages}" if ages else text


def _ages(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return _("ages from %(low)s") % {"low": low}
    if low is None:
        return _("ages to %(high)s") % {"high": high}
    return _("ages %(low)s-%(high)s") % {"low": low, "high": high}


def _rule(one: ClassRule) -> str:
    told = condition_in_words(one.requires)
    if one.when is None:
        return told
    return _("%(requires)s, where %(when)s") % {
        "requires": told,
        "when": condition_in_words(one.when),
    }


def _nicotine(one: NicotineRule) -> str:
    product = one.product.replace("_", " ") if one.product else _("any product")
    told = _("%(product)s: %(months)s months without") % {
        "product": product,
        "months": one.free_months,
    }
    if one.per_year is not None:
        told += _(", or at most %(times)s a year") % {"times": one.per_year}
    return told + (
        _(", where %(when)s") % {"when": condition_in_words(one.when)} if one.when else ""
    )


_NOW: dict[str, Any] = {"allowed": 0, "page": "", "row": 0}
"""What rules of family history that go together may differ in, to be told by their number alone."""


def _family(one: FamilyRule) -> str:
    told = _("%(relation)s, %(condition)s, %(event)s before %(age)s: at most %(allowed)s") % {
        "relation": one.relation.value,
        "condition": one.condition.value,
        "event": one.event.value,
        "age": one.before_age,
        "allowed": one.allowed,
    }
    but = _("not counting %(codes)s") % {"codes": ", ".join(one.but)} if one.but else ""
    parts = (told, _SEXES[one.sex] if one.sex else "", _ages(one.age_from, one.age_to), but)
    return ", ".join(str(part) for part in parts if part)


def _question(one: Question) -> str:
    answers = " / ".join(one.values) or one.unit or one.type.value
    usual = _("usually %(answer)s") % {"answer": one.usual} if one.usual else ""
    return f"“{one.text}” ({', '.join(part for part in (answers, usual) if part)})"


def _impairment(one: Impairment) -> str:
    words = [one.name, one.group, *one.words, *one.icd10]
    return ", ".join(words)


def _rated(one: Rating, names: Mapping[str, str]) -> str:
    ends = list(dict.fromkeys(_outcome(end, names) for end in (one.best, one.worst)))
    told = (
        _("%(best)s to %(worst)s") % {"best": ends[0], "worst": ends[-1]} if ends[1:] else ends[0]
    )
    if one.verb is Verb.AT_LEAST:
        told = _("%(outcome)s or worse") % {"outcome": told}
    if one.verb is Verb.ADD:
        told = _("besides %(outcome)s") % {"outcome": told}
    parts = [told, _flat_extra(one.flat_extra) if one.flat_extra else ""]
    if one.postpone_months:
        parts.append(_("for %(months)s months") % {"months": one.postpone_months})
    if one.as_user:
        parts.append(_("as a user of nicotine"))
    return ", ".join(part for part in parts if part)


def _outcome(end: Rated, names: Mapping[str, str]) -> str:
    match end.kind:
        case OutcomeKind.CLASS:
            return names.get(end.class_code, end.class_code)
        case OutcomeKind.TABLE:
            return _("table %(number)s") % {"number": end.number}
        case OutcomeKind.POINTS:
            return _("%(points)s points") % {"points": f"{end.number:+d}"}
        case _:
            return str(_OUTCOMES[end.kind.value])


def _flat_extra(one: FlatExtraRange) -> str:
    if one.low is None:
        told = _("flat extra left open")
    elif one.high in (None, one.low):
        told = _("flat extra %(low)s") % {"low": figure_in_words(one.low)}
    else:
        ends = {"low": figure_in_words(one.low), "high": figure_in_words(one.high or Decimal(0))}
        told = _("flat extra %(low)s to %(high)s") % ends
    return told + (_(" for %(years)s years") % {"years": one.years} if one.years else "")


def _heights(one: Heights | Run) -> str:
    told = _("%(low)s to %(high)s in") % {"low": one.height_from, "high": one.height_to}
    if one.height_from == one.height_to:
        told = _("%(height)s in") % {"height": one.height_from}
    sex = str(_SEXES[one.sex]) if one.sex else ""
    return ", ".join(part for part in (told, sex, _ages(one.age_from, one.age_to)) if part)


def _run(one: Run) -> str:
    if one.least == 0:
        pounds = _("up to %(most)s lb") % {"most": one.most}
    elif one.least == one.most:
        pounds = _("%(most)s lb") % {"most": one.most}
    else:
        pounds = _("%(least)s to %(most)s lb") % {"least": one.least, "most": one.most}
    end = _("least weight") if one.column == "weight_min_lb" else _("greatest weight")
    return _("%(end)s at %(heights)s: %(pounds)s") % {
        "end": end,
        "heights": _heights(one),
        "pounds": pounds,
    }


def _area(one: Area) -> str:
    amounts = ""
    if one.amount_to is not None:
        ends = {"low": figure_in_words(one.amount_from), "high": figure_in_words(one.amount_to)}
        amounts = _("%(low)s to %(high)s") % ends
    elif one.amount_from:
        amounts = _("from %(low)s") % {"low": figure_in_words(one.amount_from)}
    where = ", ".join(part for part in (_ages(one.age_from, one.age_to), amounts) if part)
    return f"{where[:1].upper()}{where[1:]}: {KIND_NAMES[one.kind]}"


def _kinds(kinds: tuple[Any, ...]) -> str:
    return ", ".join(str(KIND_NAMES[kind]) for kind in kinds)


def _trigger(one: Trigger) -> str:
    return f"{condition_in_words(one.when)}: {_kinds(one.kinds)}"


def _evidence(one: EvidenceRule) -> str:
    parts = [_("ordered by %(who)s") % {"who": ORDERED_BY[one.ordered_by]}]
    if one.usual_days is not None:
        parts.append(_("usually %(days)s days") % {"days": one.usual_days})
    if one.valid_days is not None:
        parts.append(_("stands %(days)s days") % {"days": one.valid_days})
    kind = _with_ages(str(KIND_NAMES[one.kind]), one.age_from, one.age_to)
    return f"{kind}: {', '.join(parts)}"


def _substitute(one: Substitute) -> str:
    return _("%(kind)s of the last %(days)s days for %(kinds)s") % {
        "kind": KIND_NAMES[one.kind],
        "days": one.within_days,
        "kinds": _kinds(one.stands_for),
    }


_WORDS: Mapping[type, Callable[[Any], str]] = {
    GuideClass: _class,
    Criterion: _criterion,
    ClassRule: _rule,
    NicotineRule: _nicotine,
    FamilyRule: _family,
    Question: _question,
    Impairment: _impairment,
    Heights: _heights,
    Run: _run,
    Area: _area,
    Trigger: _trigger,
    EvidenceRule: _evidence,
    Substitute: _substitute,
}
