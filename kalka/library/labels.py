"""The words of the codes of this module."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = Mapping[str, StrOrPromise]

KINDS: Labels = {
    "handbook": _("Handbook"),
    "form": _("Form"),
    "presentation": _("Presentation"),
    "video": _("Film"),
    "interview": _("Interview"),
    "other": _("Something else"),
}
AUDIENCES: Labels = {
    "members": _("For members of committees"),
    "officials": _("For officials"),
    "schools": _("For schools"),
    "population": _("For the population"),
    "everybody": _("For everybody"),
}
LANGUAGES: Labels = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}
RECIPIENTS: Labels = {
    "state": _("State bodies"),
    "self_government": _("Local self-government"),
    "members": _("Members of committees"),
    "civil_society": _("Civil society"),
    "media": _("Media"),
    "other": _("Others"),
}
WHYS: Labels = {
    "mistake": _("It was a mistake"),
    "twice": _("It was entered twice"),
    "returned": _("The copies came back"),
}
STORIES: Labels = {"practice": _("A story of practice"), "lesson": _("A lesson")}
STATES: Labels = {
    "waiting": _("waits for a second person"),
    "shown": _("everybody at work reads it"),
    "returned": _("given back"),
}
FINDS: Labels = {
    "phone": _("telephone"),
    "pin": _("personal number"),
    "address": _("address"),
    "mail": _("e-mail address"),
    "name": _("perhaps a name"),
}
