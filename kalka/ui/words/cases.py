from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "cases.report_has_case": _(
        "This report already has a case. Nothing was changed. Look for it in the list of cases."
    ),
    "cases.no_such_step": _(
        "The case is in the stage “{now}”. From there it can only go to: {allowed}. Nothing was changed."
    ),
    "cases.unknown_code": _("This answer is not on the list. Nothing was saved. Choose one of the answers shown."),
    "cases.day_in_future": _("The day lies in the future. Nothing was saved. Write today ({today}) or an earlier day."),
    "cases.day_too_early": _("The day lies before {earliest}. Nothing was saved. Check the year."),
    "cases.form_not_known_then": _(
        "The law book does not list this form of violence for {on}. Nothing was saved. "
        "For that day choose from: {allowed}."
    ),
    "cases.too_many_children": _("Write a number of children from 0 to {most}. Nothing was saved."),
    "cases.incident_is_empty": _("Say what happened, or choose a form of violence. Nothing was saved."),
    "cases.before_birth": _("The day lies before the person was born. Nothing was saved. Check the year."),
    "cases.already_amended": _(
        "This incident was already described more fully. Nothing was saved. Complete the newest description."
    ),
    "cases.not_in_this_case": _("This person has no such part in the case. Nothing was saved. Add the person first."),
    "cases.has_this_part": _("This person already has this part in the case. Nothing was changed."),
    "cases.one_protected_person": _(
        "A case protects one person, and this one has one already. Nothing was changed. "
        "Open another case for the other."
    ),
    "cases.not_both_sides": _(
        "The protected person cannot be the one said to have committed the violence in the same case. "
        "Nothing was changed."
    ),
    "cases.representative_is_alleged": _(
        "This person is said to have committed the violence and cannot decide for anybody here. "
        "Nothing was saved. Ask the protected person, or the child-protection specialist."
    ),
    "cases.may_not_consent": _("Only the protected person or their guardian can consent. Nothing was saved."),
    "cases.consent_already_over": _(
        "The consent would already be over. Nothing was saved. Choose {today} or a later day."
    ),
    "cases.consent_too_long": _("A consent runs for {days} days at most. Nothing was saved. Choose an earlier day."),
    "cases.no_consent": _(
        "There is no running consent to tell {organisation} for this purpose: {purpose}. Nothing was sent. "
        "Ask the protected person first."
    ),
    "cases.consent_is_withdrawn": _("This consent was already withdrawn. Nothing was changed."),
    "cases.circle_not_yours": _(
        "Your post cannot write this kind of note. Nothing was saved. Choose the note of the team."
    ),
    "cases.note_is_empty": _("The note is empty. Nothing was saved. Write a few words."),
    "cases.readers_of_open_note": _(
        "The whole team reads this note. Nothing was saved. Leave the list of readers empty."
    ),
    "cases.reader_of_another_organisation": _(
        "A professional note can be opened only to colleagues of your organisation who may see the case. "
        "Nothing was saved."
    ),
    "cases.ground_is_empty": _("Write the number and the ground of the demand. Nothing was saved."),
    "cases.already_in_team": _("This post is already in the team. Nothing was changed."),
    "cases.not_in_team": _("This post is not in the team any more. Nothing was changed."),
    "cases.no_such_post": _("This post does not exist on this day. Nothing was changed. Choose another one."),
    "cases.last_member": _("Somebody must stay responsible for the case. Nothing was changed. Add a colleague first."),
    "cases.nobody_protected": _("Nobody is written down as the protected person. A person may have no name."),
    "cases.place_missing": _("Nobody wrote down the place. Nothing was saved. Choose the place first."),
    "cases.nobody_responsible": _(
        "No post is responsible for this place. Nothing was saved. Tell your administrator which post it is."
    ),
    "cases.no_free_reference": _("No code could be drawn for the case. Nothing was saved. Try again."),
    "cases.reason_missing": _("Write a reason. Nothing was saved yet."),
    "cases.reason_short": _(
        "Write at least {least} characters: who decides must be able to judge it. Nothing was sent."
    ),
    "cases.code_unfit": _("A case code has ten letters and digits. Nothing was sent. Check it."),
    "cases.seen_already": _("You can see this case already. Nothing was sent. Open it from the list of cases."),
    "cases.no_second_person": _(
        "There is nobody in a leading post who could be the second person. Nothing was sent. Ask the administrator."
    ),
    "cases.own_glass": _(
        "Only another person, in a leading post of another organisation, can agree to this. Nothing was changed."
    ),
    "cases.glass_decided": _("Somebody has decided this already. Nothing was changed."),
    "cases.glass_lapsed": _("This request cannot be agreed to any more. Nothing was changed."),
    "cases.wall_by_lead": _("Only a leading post decides who is shut out. Nothing was changed."),
    "cases.nobody_to_shut_out": _("Nobody else holds this post now. Nothing was changed. Choose another post."),
    "cases.lift_is_asked": _("A second person was asked already. Nothing was changed."),
    "cases.own_lift": _("You asked for this, so somebody else decides. Nothing was changed."),
    "cases.lift_decided": _("Somebody has decided this already. Nothing was changed."),
    "cases.bait_is_empty": _("Write a name and what stands in the file. Nothing was saved yet."),
    "cases.no_ground": _(
        "There is no listed ground to show the case to this post without agreement. Nothing was changed."
    ),
}
