-- How many open records of one sort lie in the grids of some communities, counted no further than asked.
select count(*) from (
    select from ({rows}) w limit {most}
) o
