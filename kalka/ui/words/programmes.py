from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "programmes.not_an_answer": _("Choose one of these"),
    "programmes.too_long": _("Shorten this: at most {most} letters"),
    "programmes.case_closed": _("This case is closed. Nothing was changed. Open it again first."),
    "programmes.not_said_to_have_done_it": _("Choose the person who is said to have used violence"),
    "programmes.sent_already": _("He is in a programme already. Nothing was changed."),
    "programmes.no_name": _("Write his name in the case first: the programme must know whom to call."),
    "programmes.age_or_sex_unknown": _("Write his sex and age in the case first: they decide which programme it is."),
    "programmes.not_a_phone": _("This number cannot be dialled. Write it as 0700 123 456"),
    "programmes.her_phone": _(
        "This is the number of somebody he hurt. Nothing was sent. Write his own, or leave it out."
    ),
    "programmes.nobody_there": _("Nobody works in this organisation yet. Nothing was saved. Choose another one."),
    "programmes.no_such_step": _("This cannot follow what stands now. Look at the page again."),
    "programmes.other_stream": _("This group is for others. Choose one of his programme."),
    "programmes.group_is_full": _("Every seat of this group is taken. He stays on the waiting list."),
    "programmes.not_together": _("He cannot sit with the people of this group. Choose another group."),
    "programmes.ask_him_first": _("Ask him first why he did not come. An absence alone is not evasion."),
    "programmes.say_why": _("Write what he was asked and what he said"),
    "programmes.not_so_often_absent": _(
        "Evasion cannot be written down: he was absent without a reason less than {least} times."
    ),
    "programmes.not_finished": _("He has not finished: sessions left {sessions}, modules never attended {modules}."),
    "programmes.seats_unfit": _("Write how many can come, from 1 to {most}"),
    "programmes.day_to_come": _("This is still to come"),
    "programmes.members_changed": _("The group has changed meanwhile. Look at the list again and mark everybody."),
    "programmes.write_it_down": _("Write down what he said, in his words"),
}
