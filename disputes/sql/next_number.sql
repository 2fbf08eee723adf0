-- The next running number of a street and year; the row stays locked until commit, so no number is given twice.
insert into disputes_disputecounter as c (street_id, year, last) values (%(street)s, %(year)s, 1)
on conflict (street_id, year) do update set last = c.last + 1
returning last
