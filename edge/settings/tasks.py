from edge.conf import define

define("DUTY_WARN_DAYS", 3, "A hole in a duty list is shown this long before", unit="days")
define("DUTY_AHEAD_DAYS", 400, "How far ahead a duty list is planned", unit="days")
define("DUTY_SHIFT_HOURS_MAX", 72, "Longest shift of one person on a duty list", unit="hours")
define("DUTY_TAKE_EARLY_MIN", 60, "Who comes next may sign for a shift this long before", unit="minutes")
