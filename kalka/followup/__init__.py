"""Visits: whether the protected person is safe and the order is kept (Law No. 63, art. 29).

How often is not established in law; `schedule.yaml` holds an internal rule and every duty that comes of it says so.
A visit is written on the doorstep and never edited. What was written much later, or with a clock that cannot be right,
says so for good. A missed visit at a high level alarms the supervisor.
"""
