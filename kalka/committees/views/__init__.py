from kalka.committees.views.country import covered, found, one, project
from kalka.committees.views.members import leave, member, member_new, office, tasks, undertaking
from kalka.committees.views.own import approve, describe, own, plan, who

__all__ = [
    "approve",
    "covered",
    "describe",
    "found",
    "leave",
    "member",
    "member_new",
    "office",
    "one",
    "own",
    "plan",
    "project",
    "tasks",
    "undertaking",
    "who",
]
