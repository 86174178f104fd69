"""A form with one field of each kind that tests need."""

from datetime import datetime

from kalka.core.clock import BISHKEK
from kalka.ui import forms as ui

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=BISHKEK)
KEY = "6f1c2c58-8d47-4a86-b1a9-6c8f5dfd8a11"


class VisitForm(ui.Form):
    on = ui.DayField(label="Day", past=True)
    met = ui.Answer(label="Met", shows={"yes": ["children"], "no": ["why"]}, required=False)
    children = ui.Count(label="Children", most=20)
    why = ui.Words(label="Why", limit=40)
    born = ui.DayField(label="Born", partial=True, past=True, required=False)
    at = ui.MomentField(label="At", past=True, required=False)
    phone = ui.PhoneField(label="Phone", required=False)


def filled(**typed: str) -> VisitForm:
    return VisitForm({"key": KEY, "on_day": "22", "on_month": "11", "on_year": "2026", **typed}, now=NOW)


def words(form: ui.Form, field: str) -> list[str]:
    form.is_valid()
    return [line.replace("\u00a0", " ") for line in form.errors.get(field, [])]
