-- Where COPY puts the rows of one boundary file; gone at the end of the transaction at the latest.
create temporary table grids_import (
    place_id uuid, shape_id uuid, code text, name text, kind text, households int,
    geom geometry(MultiPolygon, 4326)
) on commit drop
