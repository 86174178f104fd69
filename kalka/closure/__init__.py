"""Closing a case: asks every module whether it is done, and says in plain words what is not. It has no tables.

A withdrawn complaint, a reconciliation or a hearing of aksakals closes nothing. Reopening is a new dated record.
"""
