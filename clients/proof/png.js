'use strict'
// A valid PNG of noise, with a place in its metadata that must not be shown.

const zlib = require('node:zlib')
const crypto = require('node:crypto')

const PLACE = 'GPS 45.7500 126.6500'
const WIDTH = 320

function chunk(type, content) {
  const named = Buffer.concat([Buffer.from(type), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length)
  frame.writeUInt32BE(crc(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}

function crc(bytes) {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return (value ^ 0xffffffff) >>> 0
}

/** `height` rows of noise: about 1 KB each. */
function png(height = 300) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const row = () => Buffer.concat([Buffer.from([0]), crypto.randomBytes(WIDTH * 3)])
  const pixels = zlib.deflateSync(Buffer.concat(Array.from({ length: height }, row)))
  const parts = [chunk('IHDR', head), chunk('tEXt', Buffer.from(`Comment\0${PLACE}`)), chunk('IDAT', pixels)]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts, chunk('IEND', Buffer.alloc(0))])
}

module.exports = { PLACE, png }
