"""Which reports there are, for whoever counts what is missing."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from kalka.results.models import QuarterReport
from kalka.results.rules import Quarter


def quarters_sent(organisations: Collection[int]) -> Mapping[int, set[Quarter]]:
    """By committee: the quarters it has sent a report of."""
    found: dict[int, set[Quarter]] = defaultdict(set)
    rows = QuarterReport.objects.filter(organisation__in=organisations)
    for organisation, year, number in rows.values_list("organisation_id", "year", "quarter"):
        found[organisation].add(Quarter(year, number))
    return found
