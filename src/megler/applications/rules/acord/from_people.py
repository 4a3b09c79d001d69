"""What a message's parties and relations tell."""

from megler.applications.rules.acord.gathering import Gathering
from megler.applications.rules.acord.places import INSURED_CODES, INSURED_TEXTS, OWNER_TEXTS
from megler.exchange.txlife.checking import DOCTORS
from megler.exchange.txlife.codes import label
from megler.exchange.txlife.records import Party


def take_people(g: Gathering) -> None:
    insured = g.story.insured
    if insured is not None:
        _insured(g, insured)
    owner = next(iter(g.story.parties("owner")), None)
    if owner is not None:
        _owner(g, owner, insured)
    g.relations(g.story.relations("insured", "owner"))
    if (doctor := next(iter(g.story.parties(*DOCTORS)), None)) is not None:
        _doctor(g, doctor)
    _payor(g, owner or insured)
    for party in (g.story.agent, g.story.carrier):
        if party is not None:
            _known(g, party)


def _insured(g: Gathering, one: Party) -> None:
    take = g.take
    take.aside(one, "kind", "age")
    if not one.last_name and len(words := one.full_name.split()) == 2:
        if g.wants("insured_first_name") and g.wants("insured_last_name"):
            take.text(one, "full_name")
            g.put("insured_first_name", words[0])
            g.put("insured_last_name", words[1])
    elif one.last_name:
        take.aside(one, "full_name")
    g.texts(one, INSURED_TEXTS)
    g.codes(one, INSURED_CODES)
    g.number(one, "insured_ssn", {"ssn", ""})
    g.contact(one, "insured")
    if g.wants("insured_occupation") and (job := take.text(one, "job", "occupation")):
        g.put("insured_occupation", job)
    if g.wants("insured_citizen") and take.word(one, "citizenship") == "US":
        g.put("insured_citizen", "yes")
    if g.wants("insured_birth_place") and (state := take.text(one, "birth_state")):
        take.aside(one, "birth_country")
        g.put("insured_birth_place", label("state", state))
    for key, record, units in (
        ("height_in", one.height, "inches"),
        ("weight_lb", one.weight, "pounds"),
    ):
        if record is not None and g.wants(key) and record.units.word == units:
            take.aside(record, "units")
            g.put(key, take.text(record, "value"))


def _owner(g: Gathering, one: Party, insured: Party | None) -> None:
    if not g.wants("owner_is_insured"):
        return
    if insured is not None and one.id == insured.id:
        g.put("owner_is_insured", "yes")
        return
    take = g.take
    g.put("owner_is_insured", "no")
    take.aside(one, "first_name", "middle_name", "last_name", "full_name", "trade_name")
    if g.wants("owner_name") and one.name:
        g.put("owner_name", one.name)
    if g.wants("owner_kind") and one.kind.word:
        trust = one.organisation_form.word == "trust"
        take.aside(one, "kind", *(["organisation_form"] if trust else []))
        kind = "trust" if trust else "business"
        g.put("owner_kind", "person" if one.kind.word == "person" else kind)
    g.texts(one, OWNER_TEXTS)
    g.number(one, "owner_ssn", {"ssn"})
    g.number(one, "owner_tax_id", {"tax_id", "employer_id"})
    g.contact(one, "owner")
    if g.wants("owner_relationship") and (said := g.relationship(one, ("owner",))):
        g.put("owner_relationship", said)


def _doctor(g: Gathering, one: Party) -> None:
    if not g.wants("physician_name") or not one.name:
        return
    take = g.take
    g.relations(g.story.relations(*DOCTORS))
    take.aside(one, "kind", "first_name", "middle_name", "last_name", "full_name", "suffix")
    if g.wants("has_physician"):
        g.put("has_physician", "yes")
    g.put("physician_name", one.name)
    if g.wants("physician_phone") and one.phones:
        take.aside(one.phones[0], "kind")
        number = take.text(one.phones[0], "area") + take.text(one.phones[0], "number")
        g.put("physician_phone", number)
    if g.wants("physician_place") and one.addresses:
        first = one.addresses[0]
        take.aside(first, "kind", "state", "state_text", "country", "country_text")
        state = first.state.word or first.state_text
        parts = [take.text(first, f) for f in ("line1", "line2", "line3", "city")]
        place = ", ".join(p for p in (*parts, state, take.text(first, "zip")) if p)
        g.put("physician_place", place)


def _payor(g: Gathering, owner: Party | None) -> None:
    payor = next(iter(g.story.parties("payor")), None)
    if payor is None or not g.wants("payment_payor"):
        return
    g.relations(g.story.relations("payor"))
    if owner is not None and payor.id == owner.id:
        g.put("payment_payor", "owner")
        return
    g.put("payment_payor", "other")
    g.take.aside(payor, "kind", "first_name", "middle_name", "last_name", "full_name")
    if g.wants("payment_payor_name") and payor.name:
        g.put("payment_payor_name", payor.name)


def _known(g: Gathering, one: Party) -> None:
    """The agent and the carrier are known here by number and code; nothing more is asked."""
    g.take.aside(
        one, "kind", "full_name", "first_name", "last_name", "npn", "carrier_code", "trade_name"
    )
    for inner in (*one.appointments, *one.emails, *one.phones):
        g.take.aside(inner, "producer_id", "carrier_code", "address", "number", "kind")
    relations = g.story.relations("agent")
    g.relations(relations)
    for relation in relations:
        g.take.aside(relation, *(["share"] if relation.share == "100" else []))
