from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statistics", "0002_lines_asked_for")]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="hidden",
            field=models.BinaryField(default=b""),
        ),
    ]
