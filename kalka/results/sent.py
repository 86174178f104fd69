"""Which reports there are, for whoever counts what is missing."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from kalka.results.models import QuarterReport
from kalka.results.rules import Quarter


def told_of(year: int) -> Mapping[str, Mapping[int, Mapping[int, int]]]:
    """By indicator and committee: the quarters of the year whose figure its report told, and the figure."""
    found: dict[str, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = QuarterReport.objects.filter(year=year).order_by("number")
    for organisation, quarter, figures in rows.values_list("organisation_id", "quarter", "figures"):
        for code, (number, _bound) in figures.items():
            found[code][organisation][quarter] = number
    return found


def quarters_sent(organisations: Collection[int]) -> Mapping[int, set[Quarter]]:
    """By committee: the quarters it has sent a report of."""
    found: dict[int, set[Quarter]] = defaultdict(set)
    rows = QuarterReport.objects.filter(organisation__in=organisations)
    for organisation, year, number in rows.values_list("organisation_id", "year", "quarter"):
        found[organisation].add(Quarter(year, number))
    return found
