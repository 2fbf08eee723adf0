from edge.conf import define

define("SYNC_FILE_BYTES_MAX", 24 * 1024 * 1024, "Largest file", unit="bytes")
define("SYNC_RECORD_FILES_BYTES_MAX", 96 * 1024 * 1024, "All files of one record together", unit="bytes")
define("SYNC_FILE_BYTES_A_DAY", 512 * 1024 * 1024, "File bytes of one device on one day", unit="bytes")
define("SYNC_UPLOAD_HOURS", 168, "An upload that nobody continues ends after this", unit="hours")
define(
    "SYNC_FILE_ORPHAN_HOURS",
    48,
    "Stored bytes that no row names are removed after this; longer than any upload request can take",
    unit="hours",
)
define("SYNC_FILES_REMIND_HOURS", 24, "Files not sent by then: a reminder, once", unit="hours")
define("SYNC_FILE_LINK_S", 120, "Life of a link to a file", unit="seconds")
define("SYNC_IMAGE_PIXELS_MAX", 16_000_000, "Most pixels of an image; of a baseline JPEG four times as many")
define("SYNC_IMAGE_SERVED_PX", 2048, "Longer side of an image as it is served", unit="pixels")
