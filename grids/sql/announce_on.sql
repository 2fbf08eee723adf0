-- Give to the phones what is in force today ({kind}: grid or area); shapes and their places.
update grids_{kind}shape s set announced = true
where not s.announced
    and s.valid_from <= %(today)s and (s.valid_to is null or s.valid_to > %(today)s)
returning s.id, s.{kind}_id
