"""Whose hands corrections lie in: the sets of roles of which policies and rows are made."""

from corrections.machine import AGENCY, STAFF
from kernel.codes.roles import Role

READERS = STAFF | {Role.PROCURATOR}
BUREAU = frozenset({Role.BUREAU_HEAD})
DECIDERS = STAFF | BUREAU
TRACKS = AGENCY | {Role.PROCURATOR}
RESTRICTED_READERS = frozenset({Role.AGENCY_HEAD, Role.PROCURATOR})

# What most policies begin with: the lists and details, with or without the words in clear.
SEEN = dict.fromkeys(("list", "retrieve"), READERS)
READ = SEEN | {"reveal": READERS}
