-- The shapes of a release to draw: its drafts, or what it brought.
select ST_AsBinary(d.geom) from grids_draftrow d where d.release_id = %(release)s
union all
select ST_AsBinary(s.geom) from grids_gridshape s where s.release_id = %(release)s
union all
select ST_AsBinary(s.geom) from grids_areashape s where s.release_id = %(release)s
limit %(most)s
