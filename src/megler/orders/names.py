"""What people call the words of orders."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.orders.rules.words import (
    Event,
    FeeState,
    Format,
    ItemState,
    OrderState,
    ProviderClass,
    Purpose,
)

Names = dict[str, "str | Promise"]

ORDER_STATE: Names = {
    OrderState.ORDERED: _("Ordered"),
    OrderState.ACCEPTED: _("Vendor has it"),
    OrderState.SCHEDULED: _("Appointment made"),
    OrderState.WORKING: _("In work"),
    OrderState.PARTLY: _("Partly in"),
    OrderState.RECEIVED: _("All in"),
    OrderState.FAILED: _("Not to be had"),
    OrderState.CANCELLED: _("Cancelled"),
}
ITEM_STATE: Names = {
    ItemState.ORDERED: ORDER_STATE[OrderState.ORDERED],
    ItemState.ACCEPTED: ORDER_STATE[OrderState.ACCEPTED],
    ItemState.SCHEDULED: ORDER_STATE[OrderState.SCHEDULED],
    ItemState.WORKING: ORDER_STATE[OrderState.WORKING],
    ItemState.PARTLY: ORDER_STATE[OrderState.PARTLY],
    ItemState.RECEIVED: _("Come in"),
    ItemState.FAILED: ORDER_STATE[OrderState.FAILED],
    ItemState.CANCELLED: ORDER_STATE[OrderState.CANCELLED],
}
TONES = {
    "ordered": ("wait", "send"),
    "accepted": ("progress", "circle-check"),
    "scheduled": ("progress", "calendar-event"),
    "working": ("progress", "clock"),
    "partly": ("attention", "inbox"),
    "received": ("good", "circle-check"),
    "failed": ("bad", "alert-circle"),
    "cancelled": ("quiet", "circle-x"),
}
"""Colour and icon of each state."""
EVENT: Names = {
    Event.ACCEPTED: _("Order taken"),
    Event.SCHEDULED: _("Appointment made"),
    Event.MISSED: _("Appointment missed"),
    Event.WORKING: _("In work"),
    Event.FEE_ASKED: _("Fee asked"),
    Event.PARTIAL: _("Part of the results"),
    Event.RESULT: _("Results"),
    Event.FAILED: _("Not to be had"),
    Event.CANCELLED: _("Cancelled by the vendor"),
    Event.REFUSED: _("Order refused"),
    Event.NOTE: _("Note"),
}
FORMAT: Names = {
    Format.TXLIFE: _("TXLife 121"),
    Format.NAILBA: _("NAILBA 800, columns"),
    Format.NAILBA_XML: _("NAILBA 800, XML"),
    Format.EMAIL: _("E-mail"),
    Format.LETTER: _("Letter to print"),
}
FEE_STATE: Names = {
    FeeState.NONE: _("No fee asked"),
    FeeState.ASKED: _("To be decided"),
    FeeState.APPROVED: _("Approved"),
    FeeState.REFUSED: _("Refused"),
}
PURPOSE: Names = {
    Purpose.ORDER: _("Order"),
    Purpose.CANCEL: _("Cancellation"),
    Purpose.CHANGE: _("Change"),
    Purpose.FEE_APPROVED: _("Fee approved"),
    Purpose.FEE_REFUSED: _("Fee refused"),
    Purpose.INQUIRY: _("Question how it stands"),
    Purpose.RESULTS: _("Status and results"),
    Purpose.ANSWER: _("Answer"),
}
PROVIDER: Names = {
    ProviderClass.PHYSICIAN: _("Physician"),
    ProviderClass.HOSPITAL: _("Hospital"),
    ProviderClass.CLINIC: _("Clinic"),
    ProviderClass.LABORATORY: _("Laboratory"),
    ProviderClass.PHARMACY: _("Pharmacy"),
    ProviderClass.MENTAL_HEALTH: _("Mental health"),
    ProviderClass.SUBSTANCE_USE: _("Substance use"),
}
READING: Names = {
    "blood_pressure": _("Blood pressure"),
    "a1c": _("A1c"),
    "cholesterol": _("Cholesterol"),
    "ldl": _("LDL"),
    "hdl": _("HDL"),
    "triglycerides": _("Triglycerides"),
    "glucose": _("Glucose"),
    "bmi": _("BMI"),
    "weight": _("Weight"),
    "pulse": _("Pulse"),
    "creatinine": _("Creatinine"),
    "egfr": _("eGFR"),
    "psa": _("PSA"),
}
ENTRY_KIND: Names = {
    "visit": _("Visit"),
    "diagnosis": _("Diagnosis"),
    "drug": _("Drug"),
    "reading": _("Reading"),
}


def choices(names: Names) -> list[tuple[str, "str | Promise"]]:
    """Codes and names, for a model's or form's field."""
    return [(str(code), name) for code, name in names.items()]
