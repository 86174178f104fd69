from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "shelters.changed_meanwhile": _(
        "Somebody else wrote something down here meanwhile. Nothing of yours was saved, all that you wrote is still "
        "here. Look at what stands now, then save again."
    ),
    "shelters.taken": _(
        "This place is not free any more: somebody else was a moment faster. Nothing was saved. Choose another one, or "
        "ask in another region."
    ),
    "shelters.not_an_answer": _("Choose one of these"),
    "shelters.how_many": _("Write a number from 0 to {most}"),
    "shelters.nothing_told": _("Write this down"),
    "shelters.too_long": _("Shorten this: at most {most} letters"),
    "shelters.no_such_room": _("Write a number from 1 to {most}"),
    "shelters.suits_nobody": _("Say whether the place is for a woman, for a man, or for both"),
    "shelters.bed_is_there": _("A bed of this number is there already in this room"),
    "shelters.day_is_over": _("Choose a day after {day}"),
    "shelters.past_the_limit": _("The law allows a stay of {days} days at most. Nothing was saved."),
    "shelters.not_then": _("Choose a day from {first} to {last}"),
    "shelters.hold_is_over": _("This hold is over already. Nothing was changed."),
    "shelters.no_such_stay": _("Nobody stays under this code in your shelter"),
    "shelters.of_another_case": _("This stay belongs to another case already. Nothing was changed."),
    "shelters.has_left": _("She has left already. Nothing was saved."),
    "shelters.no_rules_yet": _("The rules of the house are not written down yet. Write them down first."),
    "shelters.no_key_yet": _(
        "Nobody who works here has a key of the strongroom yet, so nobody could ever read it. Nothing was saved. Make "
        "the key of your post first: it is on your page."
    ),
    "shelters.still_staying": _("Somebody of this case is in a shelter, or on the way to one"),
}
