-- Take from the phones what is not in force today ({kind}: grid or area); shapes and their places.
update grids_{kind}shape s set announced = false
where s.announced
    and not (s.valid_from <= %(today)s and (s.valid_to is null or s.valid_to > %(today)s))
returning s.id, s.{kind}_id
