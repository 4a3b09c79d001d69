"""What the answers to questions in plain words say, one sentence per code."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from megler.carriers.names import CLASS_NAMES
from megler.ui.problems import sentence as problem_sentence
from megler.underwriting.names import KIND_NAMES, ORDERED_BY
from megler.underwriting.sentences import REASONS as UNDERWRITING
from megler.underwriting.sentences import WORDS
from megler.underwriting.wording import Texts, spoken
from megler.vocabulary.problems import Problem, Reason

KINDS: Texts = {
    "answered": _("Answered from the guides."),
    "asks": _("Something that decides is not known yet."),
    "silent": _("I don't know: the guides that stand here say nothing of it."),
    "not_understood": _(
        "I did not understand the question. Tell me of the person or the rule you ask for."
    ),
    "handed_over": _("This belongs elsewhere."),
    "declined": _("I answer questions about underwriting."),
}
"""What became of a question, in a line."""

PLACES: Texts = {
    "underwriter": _("Ask an underwriter of the agency: they may know, or ask the carrier."),
    "quote": _("The quote page prices it with these facts."),
    "licensing": _("The licensing desk knows of licences, appointments and contracts."),
    "commissions": _("Accounting knows of commissions."),
    "cases": _("The case itself tells where it stands."),
    "forms": _("The application page knows which forms are asked for."),
    "help": _(
        "Ask of a person (“52 male, stent 2019, 500k”), of a rule (“how long after a stent?”), of a "
        "product's limits, of evidence, or of what will be asked for."
    ),
    "service": _("The service desk looks after policies in force."),
}
"""Who or what answers a question that is not answered here."""

INTENTS: Texts = {
    "best": _("who is best"),
    "class": _("which class"),
    "requirements": _("what will be asked for"),
    "rule": _("what the guides say"),
    "limits": _("ages, amounts, terms and states of products"),
    "no_exam": _("how much without an exam"),
    "income": _("how much for the income"),
    "validity": _("how long evidence stays valid"),
    "days": _("how long it takes"),
    "who_orders": _("who orders it"),
    "medication": _("what a drug is for"),
    "price": _("what it costs"),
    "elsewhere": _("something for another part of the agency"),
    "from_when": _("from which age or amount"),
    "abuse": _("nothing"),
    "conceal": _("help to conceal"),
    "markup": _("nothing that is a question"),
    "unknown": _("not understood"),
}
"""What a question asks, in words."""

SENTENCES: Texts = {
    "question_too_long": _("%(where)s has %(found)s characters; expected at most %(expected)s."),
    "question_empty": _("%(where)s: found “%(found)s”, expected %(expected)s."),
}
"""Problems of a question."""

ASKING: Texts = {
    "born_taken": _("A date that stands alone was taken as the birth date."),
    "age_taken": _("A number that stands alone was taken as the age."),
    "amount_in_thousands": _("The amount was taken in thousands."),
    "combines_add": _("Ratings of several conditions add up."),
    "combines_beyond": _("Beyond table %(tables)s: %(outcome)s."),
    "combines_points": _("%(points)s points make a table."),
    "combines_refer": _("Several rated conditions go to an underwriter."),
    "combines_within_add": _("Within one group of conditions they add up."),
    "combines_within_refer": _("Within one group of conditions they go to an underwriter."),
    "combines_within_worst": _("Within one group of conditions the worst counts."),
    "combines_worst": _("Of several conditions the worst counts."),
    "evidence_stands_for": _("%(kind)s, at most %(days)s days old, stands for: %(kinds)s."),
    "from_age": _("%(kind)s from age %(age)s at %(amount)s."),
    "from_age_never": _("%(kind)s: at no age at %(amount)s by the grid."),
    "from_amount": _("%(kind)s from %(figure)s at age %(age)s."),
    "from_amount_never": _("%(kind)s: at no amount at age %(age)s by the grid."),
    "from_grid": _("%(kind)s by age and amount."),
    "from_never": _("%(kind)s stands nowhere in the grid."),
    "from_row": _("From %(figure)s%(ages)s."),
    "must_be_true": _(
        "What an application says must be true. I don't help to hide or change a fact; ask what it "
        "would be rated, told as it is."
    ),
    "no_markup": _("Mark-up and commands are not read. Ask in plain words."),
    "no_such_term": _("No product here has a term of %(years)s years; the longest has %(figure)s."),
    "nothing_on": _("No guide here speaks of: %(words)s."),
    "one_at_a_time": _("Two people are told of: ask of one at a time."),
    "sex_follows": _("The sex was taken from an illness that only one sex has."),
    "anyone_not": _("Not at %(carriers)s."),
    "anyone_out": _("Out of reach at every carrier here."),
    "anyone_still": _("Still possible at: %(carriers)s."),
    "ask_fact": _("Tell first: %(fact)s."),
    "sum_age_max": _("Issued up to age %(figure)s at most: %(carriers)s."),
    "sum_age_min": _("Issued from age %(figure)s: %(carriers)s."),
    "sum_amount_max": _("At most %(figure)s: %(carriers)s."),
    "sum_amount_min": _("From %(figure)s: %(carriers)s."),
    "sum_combines_add": _("They add up: %(carriers)s."),
    "sum_combines_refer": _("An underwriter looks: %(carriers)s."),
    "sum_combines_worst": _("The worst counts: %(carriers)s."),
    "sum_days": _("%(kind)s takes %(low)s to %(high)s days, by carrier."),
    "sum_days_same": _("%(kind)s takes %(low)s days."),
    "sum_declined": _("Declined: %(carriers)s."),
    "sum_declined_at": _("Declined whatever the case: %(carriers)s."),
    "sum_from_age": _("%(kind)s from age %(low)s to %(high)s, by carrier, at %(amount)s."),
    "sum_from_age_same": _("%(kind)s from age %(low)s at %(amount)s."),
    "sum_from_amount": _("%(kind)s from %(low)s to %(high)s, by carrier, at age %(age)s."),
    "sum_from_amount_same": _("%(kind)s from %(low)s at age %(age)s."),
    "sum_income": _("Up to %(figure)s times: %(carriers)s."),
    "sum_limit_build": _("At most %(low)s to %(high)s lb, by carrier."),
    "sum_limit_cholesterol_hdl_ratio_max": _(
        "Total/HDL at most %(low)s to %(high)s, by carrier and class."
    ),
    "sum_limit_cholesterol_total_max": _(
        "Total cholesterol at most %(low)s to %(high)s, by carrier and class."
    ),
    "sum_limit_diastolic_max": _(
        "Diastolic at most %(low)s to %(high)s, by carrier, class and age."
    ),
    "sum_limit_systolic_max": _("Systolic at most %(low)s to %(high)s, by carrier, class and age."),
    "sum_needs_maybe": _("%(kind)s perhaps: %(carriers)s."),
    "sum_needs_no": _("%(kind)s not asked for: %(carriers)s."),
    "sum_needs_yes": _("%(kind)s asked for: %(carriers)s."),
    "sum_no_exam": _("Without an exam below %(figure)s at age %(age)s: %(carriers)s."),
    "sum_orders": _("Ordered by %(ordered_by)s: %(carriers)s."),
    "sum_from_grid": _("%(kind)s from %(low)s to %(high)s, by age and carrier."),
    "sum_nicotine_counts": _("%(product)s counts as nicotine in every class: %(carriers)s."),
    "sum_nicotine_passes": _("%(product)s passes in some class: %(carriers)s."),
    "sum_not_rated": _("Not rated at best: %(carriers)s."),
    "sum_rated": _("At best %(outcome)s%(extra)s: %(carriers)s."),
    "sum_valid": _("%(kind)s stays valid for %(low)s to %(high)s days, by carrier and age."),
    "sum_valid_same": _("%(kind)s stays valid for %(low)s days."),
    "sum_wait": _("Wait %(months)s months: %(carriers)s."),
    "all_alike": _("All carriers here come to the same: %(to)s%(extra)s (%(carriers)s)."),
    "anyone_maybe": _("It depends, at %(carriers)s."),
    "anyone_no": _("No carrier here."),
    "anyone_yes": _("Yes: %(carriers)s."),
    "asks_who_is_best": _("The question asks nothing in words: taken as who is best."),
    "best_is": _("Best: %(carriers)s, likely %(to)s%(extra)s."),
    "drug_is_for": _("%(drug)s is usually taken for: %(conditions)s."),
    "drug_known": _("%(drug)s is a known drug that points to no condition by itself."),
    "evidence_days": _("%(kind)s usually takes %(days)s days, by the guide."),
    "evidence_days_measured": _("%(kind)s usually takes %(days)s days, as measured here."),
    "evidence_orders": _("%(kind)s is ordered by: %(ordered_by)s."),
    "evidence_valid": _("%(kind)s stays valid for %(days)s days%(ages)s."),
    "lightest_is": _("Least is asked for by %(carriers)s."),
    "limit_age_max": _("Issued up to age %(figure)s."),
    "limit_age_min": _("Issued from age %(figure)s."),
    "limit_amount_max": _("At most %(figure)s."),
    "limit_amount_min": _("At least %(figure)s."),
    "limit_build": _("%(class)s: at most %(limit)s lb%(ages)s%(sexes)s."),
    "limit_build_table": _("%(outcome)s: at most %(limit)s lb%(ages)s%(sexes)s."),
    "limit_cholesterol_hdl_ratio_max": _("%(class)s: total/HDL at most %(limit)s%(ages)s."),
    "limit_cholesterol_total_max": _("%(class)s: total cholesterol at most %(limit)s%(ages)s."),
    "limit_cholesterol_total_min": _("%(class)s: total cholesterol at least %(limit)s%(ages)s."),
    "limit_conversion": _("May be converted for %(years)s years, until age %(until_age)s."),
    "limit_diastolic_max": _("%(class)s: diastolic at most %(limit)s%(ages)s."),
    "limit_everywhere": _("The rate book excludes no state."),
    "limit_except_in": _("Not sold in: %(jurisdictions)s."),
    "limit_family": _(
        "%(class)s: at most %(allowed)s in the family with %(condition)s (%(event)s) before age "
        "%(before_age)s."
    ),
    "limit_not_sold": _("Not sold in %(jurisdiction)s."),
    "limit_only_in": _("Sold only in: %(jurisdictions)s."),
    "limit_sold": _("Sold in %(jurisdiction)s."),
    "limit_systolic_max": _("%(class)s: systolic at most %(limit)s%(ages)s."),
    "limit_terms": _("Terms of %(terms)s years."),
    "needs": _("%(kind)s%(takes)s."),
    "needs_exam_no": _("No exam; %(things)s things to get%(takes)s."),
    "needs_exam_perhaps": _(
        "Perhaps an exam; %(things)s things to get, perhaps %(perhaps)s more%(takes)s."
    ),
    "needs_exam_yes": _("An exam; %(things)s things to get%(takes)s."),
    "needs_maybe": _("%(kind)s: perhaps."),
    "needs_no": _("%(kind)s: not asked for."),
    "needs_not_open": _("Not sold for what is asked."),
    "needs_perhaps": _("Only if: %(kind)s%(takes)s."),
    "needs_yes": _("%(kind)s: asked for."),
    "nicotine_allowed": _(
        "%(class)s: %(product)s at most %(per_year)s times a year, else %(months)s months free."
    ),
    "nicotine_allowed_if": _(
        "%(class)s: %(product)s at most %(per_year)s times a year if %(text)s, else %(months)s months free."
    ),
    "nicotine_class_for_users": _("%(class)s is for users of nicotine."),
    "nicotine_free": _("%(class)s: %(months)s months free of %(product)s."),
    "nicotine_not_asked": _("%(class)s does not count %(product)s."),
    "no_exam_below": _("Without an exam below %(figure)s at age %(age)s."),
    "no_exam_ever": _("The grid asks for no exam at age %(age)s."),
    "no_exam_never": _("An exam is asked for at any amount at age %(age)s."),
    "no_exam_up_to": _("Without an exam up to %(figure)s at age %(age)s."),
    "no_guide_rates": _("No guide here rates %(impairment)s: I don't know."),
    "nobody_sells": _("No product here is open to what is asked."),
    "nobody_surely_takes": _("No carrier's guide decides it: an underwriter must look."),
    "nobody_takes": _("Nobody now: %(to)s at best."),
    "person_maybe": _("%(class)s is possible: %(outcome)s, likely %(to)s%(extra)s."),
    "person_no": _("%(class)s is out of reach: %(outcome)s, likely %(to)s%(extra)s."),
    "person_not_open": _("Not sold for what is asked; the class would be %(to)s."),
    "person_outcome": _("%(to)s%(extra)s."),
    "person_range": _("Likely %(to)s%(extra)s; possible %(outcome)s."),
    "person_yes": _("%(class)s: yes (%(outcome)s)."),
    "price_by_quote": _("The quote page prices this."),
    "products_more": _("And %(count)s more products."),
    "rule_add": _("%(text)s: adds %(outcome)s%(extra)s."),
    "rule_at_least": _("%(text)s: %(outcome)s or worse%(extra)s."),
    "rule_base": _("%(impairment)s%(case)s: %(outcome)s%(extra)s."),
    "rule_postpone_since": _(
        "%(impairment)s%(case)s: %(outcome)s, until %(months)s months after it began."
    ),
    "rule_postpone_today": _("%(impairment)s%(case)s: %(outcome)s for %(months)s months."),
    "rule_postpone_until": _(
        "%(impairment)s%(case)s: %(outcome)s, until %(months)s months after it ended."
    ),
    "rule_requires": _("%(class)s: %(text)s."),
    "rule_trigger": _("%(text)s: %(kinds)s."),
    "says_build": _("Weights at %(height_in)s in."),
    "says_cholesterol": _("Limits of cholesterol."),
    "says_family": _("Limits of family history."),
    "says_income": _("Rules about income and amount: %(count)s."),
    "says_maybe": _("%(impairment)s at %(class)s: it depends (%(outcome)s)."),
    "says_nicotine": _("How classes take %(product)s."),
    "says_nicotine_maybe": _("%(product)s at %(class)s: it depends."),
    "says_nicotine_no": _("%(product)s at %(class)s: no."),
    "says_nicotine_yes": _("%(product)s at %(class)s: yes."),
    "says_no": _("%(impairment)s at %(class)s: no (%(outcome)s)."),
    "says_no_case": _("%(impairment)s: the guide has no rating for what is told."),
    "says_pressure": _("Limits of blood pressure."),
    "says_rating": _("%(impairment)s: %(outcome)s."),
    "says_wait": _("%(impairment)s: %(outcome)s; it may be postponed."),
    "says_wait_months": _("%(impairment)s: wait %(months)s months; %(outcome)s."),
    "silent_at": _("Nothing stands on it at %(carriers)s."),
    "says_yes": _("%(impairment)s at %(class)s: yes (%(outcome)s)."),
    "year_of_birth_only": _("Only the year of birth was told: the age was taken from it."),
    "year_only": _("Only a year was told: its last month was taken, the least time since."),
}
"""What answers say."""

_AGES = {
    (True, True): _(" at ages %(age_from)s–%(age_to)s"),
    (True, False): _(" from age %(age_from)s"),
    (False, True): _(" to age %(age_to)s"),
}


_SEXES = {"female": _("women"), "male": _("men")}


def asking_sentence(reason: Reason, words: Texts = WORDS) -> str:
    """The sentence for a reason of an answer, in the reader's language; `words` name its facts."""
    if reason.code not in ASKING:
        return spoken(reason, UNDERWRITING, words)
    params = {"extra": "", "case": "", "takes": "", "ages": "", "sexes": "", **reason.params}
    if params.get("class") in CLASS_NAMES:
        params["class"] = str(CLASS_NAMES[params["class"]])
    if "kinds" in params:
        params["kinds"] = ", ".join(str(KIND_NAMES.get(k, k)) for k in params["kinds"].split(", "))
    if "ordered_by" in params:
        params["ordered_by"] = str(ORDERED_BY.get(params["ordered_by"], params["ordered_by"]))
    if params.get("days") and "takes" in params:
        n = int(params["days"])
        params["takes"] = ngettext(", about %(n)s day", ", about %(n)s days", n) % {"n": n}
    if params.get("sex"):
        params["sexes"] = f" ({_SEXES[params['sex']]})"
    bounds = (bool(params.get("age_from")), bool(params.get("age_to")))
    if bounds in _AGES:
        params["ages"] = str(_AGES[bounds]) % params
    if reason.code in {"rule_add", "rule_at_least"} and not params.get("text"):
        params["text"] = params.get("impairment", "")
    return spoken(Reason(reason.code, params, reason.source), ASKING, words)


def asking_problem(problem: Problem) -> str:
    """The sentence for a problem of a question or of its facts, in the reader's language."""
    text = SENTENCES.get(problem.code)
    if text is None:
        return problem_sentence(problem)
    return str(text) % {
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
    }
