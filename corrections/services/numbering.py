"""Numbers of the board inside the centre: year and serial, which tell nothing of a person."""

from datetime import date

from corrections.models import Decision
from edge.locks import advisory


def board_number(day: date) -> str:
    """The next number of the year, under the year's lock until the transaction ends."""
    advisory("corrections.board", [str(day.year)])
    taken = Decision.objects.filter(number__startswith=f"{day.year}-").order_by("number").last()
    serial = int(taken.number.partition("-")[2]) if taken else 0
    return f"{day.year}-{serial + 1:05}"
