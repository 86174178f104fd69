"""Families at risk, and people in a situation of violence, as a local committee works with them.

Words: a *family* is a case of kind `at_risk` and one row of the committee's register; its *pair* are the two posts that
may know of it, and nobody else of the committee does; a *seat* is one of the two places, empty until whoever was asked
takes it. *Work* is one of the listed kinds, with the record it led to. A family is in *continuing work* while somebody
spoke with it within the term, a figure of practice that is unset unless an institution set it. Told violence *crosses*:
it becomes a report, which goes where every report goes, and the committee keeps its own tasks.
"""
