"""Every mediator who sits at the table of a dispute's case knows the dispute, not the one named last."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disputes', '0002_guards'),
    ]

    operations = [
        migrations.AddField(
            model_name='dispute',
            name='named_mediators',
            field=ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.RunSQL(
            "update disputes_dispute set named_mediators = array[named_mediator_id] where named_mediator_id is not null",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex(model_name='dispute', name='dispute_of_mediator'),
        migrations.RemoveField(model_name='dispute', name='named_mediator'),
        migrations.AddIndex(
            model_name='dispute',
            index=GinIndex(fields=['named_mediators'], name='dispute_of_mediators'),
        ),
    ]
