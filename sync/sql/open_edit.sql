(select i.no from sync_inbox i
 where i.op in ('amend', 'command') and i.target = {id} and i.returned and (i.op = 'amend' or i.state = 'conflict')
 -- a conflict is told to all until it is settled; then what the record's author sent goes before a stranger's edit
 order by i.state = 'conflict' desc,
   exists (select from sync_inbox m where m.id = i.target and m.op = 'create' and m.author_id = i.author_id) desc, i.no desc
 limit 1)
