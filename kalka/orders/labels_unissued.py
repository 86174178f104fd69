"""The words of the reasons why a fact has no order."""

from django.utils.translation import gettext_lazy as _

from kalka.orders.rules.unissued import Unissued
from kalka.ui.text import StrOrPromise

WHYS: dict[str, StrOrPromise] = {
    Unissued.BEING_ISSUED: _("It is being issued"),
    Unissued.NOT_TOLD: _("The police have not been told yet"),
    Unissued.UNIDENTIFIED: _("Who did it is not known"),
    Unissued.NOT_FOUND: _("Who did it cannot be found"),
    Unissued.IN_CUSTODY: _("Who did it is in custody"),
    Unissued.ABROAD: _("Who did it is abroad"),
    Unissued.DIED: _("Who did it has died"),
    Unissued.MINOR: _("Who did it is a minor"),
    Unissued.NOT_FAMILY: _("Not a member of the family, nor equated to one by the law of that day"),
    Unissued.NOT_CONFIRMED: _("What was told was not confirmed"),
    Unissued.REFUSED: _("The body would not issue it"),
    Unissued.OTHER: _("Another reason"),
}
CHOICES = list(WHYS.items())
