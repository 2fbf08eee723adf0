from edge.conf import define

define("GRID_SERIAL_DIGITS", 2, "Digits of the serial in a grid code: 2 or 3", law="GR-5")
define("GRIDS_PAGE_MAX", 5000, "Most grids of one GeoJSON answer, and how many it has when none is asked for")
define("LOCATE_POINTS_MAX", 1000, "Most positions of one question for their grids")
define("LOCATE_TOLERANCE_M", 100, "How far off a grid may lie to be suggested for a position", unit="m")
define("LOCATE_TOLERANCE_MAX_M", 500, "The farthest that a client may ask for", unit="m")
define(
    "TILE_FEATURES_MAX",
    5000,
    "Most shapes of one level in a vector tile; what is left out is said in the tile",
)
define("MAP_KEY_DAYS_MAX", 90, "Longest life of a key for a desktop GIS", unit="days")
define("MAP_KEYS_MAX", 3, "Keys for a desktop GIS that a person may have at the same time")
define("MAP_EXPORT_ROWS_MAX", 250_000, "Most shapes of one exported file")
define("MAP_COUNT_WIDTH", 5, "Counts on maps are told in classes of this width, from 0 up")
define("PACKS_A_TICK", 200, "Offline packs made in one run of the job", unit="packs")
define(
    "PACKS_KEPT", 3, "Offline packs kept for each worker: the present one and those a phone may still hold"
)
define("VACANCY_WARN_DAYS", 3, "A grid without a primary worker warns this long before", unit="days")
define("VACANCY_LOOK_MAX_DAYS", 366, "How far ahead vacancies and calendars can be asked for", unit="days")
define("AREA_CHANGES_MAX", 5000, "Most rows of one table of changed division codes", law="GR-6")
define("AREA_CHANGE_DAYS_AHEAD_MAX", 400, "How far ahead a change of division codes is entered", unit="days")
define("AREA_PLANS_MAX", 20, "Changes of division codes that may wait for their day at the same time")
define("ASSIGNMENT_MOVES_MAX", 2000, "Most rows of one bulk move of assignments")
define("BOUNDARY_FILE_BYTES_MAX", 64 * 1024 * 1024, "Largest boundary file that is uploaded", unit="bytes")
define("BOUNDARY_IMPORT_STALE_S", 900, "An import that runs longer was left by a killed worker", unit="s")
define("BOUNDARY_IMPORT_ATTEMPTS", 3, "How often a worker begins an import before it has failed")
define(
    "RELEASE_AT_ONCE_MAX",
    5000,
    "Open records in the communities of a release up to which publishing it for today moves them at once; "
    "with more the job does it within a minute",
)
