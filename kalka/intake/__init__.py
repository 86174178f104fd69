"""What somebody told: the first step of the journey.

A *report* is kept as it was told and never edited; what turns out to be wrong is added as a *correction*. *Triage* says
what becomes of it: a case, no case (with a reason), or passed on to another post, which then has to say.
Danger comes first, then what the person needs to be able to talk, then what happened; whatever serves only counting
comes last and may be left out.

Who reported is sealed apart from the case, under a key of its own. It is opened by a reasoned act, read once by whoever
opened it, and stands on no page, paper or export.

The term to respond to a report was not found in the law (`intake.respond_within_hours` is unset): until it is, the duty
of triage runs by a stated internal rule (`rules.TRIAGE`).
"""
