"""The steps of leave and permits join the one trail. A text is sealed for its place, so it is sealed again."""

import edge.encryption
from django.db import migrations, models

from edge.encryption import open_value, seal_value


def carry(apps, _schema):
    steps = apps.get_model("corrections", "ActStep")
    for old, owner in (("LeaveStep", "leave"), ("PermitStep", "permit")):
        model = apps.get_model("corrections", old)
        for row in model.objects.select_related(f"{owner}__subject").order_by("pk").iterator():
            subject = getattr(row, owner).subject
            text = open_value(model, "reason_text", row.pk, row.reason_text)
            steps.objects.create(
                id=row.pk, machine=owner, row_id=getattr(row, f"{owner}_id"), subject=subject, event=row.event,
                source=row.source, target=row.target, actor_id=row.actor_id, role=row.role, code=row.reason,
                at=row.at, recorded_at=row.recorded_at,
                reason=seal_value(steps, "reason", row.pk, text, subject.key_id) if text else None,
            )


class Migration(migrations.Migration):
    dependencies = [("corrections", "0002_guards")]

    operations = [
        migrations.AddField("actstep", "code", models.CharField(blank=True, default="", max_length=32)),
        migrations.AlterField(
            "actstep", "reason", edge.encryption.EncryptedField(blank=True, max_length=12000, null=True)
        ),
        migrations.RunPython(carry),
        migrations.DeleteModel("LeaveStep"),
        migrations.DeleteModel("PermitStep"),
    ]
