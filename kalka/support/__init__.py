"""Support: what a person and those who help her agreed on, and what was done of it.

Words: a *goal* is hers, in her words; an *action* is what one post does for it by a day, and is a duty; a *service* is
one of the four kinds of help given on a day, in minutes, never its content; *aid* is money or things out of a budget
line, with its receipt; a *safety plan* is kept whole at each change, and its code word is never printed. An *opinion*
is what somebody thinks of the help she got: it belongs to no file, and staff see sums alone. A case is closed on her
own word on safety, or on one of the listed reasons that a second person agrees with.
"""
