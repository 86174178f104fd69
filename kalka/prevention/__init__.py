"""Work with the population before anything happens: meetings, classes, rounds of homes, campaigns, outreach days.

An *event* is of an organisation and of no file: a day, a place, codes and figures in the clear. A figure may be a lower
bound, as its source gave it («1000ден ашык»), and is printed as such. What was told of it, the roll and the photos are
sealed under the event's own key, for the organisation alone.

Nothing leads from an event to a report: whoever tells something after a class talk is written down in `intake`, by a
plain link that carries a code of the way it was told.
"""
