"""How much somebody had to type, against how much the forms hold."""

from dataclasses import replace

from megler.applications.rules.counting import Typed, fields_on, leaves, shares, typed_in
from megler.applications.rules.questionnaires import questionnaire
from megler.forms.rules.questionnaire import Answer, FieldFill

LIFE = questionnaire("life")
OLA = {"name": "Ola", "relationship": "spouse", "class": "primary", "share": "100"}


def test_each_field_is_its_givers() -> None:
    said = {
        "insured_first_name": Answer("Kari", by="Anna Berg", origin="agent"),
        "insured_last_name": Answer("Hope", by="Anna Berg"),
        "insured_ssn": Answer("078051121", by="Kari Hope", origin="client"),
        "insured_phone": Answer("5125550142", by="Cara Holm", origin="telephone", whom="Kari"),
        "insured_born": Answer("1985-06-14", origin="quote"),
        "insured_middle_name": Answer(None, raw="?", by="Anna Berg", origin="agent"),
        "beneficiaries": Answer([OLA, OLA], by="Anna Berg", origin="agent"),
    }
    found = typed_in(LIFE, said)
    assert (found.agent, found.client, found.telephone, found.taken_over) == (10, 1, 1, 1)
    assert found.fields > 60


def test_what_is_not_asked_any_more_is_not_counted() -> None:
    said = {"med_heart_details": Answer("x", by="Anna", origin="agent"), "med_heart": Answer("no")}
    assert typed_in(LIFE, said).agent == 0


def test_an_answer_fills_as_many_fields_as_it_has() -> None:
    assert leaves(LIFE.by_key["insured_address"], {"street": "1 Oak St", "zip": "75001"}) == 2
    assert leaves(LIFE.by_key["beneficiaries"], [OLA]) == 4
    assert leaves(LIFE.by_key["insured_sex"], "female") == 1


def test_a_carriers_pdf_counts_its_fields_without_signatures() -> None:
    fills = (
        FieldFill("name", "insured_first_name"),
        FieldFill("name_again", "insured_first_name"),
        FieldFill("sign", "signature.insured"),
    )
    form = replace(LIFE.forms[0], fills=fills)
    assert fields_on(LIFE, form, {}) == 2


def test_a_list_on_a_form_holds_a_field_for_each_of_its_items() -> None:
    one = typed_in(LIFE, {"beneficiaries": Answer([OLA])}).fields
    two = typed_in(LIFE, {"beneficiaries": Answer([OLA, OLA])}).fields
    assert two - one == len(LIFE.by_key["beneficiaries"].fields)


def test_the_figures_have_names() -> None:
    assert shares(Typed(agent=3))["agent"] == 3
