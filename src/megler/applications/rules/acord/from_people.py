"""What a message's parties and relations tell."""

from megler.applications.rules.acord.gathering import Gathering
from megler.applications.rules.acord.measures import plain, whole_of, with_unit
from megler.applications.rules.acord.places import INSURED_CODES, INSURED_TEXTS, OWNER_TEXTS
from megler.exchange.txlife.checking import DOCTORS
from megler.exchange.txlife.codes import label
from megler.exchange.txlife.records import Party


def take_people(g: Gathering) -> None:
    insured = g.story.insured
    if insured is not None:
        _insured(g, insured)
        g.roles(insured, "insured", "annuitant")
    owner = next(iter(g.story.parties("owner")), None)
    if owner is not None:
        _owner(g, owner, insured)
        g.roles(owner, "owner")
    if (doctor := next(iter(g.story.parties(*DOCTORS)), None)) is not None:
        _doctor(g, doctor)
    _payor(g, owner or insured)
    _known(g)


def _insured(g: Gathering, one: Party) -> None:
    take = g.take
    take.aside(one, "kind", *(["age"] if one.born else []))
    if not one.last_name and len(words := one.full_name.split()) == 2:
        if g.wants("insured_first_name") and g.wants("insured_last_name"):
            take.text(one, "full_name")
            g.put("insured_first_name", words[0])
            g.put("insured_last_name", words[1])
    elif one.last_name:
        first, middle, last = one.first_name, one.middle_name, one.last_name
        short = f"{first} {middle[:1]} {last}" if middle else ""
        take.same(one, "full_name", one.name, f"{first} {middle} {last}", f"{first} {last}", short)
    g.texts(one, INSURED_TEXTS)
    g.codes(one, INSURED_CODES)
    g.number(one, "insured_ssn", {"ssn", ""})
    g.contact(one, "insured")
    if g.wants("insured_occupation") and (job := take.text(one, "job", "occupation")):
        g.put("insured_occupation", job)
    _origin(g, one)
    for key, record, length in (
        ("height_in", one.height, True),
        ("weight_lb", one.weight, False),
    ):
        if record is not None and g.wants(key) and (said := whole_of(record, length)):
            take.aside(record, "units", "value")
            if g.put(key, said) and said != plain(record.value):
                g.told("txlife_converted", key, with_unit(record, length), said)


def _origin(g: Gathering, one: Party) -> None:
    """Citizenship and place of birth; a country other than the United States is told by name."""
    take, country = g.take, one.citizenship.word
    if g.wants("insured_citizen") and country not in {"", "other"}:
        g.put("insured_citizen", "yes" if country == "US" else "no")
        if country == "US":
            take.word(one, "citizenship")
        elif g.wants("insured_visa"):
            g.put("insured_visa", label("country", take.word(one, "citizenship")))
    if not g.wants("insured_birth_place"):
        return
    if one.birth_country.word in {"", "US"} and (state := take.text(one, "birth_state")):
        take.word(one, "birth_country")
        g.put("insured_birth_place", label("state", state))
    elif not one.birth_state and (where := take.word(one, "birth_country")):
        g.put("insured_birth_place", label("country", where))


def _owner(g: Gathering, one: Party, insured: Party | None) -> None:
    if not g.wants("owner_is_insured"):
        return
    if insured is not None and one.id == insured.id:
        g.put("owner_is_insured", "yes")
        return
    take = g.take
    g.put("owner_is_insured", "no")
    if g.wants("owner_name") and one.name:
        g.put("owner_name", g.name(one))
    if g.wants("owner_kind") and (kind := kind_of(one)):
        trust = one.organisation_form.word == "trust"
        take.aside(one, "kind", *(["organisation_form"] if trust else []))
        g.put("owner_kind", kind if kind == "person" else "trust" if trust else "business")
    g.texts(one, OWNER_TEXTS)
    g.number(one, "owner_ssn", {"ssn"})
    g.number(one, "owner_tax_id", {"tax_id", "employer_id"})
    g.contact(one, "owner")
    if g.wants("owner_relationship") and (said := g.relationship(one, ("owner",))):
        g.put("owner_relationship", said)
    _who_signs(g, one)


def kind_of(one: Party) -> str:
    """`person` or `organisation`, as it is said or as what stands of them tells."""
    if one.kind:
        return one.kind.word
    if one.organisation_form or one.trade_name:
        return "organisation"
    return "person" if one.last_name or one.born or one.gender else ""


def _who_signs(g: Gathering, owner: Party) -> None:
    """The trustee or officer of an owner that is no person."""
    if not g.wants("owner_signer") or kind_of(owner) == "person":
        return
    for relation in g.story.relations("trustee", "signing_officer"):
        ends = {relation.from_id, relation.to_id}
        other = next((g.story.party(i) for i in ends - {owner.id}), None)
        policy = g.story.policy.id if g.story.policy else ""
        if other is not None and other is not owner and ends & {owner.id, policy} - {""}:
            g.relations([relation])
            g.take.aside(other, "kind")
            g.put("owner_signer", g.name(other))
            return


def _doctor(g: Gathering, one: Party) -> None:
    if not g.wants("physician_name") or not one.name:
        return
    take = g.take
    g.roles(one, *DOCTORS)
    take.aside(one, "kind")
    if g.wants("has_physician"):
        g.put("has_physician", "yes")
    g.put("physician_name", g.name(one))
    if g.wants("physician_phone") and one.phones:
        take.aside(one.phones[0], "kind")
        g.put("physician_phone", g.phone(one.phones[0]))
    if g.wants("physician_place") and one.addresses:
        first = one.addresses[0]
        take.aside(first, "kind", "state", "state_text")
        g.at_home(first)
        state = first.state.word or first.state_text
        parts = [take.text(first, f) for f in ("line1", "line2", "line3", "city")]
        place = ", ".join(p for p in (*parts, state, take.text(first, "zip")) if p)
        g.put("physician_place", place)


def _payor(g: Gathering, owner: Party | None) -> None:
    payor = next(iter(g.story.parties("payor")), None)
    if payor is None or not g.wants("payment_payor"):
        return
    g.roles(payor, "payor")
    if owner is not None and payor.id == owner.id:
        g.put("payment_payor", "owner")
        return
    g.put("payment_payor", "other")
    g.take.aside(payor, "kind")
    if g.wants("payment_payor_name") and payor.name:
        g.put("payment_payor_name", g.name(payor))


def _known(g: Gathering) -> None:
    """The agent and the carrier are known here by number and code; nothing more is asked."""
    agent, carrier = g.story.agent, g.story.carrier
    for one in (agent, carrier):
        if one is None:
            continue
        g.take.aside(
            one, "kind", "full_name", "first_name", "last_name", "npn", "carrier_code", "trade_name"
        )
        for inner in (*one.emails, *one.phones):
            g.take.aside(inner, "address", "area", "number", "kind")
        for appointed in one.appointments:
            known = not one.npn or appointed.producer_id == one.npn
            g.take.aside(appointed, "carrier_code", *(["producer_id"] if known else []))
    if agent is None:
        return
    g.roles(agent, "agent", "servicing_agent", "policy_agent")
    for party, said in g.story.parts("agent"):
        if party is agent and said.share == "100":
            g.take.aside(said, "share")
