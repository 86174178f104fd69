"""Risk: how dangerous it is, as the person says, the registers know, the officer judges and the form computes.

The words of it: a *judgement* is what the officer thinks before the form has said anything; an *assessment* is the
level that follows; a *trigger* is something that happened and asks for a new assessment. A level is only ever raised
by a person; it is lowered by a new assessment and a second person. There is no level without risk, and what was not
answered is never a no. Resolution No. 417 prescribes a form whose text is not here: its place is kept empty.
"""
