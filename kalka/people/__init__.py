"""People of a file: who they are, as far as anybody said, and how they may be reached without harm.

A person may have no name. Names are kept in the script they were told in. What was written is never overwritten: a
correction is a new version, and the latest is what a page shows. Everything but sex, age band and relation is sealed.
Nothing is stored that names could be searched by: search opens what the actor may see, and compares there.
"""
