"""All forms of mediation, in the order of a file."""

from edge.documents import forms
from mediation.papers import binding, opening, result, sending, table

PACKAGE = "mediation"
FORMS = (*opening.FORMS, *table.FORMS, *result.FORMS, *sending.FORMS, *binding.FORMS)
forms.enter(PACKAGE, FORMS)
