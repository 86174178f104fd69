"""What Django alone costs: the same data in one plain table, without session, record, language or sealing.

Settings, address table, model, views and the WSGI application, in one file, for a process of its own.
"""

import csv
import os
import sys
from pathlib import Path

from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from config.settings.base import ROOT, database

settings.configure(
    SECRET_KEY="bench-only-not-a-secret",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": database(os.environ.get("DATABASE_URL", ""))},
    MIDDLEWARE=["django.middleware.gzip.GZipMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [ROOT / "tools" / "bench"]}],
    USE_TZ=True,
)

import django
from django import forms
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

django.setup()


class Plain(models.Model):
    id = models.UUIDField(primary_key=True)
    ref = models.CharField(max_length=10)
    place = models.CharField(max_length=32)
    opened_on = models.DateField()
    danger = models.CharField(max_length=12)
    way = models.CharField(max_length=12)
    told = models.TextField()
    phone = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=12)

    class Meta:
        app_label, db_table, managed = "bench", "bench_plain", False


class Figure(models.Model):
    place = models.CharField(primary_key=True, max_length=32)
    n = models.IntegerField()

    class Meta:
        app_label, db_table, managed = "bench", "bench_figure", False


class PlainForm(forms.ModelForm):
    class Meta:
        model = Plain
        fields = ["id", "ref", "place", "opened_on", "danger", "way", "told", "phone", "stage"]


def save(request: HttpRequest) -> HttpResponse:
    form = PlainForm(request.POST or None)
    if form.is_valid():
        form.save()
        return redirect("/list/")
    return HttpResponse(str(form.errors), status=400)


def listing(request: HttpRequest) -> HttpResponse:
    rows = Plain.objects.filter(place=request.GET["place"]).order_by("-opened_on", "id")
    total = "" if "more" in request.GET else rows.count()
    return render(request, "list.html", {"rows": rows[:50], "total": total})


def count(request: HttpRequest) -> HttpResponse:
    """Sixty figures as they are kept ready in a table of their own."""
    return render(request, "count.html", {"rows": Figure.objects.order_by("place")[:60]})


def everything(request: HttpRequest) -> StreamingHttpResponse:
    writer = csv.writer(Echo())
    columns = [field.attname for field in Plain._meta.concrete_fields]
    rows = Plain.objects.values_list(*columns)[: int(request.GET["rows"])].iterator(chunk_size=2000)
    return StreamingHttpResponse((writer.writerow(row) for row in rows), content_type="text/csv")


class Echo:
    """A file that gives back what is written into it."""

    def write(self, line: str) -> str:
        return line


def one(request: HttpRequest, ref: str) -> HttpResponse:
    return render(request, "one.html", {"row": get_object_or_404(Plain, ref=ref)})


urlpatterns = [
    path("save/", save),
    path("list/", listing),
    path("one/<str:ref>/", one),
    path("count/", count),
    path("everything/", everything),
]
application = get_wsgi_application()
