"""Local committees: how each came to be, who sits in it, what it plans, and where none is yet.

A member without a device is a full member. Nothing here is about a family.
"""
