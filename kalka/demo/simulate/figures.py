"""What the invented world is like. Where a published figure is at hand it is named; everything else is our own guess,
made so that pages and figures look like a working service, and says so. Nothing here may be quoted."""

from collections.abc import Mapping
from datetime import date

Weights = Mapping[str, float]

# Victims of family violence a year: NSC, SDG indicator 5.2.1.3 (2021–2024). 2025: the police's own growth in eleven
# months, +27.5 % (MIA); later years stay there, nothing is published.
A_YEAR = {2021: 9038, 2022: 8725, 2023: 11357, 2024: 14362, 2025: 18312}
# Since Law No. 161 an order is mandatory and runs for 30 days. MIA, cases a month: 1,279 in the first seven of 2024,
# 1,818 in 2025.
LAW_161 = date(2024, 8, 7)
AFTER_LAW_161 = 1.42
# MIA 2025, running totals 4, 7, 8, 9 and 11 months: 6,536, 12,309, 14,277, 16,284, 19,995. December as October.
A_MONTH = (0.90, 0.90, 0.90, 0.90, 1.06, 1.06, 1.06, 1.08, 1.10, 1.02, 1.02, 1.02)
# Our own guess: what happens at a weekend is told at its end and on Monday.
A_WEEKDAY = (1.20, 0.95, 0.90, 0.90, 0.95, 1.00, 1.10)

# MIA, registered cases in eleven months of 2020, by region (8,337). Of the resident population only the country's
# total is at hand (7,404,329 on 1 January 2026, NSC), so a place weighs what its region had registered.
A_REGION = {
    "41711000000000": 3478,  # Bishkek
    "41708000000000": 2463,
    "41702000000000": 598,
    "41703000000000": 571,
    "41721000000000": 328,  # Osh city
    "41704000000000": 274,
    "41706000000000": 261,
    "41705000000000": 211,
    "41707000000000": 153,
}
LEAST_OF_A_REGION = 0.10  # of the mean: an aimak of a quiet region still has cases to show

WOMEN = 0.95  # orders 2025, eleven months (MIA): 14,587 women, 820 men, 414 minors
# Our own guess, in the bands of people.rules. NSC gives victims by age until 2019, in other groups.
HER_AGE: Weights = {"14-17": 2, "18-24": 17, "25-34": 36, "35-44": 25, "45-59": 14, "60+": 6}
# By relation to the victim nothing is published. Our own guess: mostly husbands, but in-laws and sons too.
RELATION: Weights = {
    "spouse": 61,
    "former_spouse": 13,
    "partner": 5,
    "parent_in_law": 5,
    "child": 6,
    "parent": 4,
    "sibling": 3,
    "sibling_in_law": 3,
}
# Police 2019: physical 4,194, psychological 1,688, sexual 8, neglect 254; economic was not counted, and sexual is known
# to be told elsewhere. Those shares, with our own guess for economic and, since Law No. 214, for stalking.
FORMS: Weights = {
    "physical": 42,
    "physical,psychological": 22,
    "psychological": 19,
    "economic,psychological": 6,
    "economic": 4,
    "neglect": 4,
    "physical,sexual": 2,
    "stalking": 1,
}
STALKING_SINCE = date(2025, 10, 15)
LANGUAGE: Weights = {"ky": 78, "ru": 19, "uz": 3}
RUSSIAN_NAMES = 0.07
FIRSTHAND: Weights = {"yes": 62, "no": 33, "unknown": 5}
BY_WHOM: Weights = {"self": 52, "relative": 19, "neighbour": 15, "worker": 10, "other": 4}
WAY = {
    "committee_secretary": "committee",
    "hotline_operator": "call",
    "health_worker": "clinic",
    "educator": "school",
    "crisis_worker": "walk_in",
}
