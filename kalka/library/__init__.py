"""Handbooks, forms, presentations, films and interviews: versions, who they are for, and who has received what.

A *material* is public. A *story* of practice or a lesson is written by a committee and sealed; its text is looked
through for what tells of a person, another person reads it, and only then a copy stands open for everybody at work.
"""
