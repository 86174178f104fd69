"""What may be read of the risk: the level in force, the page of an assessment, what a court is told."""

from kalka.risk.explained import Alarm, Explained, Outcome, Shown
from kalka.risk.levels import Level, Waiting
from kalka.risk.selectors.called import last_called
from kalka.risk.selectors.jobs import positions
from kalka.risk.selectors.known import counted, excluded, facts, register
from kalka.risk.selectors.monitoring import Monitoring, monitoring
from kalka.risk.selectors.pages import (
    AssessmentPage,
    CourtPage,
    ResultPage,
    assessment_page,
    court_page,
    get_assessment,
    get_judgement,
    result_page,
    version,
)
from kalka.risk.selectors.practice import Supervised, practice_at, supervised
from kalka.risk.selectors.standing import RiskPanel, current, happened_since, leads, panel, waiting
from kalka.risk.selectors.whole import last_levels
from kalka.risk.selectors.work import open_work, timeline

__all__ = [
    "Alarm",
    "AssessmentPage",
    "CourtPage",
    "Explained",
    "Level",
    "Monitoring",
    "Outcome",
    "ResultPage",
    "RiskPanel",
    "Shown",
    "Supervised",
    "Waiting",
    "assessment_page",
    "counted",
    "court_page",
    "current",
    "excluded",
    "facts",
    "get_assessment",
    "get_judgement",
    "happened_since",
    "last_called",
    "last_levels",
    "leads",
    "monitoring",
    "open_work",
    "panel",
    "positions",
    "practice_at",
    "register",
    "result_page",
    "supervised",
    "timeline",
    "version",
    "waiting",
]
