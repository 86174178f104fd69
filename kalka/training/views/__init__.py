from kalka.training.views.checking import check
from kalka.training.views.courses import course, enrol, listing, measure, new, programme, results, take_back
from kalka.training.views.focal import focal, learnt, period
from kalka.training.views.papers import certificates, paper

__all__ = [
    "certificates",
    "check",
    "course",
    "enrol",
    "focal",
    "learnt",
    "listing",
    "measure",
    "new",
    "paper",
    "period",
    "programme",
    "results",
    "take_back",
]
