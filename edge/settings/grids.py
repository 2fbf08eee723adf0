from edge.conf import define

define("GRID_SERIAL_DIGITS", 2, "Digits of the serial in a grid code: 2 or 3", law="GR-5")
define("GRIDS_PAGE_MAX", 5000, "Most grids of one GeoJSON answer, and how many it has when none is asked for")
