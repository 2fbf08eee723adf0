"""A unit with a lawful query is one more kind of recipient."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mediation', '0010_papers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='dossiercopy',
            name='recipient_kind',
            field=models.CharField(choices=[('department', '有关部门'), ('court', '法院'), ('procuratorate', '检察院'), ('police', '公安机关'), ('legal_aid', '法律援助机构'), ('arbitration', '仲裁机构'), ('notary', '公证机构'), ('correction_agency', '其他社区矫正机构'), ('city', '市级机关'), ('civil_affairs', '民政部门'), ('education', '教育部门'), ('counterpart', '对方当事人'), ('person', '本人或其监护人'), ('lawful_query', '依法查询单位'), ('export', '导出文件')], max_length=20),
        ),
    ]
