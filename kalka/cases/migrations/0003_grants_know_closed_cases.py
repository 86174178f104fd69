"""The grants of cases that are closed already say so, as those of later ones do when a case is closed."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def mark(apps, schema_editor):
    grant, case, change = apps.get_model("access", "Grant"), apps.get_model("cases", "Case"), apps.get_model("cases", "StageChange")
    last = change.objects.filter(case=OuterRef("pk")).order_by("-number").values("stage")[:1]
    closed = case.objects.annotate(stands=Subquery(last)).filter(stands="closed")
    grant.objects.filter(subject_id__in=closed.values("subject_id")).update(of_closed=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls_and_break_glass"), ("access", "0004_grants_of_closed_cases")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
