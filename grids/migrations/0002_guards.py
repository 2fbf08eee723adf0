"""The last line behind the strict readers: what a stored boundary must be (security, Input 2)."""

from django.db import migrations


# A box around China, finite by that, two dimensions, not empty, valid, no more vertices and no larger than a real
# boundary of its sort has.
def geometry_check(table, vertices, square_degrees):
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_geom CHECK (
            NOT ST_IsEmpty(geom) AND ST_NDims(geom) = 2
            AND ST_XMin(geom) >= 73 AND ST_XMax(geom) <= 136 AND ST_YMin(geom) >= 3 AND ST_YMax(geom) <= 54
            AND ST_NPoints(geom) <= {vertices} AND ST_Area(geom) <= {square_degrees} AND ST_IsValid(geom)
        )
        """
    )


class Migration(migrations.Migration):
    replaces = [("grids", "0007_drafts_by_code")]
    dependencies = [("grids", "0001_tables")]

    operations = [
        geometry_check("grids_gridshape", 5000, 1),
        geometry_check("grids_areashape", 50000, 100),
        geometry_check("grids_leavearea", 50000, 100),
        # Parts of a pack are compressed already.
        migrations.RunSQL("ALTER TABLE grids_packpart ALTER body SET STORAGE EXTERNAL"),
    ]
