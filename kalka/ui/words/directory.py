from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "directory.no_such_kind": _("There is no such kind of organisation."),
    "directory.name_incomplete": _("Write the name in all three languages."),
    "directory.no_such_role": _("There is no such role. Choose one of the list."),
    "directory.no_such_organisation": _("There is no such organisation. Choose one of the list."),
    "directory.no_such_user": _("Nobody has this user name."),
    "directory.no_such_place": _("There is no such territory. Choose one of the list."),
    "directory.not_oneself": _("Nobody appoints themselves. Ask another administrator."),
    "directory.post_not_standing": _("The post does not stand on that day."),
    "directory.holds_it_already": _("This person holds the post already."),
    "directory.own_substitute": _("A post is not its own substitute."),
    "directory.no_such_category": _("There is no such category of members. Choose one of the list."),
    "directory.ends_before_it_begins": _("The post cannot end before it begins."),
    "directory.changed_meanwhile": _(
        "Somebody else changed this post meanwhile. Nothing of yours was saved. Look at it, then save again."
    ),
}
