'use strict'
// The form of a screening: what the person answers, as the body that the server takes.

const CHINA_OFFSET_MS = 8 * 3600 * 1000

/** A time with its offset, to the millisecond. */
function written(date) {
  return new Date(date.getTime() + CHINA_OFFSET_MS).toISOString().replace('Z', '+08:00')
}

/** `position` is `{lon, lat, crs, accuracyM}` as the phone's location service gives it. */
function screening({ brief, category = '02', outcome = 'settled_on_spot', position, ...more }, now = new Date()) {
  const body = { category, brief, outcome, occurred_at: written(now), ...more }
  if (!position) return { ...body, no_location_reason: 'told_by_phone' }
  const point = { crs: position.crs, accuracy_cm: Math.round(position.accuracyM * 100), fix_at: written(now) }
  const e7 = (degrees) => Math.round(degrees * 1e7)
  return { ...body, point: { ...point, lon_e7: e7(position.lon), lat_e7: e7(position.lat) } }
}

module.exports = { screening, written }
