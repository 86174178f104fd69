from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "orders.fact_has_an_order": _("This fact has its order by now, or was written down anew. Nothing was saved."),
    "orders.say_why_none": _("Say it in words. Nothing was saved."),
    "orders.case_closed": _("This case is closed. Nothing was saved. Open it again first, then register the order."),
    "orders.no_law_then": _("The law book knows no such term for {day}. Nothing was saved. Check the day."),
    "orders.time_to_come": _(
        "This lies in the future. Now it is {now}. Nothing was saved. Check the day and the time."
    ),
    "orders.day_to_come": _("The day lies in the future. Nothing was saved. Write today ({today}) or an earlier day."),
    "orders.starts_before_issue": _(
        "An order cannot begin before it was issued ({issued}). Nothing was saved. Check the first day."
    ),
    "orders.starts_too_late": _(
        "The first day is more than {most} days after the issue. Nothing was saved. Check the year."
    ),
    "orders.ends_before_start": _("The last day lies before the first ({starts}). Nothing was saved. Check the year."),
    "orders.ends_too_late": _("This is more than {most} days. Nothing was saved. Check the year."),
    "orders.unknown_code": _("This answer is not on the list. Nothing was saved. Choose from those shown."),
    "orders.too_long": _("Shorten this: at most {most} letters. Nothing was saved."),
    "orders.not_a_number": _(
        "This is not the number of an order: it has digits and at most forty characters. Nothing was saved."
    ),
    "orders.number_taken": _(
        "This body has already given this number to another order. Nothing was saved. Compare it with the paper."
    ),
    "orders.not_extended": _("This order was not extended. There is nothing to print."),
    "orders.has_a_number": _("This order has its number already. Nothing was changed."),
    "orders.no_such_authority": _("This body is not on the list. Nothing was saved. Choose one of those shown."),
    "orders.not_said_to_have_done_it": _(
        "In this case nobody says that this person did it. Nothing was saved. Add them to the case in that part first."
    ),
    "orders.not_to_be_protected": _(
        "An order of this case cannot protect this person. Nothing was saved. Choose from those shown."
    ),
    "orders.before_issue": _("The order was issued later: {issued}. Nothing was saved. Check the day and the time."),
    "orders.was_over_then": _("The last day of the order was {last}. Nothing was saved. Check the day."),
    "orders.did_not_run_then": _(
        "The order did not run on that day: it runs from {starts} to {last}. Nothing was saved. Check the day."
    ),
    "orders.not_longer": _("The order runs until {last} already. Nothing was saved. Write a later day."),
    "orders.extended_too_long": _(
        "By the law of that day an extended order runs at most {days} days, until {last}. Nothing was saved."
    ),
    "orders.reason_missing": _("Write why it was revoked. Nothing was saved."),
    "orders.revoked_already": _("This order was revoked before ({at}). Nothing was changed."),
    "orders.served_already": _("That this order was served is written down already. Nothing was changed."),
    "orders.nobody_responsible": _(
        "No post is responsible for this place. Nothing was saved. Tell your administrator which post it is."
    ),
    "orders.no_number_no_paper": _(
        "What the respondent is handed carries the number of the order. Nothing was printed. Complete the number first."
    ),
    "orders.running": _("A protection order runs until {until}"),
    "orders.register_refused": _(
        "The police register sent orders that could not be taken in. The log names why. The others were taken in."
    ),
    "orders.register_has_no_post": _(
        "The police register is not asked: the post that was named for it is not there or has ended. "
        "Whoever keeps the server names another one (KALKA_ORDER_REGISTER_POST)."
    ),
    "orders.to_begin": _("A protection order is to begin, and runs until {until}"),
    "orders.unserved": _("The protection order was not served"),
    "orders.no_number": _("The number of the protection order is still to be completed"),
    "orders.changed_meanwhile": _(
        "Somebody else wrote something down about this order meanwhile. It now runs until {last}, the last day "
        "included. Nothing of yours was saved, all that you wrote is still here. Look at the order, then save again."
    ),
}
