"""Support in words, for the templates."""

from collections.abc import Collection
from typing import Any

from kalka.support import labels
from kalka.support.rules import HELP, QUESTIONS, Said, Sums
from kalka.support.selectors import GoalLine, HelpPage, WithoutPage
from kalka.ui.text import StrOrPromise


def page(page: HelpPage) -> dict[str, Any]:
    return {
        "page": page,
        "goals": [_goal(goal) for goal in page.goals],
        "minutes": [(labels.HELP[help], minutes) for help, minutes in page.minutes.items()],
        "services": [(one, labels.SERVICES[one.kind]) for one in page.services],
        "aid": [(one, labels.AID[one.what], labels.BUDGETS[one.budget]) for one in page.aid],
        "decided": [(one, labels.DECIDED[one.what]) for one in page.decided],
        "documents": [(labels.DOCUMENTS[kind], labels.STATES[state], on) for kind, state, on in page.documents],
        "contacts": [(one, labels.REACHED[one.reached], labels.CHANNELS[one.channel]) for one in page.contacts],
        "outcomes": [
            (labels.SCALES[scale], labels.SCORES[str(before)], labels.SCORES[str(latest)])
            for scale, before, latest in page.outcomes
        ],
        "feels": labels.FEELS[page.word[0]] if page.word else "",
    }


def _goal(goal: GoalLine) -> dict[str, Any]:
    return {
        "line": goal,
        "area": labels.AREAS[goal.area],
        "how": labels.MET.get(goal.how, ""),
        "actions": [(one, labels.DONE.get(one.how, "")) for one in goal.actions],
    }


def service_groups(
    kinds: Collection[str], chosen: object
) -> list[tuple[StrOrPromise, list[tuple[str, StrOrPromise, bool]]]]:
    """The services that may be noted, under the kind of help they are."""
    groups = [
        (title, [(code, labels.SERVICES[code], code == chosen) for code in kinds if HELP[code] == help])
        for help, title in labels.HELP.items()
    ]
    return [(title, services) for title, services in groups if services]


def without(page: WithoutPage) -> dict[str, Any]:
    return {
        "reason": labels.REASONS[page.reason],
        "attempts": [(one.on, labels.REACHED[one.reached]) for one in page.attempts],
    }


def opinions(sums: Sums) -> list[tuple[StrOrPromise, list[tuple[StrOrPromise, int]]]]:
    """Each question with its numbers; without any where a small one would tell who it is."""
    words = {**labels.SAID, "": labels.LEFT_OUT}
    return [
        (
            labels.QUESTIONS[question],
            [(words[code], sums.answers[question][code]) for code in (*Said, "") if code in sums.answers[question]]
            if question in sums.answers
            else [],
        )
        for question in QUESTIONS
    ]
