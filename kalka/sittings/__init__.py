"""Sittings of a local committee: called, held, decided, and what became of each decision.

A sitting is a subject of its own, which the committee's organisation sees. An item about a family holds its code and
the consent it rests on; a decision about a family holds a code, a measure, who answers for it, and a day: no column of
it takes words, and nobody's vote is written down. What was decided is a duty of one post, and the record it asks for.
"""
