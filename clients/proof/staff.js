'use strict'
// What people at a desk do in the story.

const crypto = require('node:crypto')
const { Link } = require('../lib/link')
const { PLACE } = require('./png')

/** The demo's person in this role, signed in without a phone. */
async function atDesk({ base, demo }, role) {
  const { username, password } = demo.accounts.find((account) => account.role === role)
  const staff = new Link(base)
  staff.memory.access = (await staff.call('POST', '/auth/login', { username, password })).access
  return staff
}

const today = () => new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10)

/** A district administrator ends all assignments of the worker as of today. */
async function takeAway(setting, assignments) {
  const admin = await atDesk(setting, 'district_admin')
  for (const { id } of assignments) await admin.call('POST', `/assignments/${id}/end`, { day: today(), reason: '网格调整' })
}

async function reportLost(setting, device) {
  const admin = await atDesk(setting, 'district_admin')
  await admin.call('POST', `/devices/${device}/lost`, { reason: '外勤时丢失' })
}

/** The community lets an item in that was put in quarantine. */
async function release(setting, item) {
  const coordinator = await atDesk(setting, 'community_coordinator')
  await coordinator.call('POST', `/sync/inbox/${item}/release`, { reason: '收回当日所做，情况属实' })
}

/** Which of these photos are the bytes that the phone took, and are shown without their metadata. */
async function readBack(setting, photos) {
  const director = await atDesk(setting, 'centre_director')
  const bytes = async (id, body) => {
    const { href } = await director.call('POST', `/files/${id}/link`, body)
    return Buffer.from(await (await fetch(setting.base + href)).arrayBuffer())
  }
  const found = { equal: 0, stripped: 0 }
  for (const { id, sha256 } of photos) {
    const original = await bytes(id, { original: true, purpose: 'supervise', reason: '核对' })
    const shown = await bytes(id, { original: false })
    found.equal += crypto.createHash('sha256').update(original).digest('hex') === sha256
    found.stripped += original.includes(PLACE) && !shown.includes(PLACE)
  }
  return found
}

module.exports = { readBack, release, reportLost, takeAway }
