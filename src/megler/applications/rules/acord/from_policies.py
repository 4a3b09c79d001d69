"""What a message's policies, accounts and beneficiaries tell."""

from decimal import Decimal

from megler.applications.rules.acord.gathering import Gathering, Told
from megler.applications.rules.acord.measures import same_number, whole_years
from megler.applications.rules.acord.places import (
    BANK_TEXTS,
    CARDS,
    KINDS_IN_FORCE,
    POLICY_CODES,
    POLICY_TEXTS,
    PREMIUM_BASIS,
    fits,
)
from megler.exchange.txlife.checking import BENEFICIARIES, are_fractions
from megler.exchange.txlife.records import Holding
from megler.forms.rules.questionnaire import Question

EXCHANGES = ("exchanged", "exchanged_for")
TOGETHER = ("original_holding", "alternate_holding", "additional_holding", "original_of_additional")
"""What policies are to each other that come for issue together, all of them or one."""
REPLACING = {"none": "no", "internal": "yes", "external": "yes"}
ENDED = {
    "lapsed", "surrendered", "not_taken", "terminated", "inactive", "incomplete", "declined",
    "deferred", "postponed", "not_placed", "not_taken_out", "cancelled_by_client",
    "withdrawn_by_carrier", "withdrawn_by_producer",
}  # fmt: skip
PENDING = {
    "pending", "proposed", "applied", "underwriting", "approved", "approved_conditionally",
    "counter_offer", "tentative_offer",
}  # fmt: skip


def take_policy(g: Gathering) -> None:
    policy = g.story.policy
    if policy is None:
        return
    take = g.take
    take.aside(
        policy, "kind", "status", "line", "product_type", "product_code", "carrier_code",
        "carrier_name", "plan_name", "policy_status", "tracking_id", "application_type",
        "submitted_on", "replaces", "premium", "face_amount", "currency",
    )  # fmt: skip
    take.aside(policy, *(["mode"] if policy.mode.word else []))
    address = g.answers.get("insured_address", Told(None)).value or {}
    for field in ("jurisdiction", "application_jurisdiction"):
        if getattr(policy, field).word == address.get("state"):
            take.aside(policy, field)
    g.texts(policy, POLICY_TEXTS)
    g.codes(policy, POLICY_CODES)
    if policy.purpose.word == "other" and g.wants("cover_purpose"):
        g.put("cover_purpose", "other")
        if g.wants("cover_purpose_details"):
            g.put("cover_purpose_details", take.text(policy, "purpose"))
    if policy.replaces.word and g.wants("replacing"):
        g.answers.setdefault("replacing", Told(policy.replaces.word))
    if policy.replacement.word in REPLACING and g.wants("replacing"):
        said = REPLACING[take.word(policy, "replacement")]
        if g.answers.setdefault("replacing", Told(said)).value != said:
            g.take.give_back(policy, "replacement")
    _coverage(g, policy)
    _bank(g, policy)


def _bank(g: Gathering, policy: Holding) -> None:
    """The first account that is no card's; the day of the draft stands at the policy."""
    if policy.draft_day and g.wants("draft_day"):
        g.put("draft_day", g.take.text(policy, "draft_day"))
    for one in g.story.request.holdings:
        if one.banking is not None and one.banking.kind.word not in CARDS:
            g.take.aside(one, "kind")
            g.take.aside(one.banking, *(["kind"] if one.banking.kind.word == "checking" else []))
            g.texts(one.banking, BANK_TEXTS)
            return


def _coverage(g: Gathering, policy: Holding) -> None:
    base = g.story.base
    if base is None:
        return
    take = g.take
    take.aside(base, "kind", "indicator")
    take.same(base, "name", policy.plan_name)
    take.same(base, "code", policy.product_code)
    if not base.amount or same_number(base.amount, g.story.face_amount):
        take.aside(base, "amount")
    if "cover_face_amount" not in g.answers and g.wants("cover_face_amount"):
        g.put("cover_face_amount", base.amount)
    years = whole_years(base.years)
    if years and g.wants("cover_term_years"):
        take.aside(base, "years")
        g.put("cover_term_years", years)
    basis = PREMIUM_BASIS.get(str(g.answers.get("nicotine", Told("")).value), "")
    for part in base.participants:
        if part.role.word == "insured":
            take.aside(part, "role", "underwriting_class")
            take.aside(part, *(["tobacco"] if part.tobacco.word == basis else []))


def take_lists(g: Gathering) -> None:
    question = g.asked.by_key.get("beneficiaries")
    if question is not None and fits(question):
        _list(g, question, _beneficiaries(g))
    question = g.asked.by_key.get("existing_cover")
    if question is not None and fits(question):
        items = _policies_in_force(g)
        _list(g, question, items)
        if items and g.wants("has_existing"):
            g.put("has_existing", "yes")


def _list(g: Gathering, question: Question, items: list[dict[str, str]]) -> None:
    known = {field.key for field in question.fields}
    raw = [{k: v for k, v in item.items() if k in known and v} for item in items]
    if raw:
        g.put(question.key, raw)


def _beneficiaries(g: Gathering) -> list[dict[str, str]]:
    items = []
    for role in BENEFICIARIES:
        parts = g.story.parts(role)
        factor = 100 if are_fractions([one.share for _, one in parts if one.share]) else 1
        for party, said in parts:
            g.relations([said])
            g.take.aside(party, "kind")
            share = g.take.text(said, "share")
            items.append(
                {
                    "name": g.name(party),
                    "relationship": g.relationship(party, (role,)),
                    "class": role.removesuffix("_beneficiary"),
                    "share": f"{Decimal(share) * factor:f}" if share else "",
                    "born": g.take.text(party, "born"),
                }
            )
    return items


def _policies_in_force(g: Gathering) -> list[dict[str, str]]:
    """The policies of the insured beside the one applied for; one that is only applied for is told
    as such, and none is said to be kept unless the message says so."""
    gone = [
        one
        for one in g.story.relations("replaced", "replaced_by", *EXCHANGES)
        if not {one.from_id, one.to_id} - {x.id for x in g.story.request.holdings}
    ]
    g.relations(gone)
    replaced = {given for one in gone for given in (one.from_id, one.to_id)}
    exchanged = {i for one in gone if one.role.word in EXCHANGES for i in (one.from_id, one.to_id)}
    together = {i for r in g.story.relations(*TOGETHER) for i in (r.from_id, r.to_id)}
    none = g.answers.get("replacing", Told("")).value == "no"
    items = []
    for one in g.story.request.holdings:
        if one is g.story.policy or not one.is_policy or not _on_the_insured(g, one):
            continue
        if {one.policy_status.word, one.status.word} & ENDED:
            continue
        if one.policy_status.word in PENDING or one.status.word == "proposed":
            if g.wants("has_pending") and one.id not in together:
                g.put("has_pending", "yes")
            continue
        kept = "no" if gone or none else ""
        item = _in_force(g, one) | {"replace": "yes" if one.id in replaced else kept}
        items.append(item | ({"how": "exchange"} if one.id in exchanged else {}))
    return items


def _on_the_insured(g: Gathering, one: Holding) -> bool:
    """Whether a policy is on the insured, or does not say on whom; another's is left."""
    insured = g.story.insured
    said = [r for r in g.story.relations("insured") if one.id in {r.from_id, r.to_id}]
    parts = [p for c in one.coverages for p in c.participants if p.role.word == "insured"]
    ids = {i for r in said for i in (r.from_id, r.to_id)} | {p.party_id for p in parts}
    if (said or parts) and (insured is None or insured.id not in ids):
        return False
    g.relations(said)
    for part in parts:
        g.take.aside(part, "role")
    return True


def _in_force(g: Gathering, one: Holding) -> dict[str, str]:
    take = g.take
    take.aside(one, "kind", "status")
    take.aside(one, *(["policy_status"] if one.policy_status.word == "active" else []))
    company = take.text(one, "carrier_name")
    if not company and (carrier := g.story.party(one.carrier_id)) is not None:
        take.aside(carrier, "kind")
        company = g.name(carrier)
    day = "issued_on" if one.issued_on else "effective_on"
    issued = getattr(one, day)
    if issued.endswith("-01-01"):  # a year alone; of another day only the year is asked
        take.aside(one, day)
    kind = KINDS_IN_FORCE.get(one.line.word) or KINDS_IN_FORCE.get(one.product_type.word, "")
    take.aside(one, *(["line"] if kind else []))
    base = next((c for c in one.coverages if c.indicator.word in {"", "base"}), None)
    amount = take.text(one, "face_amount")
    if base is not None and (not amount or same_number(base.amount, amount)):
        amount = take.text(base, "amount") or amount
        take.aside(base, "indicator")
    return {
        "company": company,
        "policy_number": take.text(one, "number"),
        "amount": amount,
        "year_issued": issued[:4],
        "kind": kind,
    }
