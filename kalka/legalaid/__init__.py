"""Legal aid that the state guarantees, and the work of psychologists.

Legal aid: a *request* with a category and a ground, an advocate *appointed*, who *accepts* or not, a term, a *result*.
No office acts for both sides: whom it acts for and against is kept as keyed digests alone, and asked blindly.
A *consultation day* is a day in a village, with figures and no names. Counselling: a *waiting list*, *sessions* and
*groups*; minutes are counted, and what was spoken of is written nowhere.
"""
