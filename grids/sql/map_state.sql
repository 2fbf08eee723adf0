-- Changes with every commit that touched a table of places: transactions are counted, and the newest is named.
select count(*), max(c.xid) from grids_mapchange c
