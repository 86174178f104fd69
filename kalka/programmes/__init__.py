"""Corrective programmes for people who committed violence: who must go, who was never sent, who comes, who finished.

An *enrolment* is a subject of its own: its keys seal the name of the man, and nothing of the case. Whoever leads a
group sees enrolments and never the case; whoever works on the case sees both. Law No. 161 made the programme mandatory;
how many sessions it has was not found, so that the *packs* here are drafts. An absence is never evasion by itself.
"""
