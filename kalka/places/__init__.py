"""The territory, dated: units with codes as text, who came before whom, and lists of a given vintage.

A *place* is a unit of any level, from the country to a village. A *vintage* is the month its list is of. Places are
never deleted: one that is no longer in a later list ends, because a case keeps the code of its own day. Days are
half-open: `valid_to` is the first day the place is no more. Public reference data; nothing here is about a person.
"""
