"""Who may see which subject. One table of grants, one of walls, one predicate that every selector starts from.

A subject is a case, a report, a stay, a call: whatever has a file of its own. A wall beats every grant: whoever is
named in a file, or kin to somebody in it, sees nothing of it.
"""
