from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.support import labels
from kalka.support.rules import QUESTIONS
from kalka.ui import forms as ui


def _question(name: str) -> ui.Choice:
    return ui.Choice(list(labels.SAID.items()), label=labels.QUESTIONS[name], required=False)


class OpinionForm(ui.Form):
    code = ui.Words(label=_("The code on the slip of paper"), size="m", limit=20, missing=_("Write the code"))
    heard = _question("heard")
    safe = _question("safe")
    useful = _question("useful")
    again = _question("again")

    def answers(self) -> dict[str, Any]:
        return {question: self.cleaned_data[question] for question in QUESTIONS}
