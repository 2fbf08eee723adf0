'use strict'
// What an app must survive, played through with both example apps. Told to `tests/clients` by lines of JSON:
// {check} a result, {ask} something only the server's side can do; the answer comes as a line on stdin.

const { spawn } = require('node:child_process')
const path = require('node:path')
const readline = require('node:readline')
const { setTimeout: sleep } = require('node:timers/promises')
const { RxdbApp } = require('../rxdb/app')
const { Album } = require('../lib/album')
const { Link } = require('../lib/link')
const { KINDS, WatermelonApp } = require('../watermelon/app')
const { badFetch } = require('./faults')
const { uuid7 } = require('../lib/ids')
const { pointIn } = require('./places')
const { png } = require('./png')
const { readBack, release, reportLost, takeAway } = require('./staff')

const ROUNDS = 40
const HEARD_MS = 5500 // what a web process knows of a session is at most five seconds old
const STORY = ['楼上漏水，费用说法不一', '楼道堆放杂物', '阳台封闭影响采光', '广场活动声音过大', '停车位被占']
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)

async function ask(question, more = {}) {
  tell({ ask: question, ...more })
  return JSON.parse((await lines.next()).value)
}

class Run {
  constructor(name, app, ticket, setting) {
    Object.assign(this, { name, app, ticket, setting, link: app.link, album: app.album, made: [] })
  }

  check(what, fine, detail = '') {
    tell({ check: what, app: this.name, ok: Boolean(fine), detail: String(detail) })
  }

  async record(answers) {
    const kept = this.album.kept.length
    const id = await this.app.record(answers)
    this.made.push(id)
    this.album.kept.slice(kept).forEach((told) => Object.assign(told, { record: id }))
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
    if (!/no answer|^tus:/.test(error.message)) tell({ note: `${this.name}: ${error.stack}` })
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
    this.session = { ...this.link.memory }
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

  async signed() {
    const { items } = await ask('outcomes', { ids: this.made })
    const proved = items.filter(({ signed }) => signed === 'batch')
    this.check('every record is proved by the signature of its push', proved.length === this.made.length, proved.length)
  }

  async refusal() {
    const brief = '类别有误的记录'
    const id = await this.record({ brief, category: 'nope', position: this.here, photos: [photo()] })
    await this.through()
    const refused = (await this.states())[id]
    const shown = refused?.state === 'rejected' && refused.reason && refused.brief === brief
    this.check('a refused record is shown with its reason', shown, `${refused?.brief}: ${refused?.reason}`)
    await this.app.correct(id, { category: '02' })
    await this.through()
    await this.through()
    const corrected = (await this.states())[id]
    this.check('its correction is taken', corrected?.state === 'accepted' && !corrected.reason, corrected?.state)
    this.check('its photo comes with the correction', all(corrected.photos, 'verified', 1), corrected.photos)
  }

  /** Two equal photos with one name are two photos. The proxy loses, cuts and doubles what the library sends. */
  async photos() {
    const before = await ask('faults')
    const met = (now) => FAULTS.every((fault) => (now[fault] || 0) > (before[fault] || 0))
    const ids = []
    let now = before
    for (let n = 0; n < ROUNDS && !(ids.length > 1 && met(now)); n++) {
      const same = photo()
      ids.push(await this.record({ brief: `${STORY[n % STORY.length]}，附照片`, position: this.here, photos: [same, same] }))
      await this.through()
      now = await ask('faults')
    }
    await this.through()
    const states = await this.states()
    const whole = ids.filter((id) => all(states[id]?.photos, 'verified', 2))
    this.check('photos go up on a bad network', whole.length === ids.length, `${2 * ids.length} photos in parts of 64 KiB`)
    const told = FAULTS.map((fault) => `${now[fault] - (before[fault] || 0)} ${fault}`)
    this.check('every fault was met on the way', met(now), told.join(', '))
    const found = await readBack(this.setting, this.album.kept.filter(({ record }) => ids.includes(record)))
    const fine = found.equal === 2 * ids.length && found.stripped === 2 * ids.length
    this.check('staff read them: equal, shown without metadata', fine, `${found.equal} equal, ${found.stripped} stripped`)
  }

  /** The app dies while a photo goes up; another process, with what was on the disk, goes on. */
  async restart() {
    this.album.holds = true
    const id = await this.record({ brief: '上传中断电', position: this.here, photos: [photo(600)] })
    await this.through()
    const died = await sender(this.setting, this.link.memory, this.album.folder, { dies: true })
    const { parts } = await sender(this.setting, this.link.memory, this.album.folder)
    this.album.holds = false
    const [first] = parts
    const went = died.parts.length > 0 && first?.sent > first?.size
    await this.through()
    const { photos } = (await this.states())[id]
    const detail = `killed at ${last(died.parts)?.sent}, went on at ${first?.sent - first?.size} of ${first?.total}`
    this.check('a photo goes on after the app was killed', went && all(photos, 'verified', 1), detail)
  }

  async gridTaken() {
    const edited = this.made[0]
    const ids = []
    const kept = await this.offline(async () => {
      for (const brief of STORY.slice(0, 3)) {
        ids.push(await this.record({ brief: `收回前：${brief}`, position: this.here, photos: ids.length ? [] : [photo()] }))
      }
      await this.app.correct(edited, { brief: '收回前补充' })
      await takeAway(this.setting, this.assignments)
    })
    await this.through()
    const states = await this.states()
    const verdicts = [...ids, edited].map((id) => states[id]?.state || 'gone')
    this.check('work held while the grids were taken', kept && (await this.own()).length === 0, 'offline; then no grid is held')
    const fair = verdicts.every((state) => ['accepted', 'quarantined'].includes(state))
    this.check('every held piece has a fair verdict', fair, verdicts.join(', '))
    const shown = ids.every((id, n) => states[id]?.brief === `收回前：${STORY[n]}`)
    this.check('and stays on the phone with its content and photo', shown && this.album.waiting().length === 1, '')
    await this.letIn(ids[0])
  }

  async letIn(id) {
    await release(this.setting, id)
    await this.through()
    await this.through()
    const { state, photos } = (await this.states())[id]
    const fine = state === 'accepted' && all(photos, 'verified', 1) && !this.album.waiting().length
    this.check('what a person lets in is accepted, its photo follows', fine, `${state}, ${photos}`)
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

  /** Reported lost while it holds unsent work. */
  async lost() {
    const device = this.link.memory.device_id
    const earlier = this.made.slice()
    const before = (await ask('outcomes', { ids: earlier })).items
    const thief = new Link(this.setting.base, { memory: { ...this.link.memory } })
    await this.offline(async () => {
      await this.record({ brief: '丢失前未上传' })
      await reportLost(this.setting, device)
      await sleep(HEARD_MS)
    })
    const pulled = await refusedWith(thief.call('POST', '/sync/pull', { cursor: null, schema: 1 }))
    const order = pulled.code === 'wipe' && pulled.body.order.device_id === device && !('put' in pulled.body)
    this.check('a lost phone gets the wipe order and nothing else', order, Object.keys(pulled.body).join(' '))
    await this.app.sync()
    const after = (await ask('outcomes', { ids: this.made })).items
    const same = JSON.stringify(after.filter(({ id }) => earlier.includes(id))) === JSON.stringify(before)
    this.check('its earlier signed work is kept as it was', same && before.every(({ signed }) => signed), before.length)
    const later = after.find(({ id }) => !earlier.includes(id))
    this.check('its later work is quarantined', later?.state === 'quarantined' && later.code === 'device_lost', later?.code)
    const empty = !this.link.memory.key && !(await this.app.list()).length
    this.check('it has erased itself and said so', empty && (await ask('device', { device })).state === 'wiped', '')
    const thing = { id: uuid7(), kind: 'screening', op: 'create', device_at: new Date().toISOString(), seq: 999, data: {} }
    const body = { batch_id: uuid7(), schema: 1, items: [thing] }
    const heard = await refusedWith(thief.call('POST', '/sync/push', body))
    const kept = (await ask('outcomes', { ids: [thing.id] })).items
    this.check('after that nothing of it is heard', heard.status === 403 && !kept.length, heard.code)
  }

  async signOut() {
    await this.offline(() => this.record({ brief: '下班前的记录' }))
    await this.app.signOut()
    const [item] = (await ask('outcomes', { ids: this.made })).items
    const over = await refusedWith(new Link(this.setting.base, { memory: this.session }).call('GET', '/sync/manifest'))
    const fine = item?.state && over.status === 401 && this.made[0] in (await this.states())
    this.check('the last push is stored and ends the session', fine, `${item?.state}, then ${over.code}`)
  }
}

const FAULTS = ['cut_before', 'cut_after', 'cut_middle', 'twice']
const isVerdict = (state) => ['accepted', 'quarantined', 'rejected', 'conflict'].includes(state)
const all = (states, wanted, count) => states?.length === count && states.every((state) => state === wanted)
const last = (list) => list[list.length - 1]
const photo = (height) => ({ content: png(height), name: '现场.png', type: 'image/png' })
const refusedWith = (call) => call.then(() => ({ body: {} }), (problem) => problem)

/** A process of its own that sends what waits in the album; `dies`: SIGKILL after the first part. */
function sender({ base, files }, memory, folder, { dies = false } = {}) {
  const program = path.join(__dirname, 'sender.js')
  const words = JSON.stringify({ base: dies ? base : files, memory, folder })
  const child = spawn(process.execPath, [program, words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const parts = []
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    parts.push(JSON.parse(line))
    if (dies) child.kill('SIGKILL')
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, parts })))
}

/** An album that remembers what it kept, for the comparison; `holds`: it sends nothing for the time being. */
class WatchedAlbum extends Album {
  kept = []

  keep(taken) {
    const told = super.keep(taken)
    this.kept.push({ ...told })
    return told
  }

  send() {
    return this.holds ? Promise.resolve() : super.send()
  }
}

const WHOLE = [
  'firstSync', 'records', 'badNetwork', 'signed', 'refusal', 'photos', 'restart', 'gridTaken', 'startOver', 'truth', 'lost',
]

async function play(run, steps) {
  for (const step of steps) await run[step]()
}

/** Workers with grids that no other of them has, those of the community whose coordinator can sign in first. */
function tickets({ enrolment_codes: codes, accounts, organisations }) {
  const office = accounts.find(({ role }) => role === 'community_coordinator').organisation
  const { area_code: area } = organisations.find(({ name }) => name === office)
  const here = ({ grids }) => grids[0].startsWith(area)
  const taken = new Set()
  return [...codes.filter(here), ...codes.filter((code) => !here(code))].filter(({ grids }) => {
    const free = !grids.some((grid) => taken.has(grid))
    if (free) grids.forEach((grid) => taken.add(grid))
    return free
  })
}

async function phone(name, setting) {
  const link = new Link(setting.base)
  const album = new WatchedAlbum(link, path.join(setting.folder, name), { base: setting.files })
  return name.startsWith('rxdb') ? RxdbApp.open(link, name, album) : new WatermelonApp(link, album)
}

async function main() {
  const setting = await ask('setting')
  const free = tickets(setting.demo)
  for (const name of ['watermelon', 'rxdb']) await play(new Run(name, await phone(name, setting), free.shift(), setting), WHOLE)
  for (const name of ['watermelon', 'rxdb']) {
    await play(new Run(name, await phone(`${name}-last`, setting), free.shift(), setting), ['firstSync', 'signOut'])
  }
  tell({ done: true })
  process.exit(0)
}

main().catch((error) => {
  tell({ note: error.stack, failed: true })
  process.exit(1)
})
