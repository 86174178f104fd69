"""Visits: noting one, correcting one, asking her about one, and telling whoever is above of one that was missed."""

from kalka.followup.services.asking import record_said
from kalka.followup.services.missing import missed
from kalka.followup.services.visits import correct_visit, log_visit, plan_visits

__all__ = ["correct_visit", "log_visit", "missed", "plan_visits", "record_said"]
