'use strict'
// A point inside a grid, as its phone would get it.

/** Outer ring of the largest part of a GeoJSON polygon. */
function ring(geometry) {
  const shape = typeof geometry === 'string' ? JSON.parse(geometry) : geometry
  const parts = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates
  return parts.reduce((best, part) => (part[0].length > best.length ? part[0] : best), [])
}

function inside([lon, lat], corners) {
  let within = false
  corners.forEach(([x1, y1], i) => {
    const [x2, y2] = corners[(i + 1) % corners.length]
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) within = !within
  })
  return within
}

function pointIn(geometry) {
  const corners = ring(geometry)
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const between = (values, share) => Math.min(...values) + share * (Math.max(...values) - Math.min(...values))
  for (let step = 1; step < 40; step++) {
    for (let i = 1; i < step; i++) {
      const point = [between(xs, i / step), between(ys, 1 - i / step)]
      if (inside(point, corners)) return { lon: point[0], lat: point[1], crs: 'WGS84', accuracyM: 8 }
    }
  }
  throw new Error('no point found inside the grid')
}

module.exports = { pointIn }
