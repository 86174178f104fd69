"""The case: one protected person, what was done to them, by whom it is said to have been done, and who works on it.

A child who was present is a victim too (Law No. 63, art. 1(4)): counted as one, and the cause of a notice of its own.
Reconciliation, a withdrawn complaint or a hearing of aksakals is written down and changes nothing. A family at risk is
a case of kind `at_risk`.
"""
