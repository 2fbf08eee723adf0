from edge.conf import define

define("GRID_SERIAL_DIGITS", 2, "Digits of the serial in a grid code: 2 or 3", law="GR-5")
define("GRIDS_PAGE_MAX", 5000, "Most grids of one GeoJSON answer, and how many it has when none is asked for")
define("LOCATE_POINTS_MAX", 1000, "Most positions of one question for their grids")
define("LOCATE_TOLERANCE_M", 100, "How far off a grid may lie to be suggested for a position", unit="m")
define("LOCATE_TOLERANCE_MAX_M", 500, "The farthest that a client may ask for", unit="m")
