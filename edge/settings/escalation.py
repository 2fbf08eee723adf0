from edge.conf import define

define("CLOCK_PROFILE", "fast", "Which level clocks run: fast or event", law="EF-4")
define(
    "CLOCK_FAST",
    "grid=1 community=2 street=2 district=2",
    "Attention of each level, from the day it begins",
    law="EF-4",
    unit="working days",
)
define(
    "CLOCK_EVENT",
    "grid=0 community=3 street=7",
    "Attention of each level, from the registration; at most 15 by approval",
    law="EF-5",
    unit="days",
)
define("CLOCK_EXTENSION_DAYS", 5, "Longest single extension of a level clock", law="EF-5", unit="days")
define(
    "CLOCK_EVENT_MOST", 15, "Hard end of the event profile, from the registration", law="EF-5", unit="days"
)
