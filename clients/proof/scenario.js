'use strict'
// What an app must survive, played through with both example apps. Told to `tests/clients` by lines of JSON:
// {check} a result, {ask} something only the server's side can do; the answer comes as a line on stdin.

const readline = require('node:readline')
const { RxdbApp } = require('../rxdb/app')
const { Link } = require('../lib/link')
const { KINDS, WatermelonApp } = require('../watermelon/app')
const { badFetch } = require('./faults')
const { pointIn } = require('./places')

const ROUNDS = 40
const STORY = ['楼上漏水，费用说法不一', '楼道堆放杂物', '阳台封闭影响采光', '广场活动声音过大', '停车位被占']
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)

async function ask(question, more = {}) {
  tell({ ask: question, ...more })
  return JSON.parse((await lines.next()).value)
}

class Run {
  constructor(name, app, link, ticket, setting) {
    Object.assign(this, { name, app, link, ticket, setting, made: [] })
  }

  check(what, fine, detail = '') {
    tell({ check: what, app: this.name, ok: Boolean(fine), detail: String(detail) })
  }

  async record(answers) {
    const id = await this.app.record(answers)
    this.made.push(id)
    return id
  }

  async states() {
    return Object.fromEntries((await this.app.list()).map((row) => [row.id, row]))
  }

  /** Sync on whatever network there is until one went through to its end and nothing waits. */
  async through() {
    for (let round = 1; round <= ROUNDS; round++) {
      const whole = await this.app.sync().then(() => true, (error) => this.note(error))
      if (whole && !(await this.app.unsent())) return round
    }
    return Infinity
  }

  note(error) {
    if (!/no answer/.test(error.message)) tell({ note: `${this.name}: ${error.stack}` })
  }

  async offline(work) {
    this.link.online = false
    await work()
    await Promise.race([this.app.sync().catch(() => {}), new Promise((done) => setTimeout(done, 500))])
    const waiting = await this.app.unsent()
    this.link.online = true
    return waiting
  }

  async firstSync() {
    await this.link.enrol(this.ticket.code, `${this.name} example`)
    await this.app.sync()
    this.grids = await this.own()
    this.check('first sync', this.grids.length, `${this.grids.length} grids in charge of`)
  }

  async own() {
    const mine = (await this.app.rows('assignment')).filter((row) => row.worker_id === this.link.user.id)
    this.assignments = mine
    const ids = new Set(mine.map((row) => row.grid_id))
    return (await this.app.rows('grid')).filter((row) => ids.has(row.id) && row.geometry)
  }

  get here() {
    return pointIn(this.grids[0].geometry)
  }

  async records() {
    const before = this.made.length
    const kept = await this.offline(async () => {
      for (const brief of STORY) await this.record({ brief, position: this.here })
    })
    this.check('records wait while offline', kept, `${this.made.length - before} records`)
  }

  async badNetwork() {
    this.bad = badFetch(this.setting.seed)
    Object.assign(this.link, { fetch: this.bad, tries: 2 }) // the library has to bear what is left
    for (let n = 0; n < ROUNDS && !this.bad.had(2); n++) {
      await this.record({ brief: `途中：${STORY[n % STORY.length]}`, position: this.here })
      await this.app.sync().catch((error) => this.note(error))
    }
    const rounds = await this.through()
    const states = await this.states()
    const taken = this.made.filter((id) => states[id]?.state === 'accepted')
    this.check('all taken on a bad network', taken.length === this.made.length, `${taken.length}, ${rounds} more rounds`)
    const { requests, ...faults } = this.bad.counts
    const told = Object.entries(faults).map(([what, times]) => `${times} ${what}`)
    this.check('every fault was met', this.bad.had(2), `${requests} requests: ${told.join(', ')}`)
  }

  async refusal() {
    const id = await this.record({ brief: '类别有误的记录', category: 'nope', position: this.here })
    await this.through()
    const refused = (await this.states())[id]
    this.check('a refusal is shown with its reason', refused?.state === 'rejected' && refused.reason, refused?.reason)
    await this.app.correct(id, { category: '02' })
    await this.through()
    const corrected = (await this.states())[id]
    this.check('its correction is taken', corrected?.state === 'accepted' && !corrected.reason, corrected?.state)
  }

  async gridTaken() {
    const { demo } = this.setting
    const edited = this.made[0]
    const ids = []
    const kept = await this.offline(async () => {
      for (const brief of STORY.slice(0, 3)) ids.push(await this.record({ brief: `收回前：${brief}`, position: this.here }))
      await this.app.correct(edited, { brief: '收回前补充' })
      await takeAway(this.setting.base, demo, this.assignments)
    })
    await this.through()
    const states = await this.states()
    const verdicts = [...ids, edited].map((id) => states[id]?.state || 'gone')
    this.check('work held while the grids were taken', kept && (await this.own()).length === 0, 'offline; then no grid is held')
    const fair = verdicts.every((state) => ['accepted', 'quarantined'].includes(state))
    this.check('every held piece has a fair verdict', fair, verdicts.join(', '))
  }

  async startOver() {
    const kept = await this.offline(async () => {
      await this.record({ brief: '重新下载前的记录' })
      await ask('rotate')
    })
    const id = this.made[this.made.length - 1]
    await this.through()
    const state = (await this.states())[id]?.state
    this.check('a new epoch costs no record', kept && isVerdict(state), state)
  }

  async held() {
    const kinds = await Promise.all(KINDS.map(async (kind) => [kind, await this.app.rows(kind)]))
    const revisions = (rows) => Object.fromEntries(rows.map((row) => [row.id, row.rev]))
    return Object.fromEntries(kinds.map(([kind, rows]) => [kind, revisions(rows)]))
  }

  /** Pull until equal: what the server does by itself may change rows in between. */
  async truth() {
    Object.assign(this.link, { fetch, tries: 8 })
    let found = {}
    for (let attempt = 0; attempt < 3; attempt++) {
      await ask('settle')
      await this.app.sync()
      found = await ask('compare', { username: this.ticket.username, made: this.made, held: await this.held() })
      if (found.equal) break
    }
    this.check('equal to the truth', found.equal, found.detail)
    this.check('nothing lost, nothing doubled', !found.lost && !found.doubled, found.counts)
  }
}

const isVerdict = (state) => ['accepted', 'quarantined', 'rejected', 'conflict'].includes(state)

/** A district administrator ends all assignments of the worker as of today. */
async function takeAway(base, demo, assignments) {
  const admin = demo.accounts.find(({ role }) => role === 'district_admin')
  const staff = new Link(base)
  staff.memory.access = (await staff.call('POST', '/auth/login', { username: admin.username, password: admin.password })).access
  for (const { id } of assignments) {
    await staff.call('POST', `/assignments/${id}/end`, { day: today(), reason: '网格调整' })
  }
}

const today = () => new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10)

async function play(run) {
  for (const step of ['firstSync', 'records', 'badNetwork', 'refusal', 'gridTaken', 'startOver', 'truth']) {
    await run[step]()
  }
}

/** Two workers with grids of their own. */
function tickets({ enrolment_codes: codes }) {
  const first = codes[0]
  const second = codes.find(({ username, grids }) => username !== first.username && !grids.some((g) => first.grids.includes(g)))
  return [first, second]
}

async function main() {
  const setting = await ask('setting')
  const [first, second] = tickets(setting.demo)
  const melonLink = new Link(setting.base)
  await play(new Run('watermelon', new WatermelonApp(melonLink), melonLink, first, setting))
  const rxLink = new Link(setting.base)
  const rx = await RxdbApp.open(rxLink, 'phone')
  await play(new Run('rxdb', rx, rxLink, second, setting))
  await rx.close()
  tell({ done: true })
  process.exit(0)
}

main().catch((error) => {
  tell({ note: error.stack, failed: true })
  process.exit(1)
})
