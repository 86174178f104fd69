"""The forms there are: those shipped, and the official ones that the operator put in."""

from functools import cache

from kalka.instruments import editions, schema
from kalka.instruments.shape import Edition
from kalka.risk.models import OfficialForm


def edition(name: str, version: str) -> Edition:
    """Refuses with `instruments.no_such_edition`. A form put in is as lasting as a shipped one: it never changes."""
    if version not in (editions.versions(name) if name in editions.names() else ()):
        content = (
            OfficialForm.objects.filter(instrument=name, edition=version).values_list("content", flat=True).first()
        )
        if content is not None:
            return _parsed(content, name)
    return editions.edition(name, version)


def newest() -> list[Edition]:
    """Of every form one edition: the last that was put in, else the newest that is shipped."""
    rows = OfficialForm.objects.order_by("recorded_at", "pk").values_list("instrument", "content")
    put_in = {name: _parsed(content, name) for name, content in rows}
    return [put_in.get(name) or editions.latest(name) for name in editions.names()]


@cache
def _parsed(content: str, name: str) -> Edition:
    return schema.edition(content.encode(), name)
