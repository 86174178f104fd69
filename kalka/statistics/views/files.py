"""The same figures as files. Every row carries its passport; a name says what is in the file, in codes."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect

from kalka.sheets.streaming import csv_response
from kalka.sheets.writing import Table as Sheet
from kalka.sheets.writing import xlsx_bytes
from kalka.statistics import forms, selectors, shown
from kalka.statistics.rules import Table
from kalka.statistics.views.asking import asking, table_of
from kalka.ui.http import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_csv(request: Request, indicator: str) -> HttpResponse | StreamingHttpResponse:
    found = _table(request, indicator)
    if found is None:
        return redirect("statistics:list")
    return csv_response(_name(found), shown.headings(), shown.table_cells(found))


def table_xlsx(request: Request, indicator: str) -> HttpResponse:
    found = _table(request, indicator)
    if found is None:
        return redirect("statistics:list")
    content = xlsx_bytes(Sheet(found.title, shown.headings(), tuple(shown.table_cells(found))))
    return as_xlsx(_name(found), content)


def everything(request: Request) -> HttpResponse | StreamingHttpResponse:
    """Every figure of the newest release, the country to the last raion."""
    first = asking(lambda: selectors.releases(request.actor, now=request.now))
    published = next((one for one in first or () if one.published_at), None)
    if published is None:
        return redirect("statistics:list")
    rows = shown.cells(selectors.every_figure(request.actor, now=request.now))
    return csv_response(f"figures-{published.code}", shown.headings(), rows)


def as_xlsx(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _table(request: Request, indicator: str) -> Table | None:
    found = table_of(request, indicator, forms.asked(request.GET))
    return found[0] if found else None


def _name(table: Table) -> str:
    parts = (table.indicator, table.period.code, table.place, table.by, table.passport.release)
    return "-".join(part for part in parts if part)
