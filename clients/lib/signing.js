'use strict'
// What the device's key proves: the hashes of what the rows of a push say, in their order. Vectors for every step:
// docs/conformance/signatures.json.

const crypto = require('node:crypto')

/** RFC 8785 for integers and ASCII keys: sorted keys, no white space, JSON.stringify's own escapes. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError(`${value} is no safe integer`)
    return JSON.stringify(value)
  }
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

/** The item that a row says: always a `create`, since after a lost answer a phone cannot know what it will be. */
function said(kind, row) {
  const parsed = (value) => (typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value)
  const item = { id: row.id, kind, op: 'create', device_at: row.item_at, seq: row.item_seq, data: parsed(row.item_data) }
  if (row.item_files) item.files = parsed(row.item_files)
  if (row.item_time_token) item.time_token = row.item_time_token
  return item
}

/** `batch_id` and `manifest_sig` for rows `[kind, row]` that have something to send; nothing without any. */
function proof(link, rows) {
  if (!rows.length) return {}
  const batch = crypto.randomUUID()
  const hashes = rows.map(([kind, row]) => crypto.createHash('sha256').update(canonical(said(kind, row))).digest())
  const start = [Buffer.from('gridgov-push-v1\0'), Buffer.from(batch.replaceAll('-', ''), 'hex')]
  return { batch_id: batch, manifest_sig: link.sign(Buffer.concat([...start, ...hashes])) }
}

module.exports = { canonical, proof, said }
