"""A committee writes itself down over HTTP: a member with a telephone, and whom it calls at night."""

from tests.security.flow import Walk


def everything(walk: Walk) -> None:
    """Numbers of papers and days are no secret and stand as they are; names and telephones are sealed."""
    day = {"since_day": "3", "since_month": "11", "since_year": "2025"}
    none = {f"{name}_{part}": "" for name in ("until", "proposed_on") for part in ("day", "month", "year")}
    walk.be("katchy").does("/committee/describe/", proposal="№ 12", project="", **day, **none)
    walk.does("/committee/members/new/", category="health", office="member", **day)
    walk.does("/committee/who/", subject="internal_affairs")
