(select max(i.no) from sync_inbox i
 where i.op in ('amend', 'command') and i.target = {id} and i.returned and (i.op = 'amend' or i.state = 'conflict'))
