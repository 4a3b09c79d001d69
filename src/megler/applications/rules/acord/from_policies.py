"""What a message's policies, accounts and beneficiaries tell."""

from megler.applications.rules.acord.gathering import Gathering, Told
from megler.applications.rules.acord.places import BANK_TEXTS, POLICY_CODES, POLICY_TEXTS, fits
from megler.exchange.txlife.checking import BENEFICIARIES
from megler.exchange.txlife.records import Holding
from megler.forms.rules.questionnaire import Question


def take_policy(g: Gathering) -> None:
    policy = g.story.policy
    if policy is None:
        return
    g.take.aside(
        policy, "kind", "status", "line", "product_type", "product_code", "carrier_code",
        "carrier_name", "plan_name", "policy_status", "tracking_id", "application_type",
        "jurisdiction", "application_jurisdiction", "submitted_on", "replaces", "mode",
        "premium", "face_amount", "currency",
    )  # fmt: skip
    g.texts(policy, POLICY_TEXTS)
    g.codes(policy, POLICY_CODES)
    if policy.purpose.word == "other" and g.wants("cover_purpose"):
        g.put("cover_purpose", "other")
        if g.wants("cover_purpose_details"):
            g.put("cover_purpose_details", g.take.text(policy, "purpose"))
    if policy.replaces.word and g.wants("replacing"):
        g.answers.setdefault("replacing", Told(policy.replaces.word))
    _coverage(g, policy)
    for one in g.story.request.holdings:
        if one.banking is not None:
            g.take.aside(one, "kind")
            g.texts(one.banking, BANK_TEXTS)


def _coverage(g: Gathering, policy: Holding) -> None:
    base = next((c for c in policy.coverages if c.indicator.word in {"", "base"}), None)
    if base is None:
        return
    take = g.take
    take.aside(base, "name", "code", "kind", "indicator", "amount", "years")
    if "cover_face_amount" not in g.answers and g.wants("cover_face_amount"):
        g.put("cover_face_amount", base.amount)
    if base.years and g.wants("cover_term_years"):
        g.put("cover_term_years", base.years)
    for part in base.participants:
        if part.role.word == "insured":
            take.aside(part, "role", "underwriting_class")
            if g.wants("nicotine") and (said := take.word(part, "tobacco")):
                g.answers.setdefault("nicotine", Told(said))


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
        for relation in g.story.relations(role):
            party = g.story.party(relation.to_id) or g.story.party(relation.from_id)
            if party is None:
                continue
            g.relations([relation])
            g.take.aside(party, "kind", "first_name", "middle_name", "last_name", "full_name")
            items.append(
                {
                    "name": party.name,
                    "relationship": g.relationship(party, (role,)),
                    "class": role.removesuffix("_beneficiary"),
                    "share": g.take.text(relation, "share"),
                    "born": g.take.text(party, "born"),
                }
            )
    return items


def _policies_in_force(g: Gathering) -> list[dict[str, str]]:
    take, policy = g.take, g.story.policy
    replaced = {
        given
        for one in g.story.relations("replaced", "replaced_by")
        for given in (one.from_id, one.to_id)
    }
    g.relations(g.story.relations("replaced", "replaced_by"))
    items = []
    for one in g.story.request.holdings:
        if one is policy or not one.is_policy:
            continue
        take.aside(one, "kind", "status", "line")
        carrier = g.story.party(one.carrier_id)
        company = take.text(one, "carrier_name") or take.text(carrier, "full_name", "trade_name")
        issued = take.text(one, "issued_on")
        items.append(
            {
                "company": company,
                "policy_number": take.text(one, "number"),
                "amount": take.text(one, "face_amount"),
                "year_issued": issued[:4],
                "replace": "yes" if one.id in replaced else "no",
            }
        )
    return items
