"""The pages of legal aid and counselling."""

from kalka.legalaid.views.aid import answer, appoint, case, new, one, result, withdraw
from kalka.legalaid.views.counselling import counselling, group, group_new, join, leave, session, wait
from kalka.legalaid.views.days import day, day_new, days

__all__ = [
    "answer",
    "appoint",
    "case",
    "counselling",
    "day",
    "day_new",
    "days",
    "group",
    "group_new",
    "join",
    "leave",
    "new",
    "one",
    "result",
    "session",
    "wait",
    "withdraw",
]
