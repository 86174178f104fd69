"""Charts and maps as SVG, drawn on the server. Each says in words what it shows; its table stands right below it.

They take `kalka.ui.charts.Value`s. `ident` names the drawing within its page.
"""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kalka.ui import charts, mapping, writing
from kalka.ui.charts import Value
from kalka.ui.text import StrOrPromise

register = template.Library()


@register.inclusion_tag("ui/parts/hatch.html")
def hatch() -> dict[str, object]:
    """The pattern of what is hidden: once a page, before the first chart."""
    return {}


@register.simple_tag
def figure(value: Value | None) -> SafeString:
    """A number, or why there is none: a cell is never empty and never a made-up 0."""
    if value is None or (value.n is None and not value.hidden):
        return format_html('<span class="soft">{}</span>', _("no data"))
    return format_html('<span class="hid">{}</span>' if value.hidden else "{}", said(value))


@register.simple_tag
def said(value: Value) -> str:
    """As `figure`, as plain words."""
    if value.n is not None:
        return writing.number(value.n)
    return _("hidden") if value.hidden else _("no data")


@register.inclusion_tag("ui/parts/chart_line.html")
def line_chart(
    months: Sequence[Value], label: StrOrPromise, marks: Sequence[tuple[str, str]] = (), ident: str = "line"
) -> dict[str, object]:
    """One figure a month, with the days of the law that changed what it means."""
    return {"chart": charts.line_chart(months, marks), "label": label, "told": _told(months), "ident": ident}


@register.inclusion_tag("ui/parts/chart_bars.html")
def bars(values: Sequence[Value]) -> dict[str, object]:
    return {"bars": charts.bars(values)}


@register.inclusion_tag("ui/parts/chart_spark.html")
def spark(values: Sequence[Value], label: StrOrPromise = "", most: int = 0) -> dict[str, object]:
    """A line without axes, beside its number. Several with the same `most` can be compared."""
    box, runs, gaps = charts.spark(values, most)
    return {"box": box, "runs": runs, "gaps": gaps, "label": label, "tall": charts.TALL}


@register.inclusion_tag("ui/parts/map_tiles.html")
def tile_map(values: Sequence[Value], label: StrOrPromise, within: str = "", ident: str = "tiles") -> dict[str, object]:
    """Every raion and city one square. Nothing where no figure has a square."""
    return {"map": mapping.tile_map(values, within), "label": label, "ident": ident}


@register.inclusion_tag("ui/parts/map_units.html")
def unit_map(values: Sequence[Value], label: StrOrPromise, ident: str = "units") -> dict[str, object]:
    """The nine units of the country by their outlines. Nothing where no figure is one of theirs."""
    return {"map": mapping.unit_map(values), "label": label, "ident": ident}


def _told(months: Sequence[Value]) -> str:
    """The chart in a sentence, for whoever hears it."""
    known = [one for one in months if one.n is not None]
    if not known:
        return _("No figure of these months is shown.")
    numbers = [one.n or 0 for one in known]
    return _("From %(least)s to %(most)s in a month; the newest, %(month)s: %(last)s.") % {
        "least": writing.number(min(numbers)),
        "most": writing.number(max(numbers)),
        "month": known[-1].title,
        "last": writing.number(numbers[-1]),
    }
