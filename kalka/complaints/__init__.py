"""What she asks of those who must protect her, and what they answer.

A *call* for help while an order runs is a possible breach: it goes at once to the inspector and to whoever supervises,
and the time until somebody answers is counted. A *paper* is a complaint against inaction, an application to extend an
order or an appeal: each *addressee* has a clock and one answer. Law No. 63 knows the rights; the terms were not found,
so `clocks.yaml` holds internal rules and every duty that comes of them says so.
Whoever a complaint is about does not see it here.
"""
