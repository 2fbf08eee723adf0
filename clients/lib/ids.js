'use strict'
// UUIDv7 (RFC 9562): made by the phone, offline, sorted by the time of making.

const crypto = require('node:crypto')

let last = 0n

function uuid7() {
  const now = BigInt(Date.now()) << 12n
  last = now > last ? now : last + 1n // two of the same millisecond still sort as they were made
  const high = ((last >> 12n) << 16n) | 0x7000n | (last & 0xfffn)
  const low = (crypto.randomBytes(8).readBigUInt64BE() & ((1n << 62n) - 1n)) | (1n << 63n)
  const hex = high.toString(16).padStart(16, '0') + low.toString(16).padStart(16, '0')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

module.exports = { uuid7 }
