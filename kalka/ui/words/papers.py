from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "papers.no_such_pack": _("There is no such paper. Nothing was printed. Choose one of those shown."),
    "papers.no_such_language": _(
        "This paper exists in Kyrgyz and in Russian. Nothing was printed. Choose one of the two."
    ),
    "papers.wrong_fields": _(
        "This paper could not be filled in. Nothing was printed. Tell your administrator: {pack}."
    ),
    "papers.not_made": _("This paper could not be made. Nothing was printed. Try again, and tell your administrator."),
}
