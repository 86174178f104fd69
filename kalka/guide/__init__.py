"""Who helps, with what, where and when: the public directory, in the words of HSDS 3.0.

A *provider* offers *services* at *locations*. A location that must not be known has no address anywhere: not in the
row, not in the feed, not on a page; only the part of the country is said. Whoever offers a service says every ninety
days that all is still so; what was not confirmed says so itself.
"""
