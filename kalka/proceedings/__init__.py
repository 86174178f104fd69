"""Proceedings against whoever did violence, as others conduct them. Kalka writes them down; it opens and decides none.

Words: a *proceeding* is administrative or criminal and rests on a *ground*, whose code, edition and article are the
law's of its day; *steps* and *numbers* (ЖУИ, ЕРП) are added as they become known; an *end* says how it was decided, or
why it was refused. *Custody* is detention, arrest or a sentence, with the *release* that is planned and the one that
came. *Weapons* are asked for, taken, given back. Codes of Offences and Criminal Code; Law No. 63 as amended by No. 161
and No. 214: evasion of the programme, and by itself refusal to obey bans or limits under electronic monitoring.
"""
