from edge.conf import define

define(
    "SCREENING_SCOPE_M", 200, "A point this far from a grid the author holds is still accepted", unit="metres"
)
define("SCREENING_WATCH_DAYS", 14, "Longest review date of a screening that is watched", unit="days")
define("DANGER_OLD_H", 24, "A danger sign older than this on arrival is an old one", law="PS-6", unit="hours")
define(
    "DANGER_OPEN_MIN", 15, "A danger nobody at the centre has opened goes to the duty officer", unit="minutes"
)
define("COLOUR_DAYS", 7, "Longest time that a colour set by a person is in force", law="EF-7", unit="days")
define("COLOUR_SUGGESTION_H", 24, "A suggested colour that nobody confirmed dies", law="EF-7", unit="hours")
define(
    "JOIN_METRES", 300, "Screenings of the same parties this near are taken for one quarrel", unit="metres"
)
define(
    "JOIN_DAYS", 30, "Screenings of the same parties within this time are taken for one quarrel", unit="days"
)
define(
    "COMPLEXITY_LEVELS",
    "simple=community complex=street hard=district",
    "Level that each complexity is handled at",
    law="EF-6",
)
define("SUGGEST_DAYS", 365, "Earlier disputes of the same parties are suggested for this long", unit="days")
