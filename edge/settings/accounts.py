from edge.conf import define

define("ACCESS_MINUTES", 10, "Life of an access token", unit="minutes")
define("CODE_MINUTES", 10, "Life of an enrolment code outside demo mode", unit="minutes")
define("CODE_TRIES", 5, "Wrong secrets after which an enrolment code is dead (at most 5)")
define("PHONE_SESSION_DAYS", 366, "A phone is enrolled again after this long", unit="days")
define("STAFF_SESSION_HOURS", 12, "A browser signs in again after this long", unit="hours")
define("REFRESH_KEEP_DAYS", 30, "Used refresh generations and ended sessions are kept this long", unit="days")
define("PASSWORD_LINK_HOURS", 24, "Life of a one-time link to set a password", unit="hours")
define("PASSWORD_MIN", 12, "Shortest password", unit="characters")
define("DISTRICT_CODE", "230103000000", "12-digit code of the district an empty installation starts with")
define("DISTRICT_NAME", "南岗区", "Name of the district an empty installation starts with")
define("LOGIN_RATE", "30/min", "Sign-ins and one-time links from one address")
define("LOGIN_NAME_RATE", "10/min", "Sign-ins with one user name from one address")
define("ENROL_RATE", "120/min", "Enrolments from one address (a carrier puts many phones behind one)")
define("REFRESH_RATE", "1200/min", "Refreshes from one address (a carrier puts many phones behind one)")
define(
    "VENDOR_DAYS_MAX", 30, "A vendor's account is confirmed for this long at most", law="PI-21", unit="days"
)
