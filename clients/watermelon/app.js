'use strict'
// A screening list with an offline form on WatermelonDB, without a screen. The whole app is in this file.
//
// Columns `item_*` are the phone's: what is to be sent. All others are the server's and come by pull.

const { Database, Model, Q, appSchema, tableSchema } = require('@nozbe/watermelondb')
const LokiJSAdapter = require('@nozbe/watermelondb/adapters/lokijs').default
const { setGenerator } = require('@nozbe/watermelondb/utils/common/randomId')
const { hasUnsyncedChanges, synchronize } = require('@nozbe/watermelondb/sync')
const { getLastPulledAt } = require('@nozbe/watermelondb/sync/impl')
const { uuid7 } = require('../lib/ids')
const { screening, written } = require('../lib/screening')
const { proof } = require('../lib/signing')

setGenerator(uuid7) // the server takes UUIDs alone

const BATCH = 200 // rows of one push; the server takes 1,000 or 2 MiB
const text = (name) => ({ name, type: 'string', isOptional: true })
const number = (name) => ({ name, type: 'number', isOptional: true })
const SERVERS = [number('rev'), ...['sync_state', 'reject_code', 'reject_detail', 'reject_fields', 'sync_sent'].map(text)]
const PHONES = [
  ...['item_data', 'item_at', 'item_files', 'item_time_token'].map(text),
  ...['item_seq', 'item_base_rev'].map(number),
]
const SCREENING = ['brief', 'category', 'outcome', 'level', 'grid_id', 'occurred_at', 'dispute_id', 'files']
const COLUMNS = {
  screening: SCREENING.map(text).concat(PHONES),
  dispute: ['code', 'state', 'level', 'category', 'grid_id'].map(text),
  dispute_event: ['dispute_id', 'event', 'to_state', 'role', 'words', 'at'].map(text),
  grid: ['code', 'name', 'geometry'].map(text),
  assignment: ['grid_id', 'worker_id', 'kind', 'valid_from', 'valid_to'].map(text),
  area: ['code', 'name', 'level', 'parent_id'].map(text),
  task: ['kind', 'due_at', 'subject_kind', 'subject_id'].map(text),
  code_table: ['name', 'entries'].map(text),
  visit_due: ['state', 'form', 'opens_at'].map(text),
  visit: ['outcome', 'form'].map(text).concat(PHONES),
}
const KINDS = Object.keys(COLUMNS)

function openDatabase() {
  const tables = KINDS.map((name) => tableSchema({ name, columns: [...COLUMNS[name], ...SERVERS] }))
  const modelClasses = KINDS.map((name) => class extends Model { static table = name })
  const options = { useWebWorker: false, useIncrementalIndexedDB: true, extraLokiOptions: { autosave: false } }
  return new Database({ adapter: new LokiJSAdapter({ schema: appSchema({ version: 1, tables }), ...options }), modelClasses })
}

class WatermelonApp {
  constructor(link, album) {
    Object.assign(this, { link, album, database: openDatabase() })
  }

  // -- the form ------------------------------------------------------------------------------------

  /** A new record, made without network; its id. `photos` are `{content, name, type}`. */
  async record({ photos = [], ...answers }) {
    const item = screening(answers)
    const files = photos.map((photo) => this.album.keep(photo))
    const columns = { ...(await this._outgoing(item)), item_files: files.length ? JSON.stringify(files) : null }
    const made = await this.database.write(() =>
      this.database.get('screening').create((row) => fill(row, { ...shown(item), ...columns })),
    )
    return made.id
  }

  /** The same record with other answers: what was refused, or an own record that is to be amended. */
  async correct(id, answers) {
    const row = await this.database.get('screening').find(id)
    const item = { ...JSON.parse(row._raw.item_data), ...answers }
    const columns = await this._outgoing(item)
    await this.database.write(() =>
      row.update(() => fill(row, { ...shown(item), ...columns, item_base_rev: row._raw.rev })),
    )
  }

  async _outgoing(item) {
    const seq = ((await this.database.localStorage.get('seq')) || 0) + 1
    await this.database.localStorage.set('seq', seq)
    const stamp = { item_at: written(new Date()), item_seq: seq, item_time_token: this.link.memory.time_token || null }
    return { item_data: JSON.stringify(item), ...stamp }
  }

  // -- the list ------------------------------------------------------------------------------------

  async list() {
    const rows = await this.database.get('screening').query(Q.sortBy('id', Q.asc)).fetch()
    return rows.map(({ _raw: raw }) => ({
      id: raw.id,
      brief: raw.brief,
      state: raw._status === 'synced' && raw.sync_state ? raw.sync_state : 'waiting',
      reason: raw.reject_detail || raw.reject_code || '',
      photos: JSON.parse(raw.files || '[]').map(({ state }) => state),
    }))
  }

  async rows(kind) {
    return (await this.database.get(kind).query().fetch()).map((row) => ({ ...row._raw }))
  }

  // -- sync ----------------------------------------------------------------------------------------

  /** Push, then pull. `synchronize()` pulls first and would drop an unsent edit of a row that the pull removes: so it
   * runs twice, and the first time pulls nothing. The very first time it has to pull; the second brings the states. */
  async sync() {
    try {
      await this._send()
      await synchronize(this._whole)
      await this.album?.send()
    } catch (problem) {
      if (!this.link.order) throw problem
      this.wiped ??= this._wipe()
      await this.wiped
    }
  }

  get _sending() {
    return { database: this.database, pushChanges: (sync) => this._push(sync) }
  }

  get _whole() {
    return { ...this._sending, sendCreatedAsUpdated: true, pullChanges: (sync) => this._pull(sync.lastPulledAt) }
  }

  async _send() {
    const nothing = ({ lastPulledAt }) => ({ changes: {}, timestamp: lastPulledAt })
    const begun = await getLastPulledAt(this.database)
    await synchronize(begun ? { ...this._sending, pullChanges: nothing } : this._whole)
  }

  /** The last push: what waits goes first, and the session ends once it is stored. The records stay on the phone. */
  async signOut() {
    await this._send()
    await this.link.call('POST', '/sync/watermelon?final=1', { changes: {} }).catch((problem) => {
      if (problem.status !== 401) throw problem // that answer was lost before: the session has ended
    })
    this.link.signedOut()
  }

  /** This phone was reported lost, and what it held has gone up for a person to decide about: nothing stays. */
  async _wipe() {
    await this.database.write(() => this.database.unsafeResetDatabase())
    this.album?.forget()
    await this.link.confirmWiped()
  }

  unsent() {
    return hasUnsyncedChanges({ database: this.database })
  }

  /** All pages as one change of the database. 410: everything anew, and what did not come is dropped, but never a
   * record that was not sent. */
  async _pull(lastPulledAt) {
    const tables = Object.fromEntries(KINDS.map((kind) => [kind, { updated: new Map(), deleted: new Set() }]))
    let timestamp = lastPulledAt
    for (let more = true; more; ) {
      const since = timestamp ? `&last_pulled_at=${timestamp}` : ''
      let page
      try {
        page = await this.link.call('GET', `/sync/watermelon?kinds=${KINDS}${since}`)
      } catch (problem) {
        if (problem.status !== 410 || !lastPulledAt) throw problem
        return { ...(await this._pull(null)), experimentalStrategy: 'replacement' }
      }
      Object.entries(page.changes).forEach(([kind, changes]) => lay(tables[kind], changes))
      timestamp = page.timestamp
      more = page.has_more
    }
    const lists = ({ updated, deleted }) => ({ created: [], updated: [...updated.values()], deleted: [...deleted] })
    return { timestamp, changes: Object.fromEntries(KINDS.map((kind) => [kind, lists(tables[kind])])) }
  }

  /** Everything unsent, in parts. A part that was sent before an interruption is known to the server; a lost phone gets
   * its order in answer to each, and each is kept. */
  async _push({ changes }) {
    for (const part of parts(changes)) {
      const rows = Object.entries(part).flatMap(([kind, { updated }]) => updated.map((row) => [kind, row]))
      const signed = proof(this.link, rows.filter(([, row]) => row.item_data))
      const body = { changes: part, sent_at: written(new Date()), ...signed }
      await this.link.call('POST', '/sync/watermelon', body).catch((problem) => {
        if (!this.link.order) throw problem
      })
    }
    if (this.link.order) throw new Error('this phone is to be wiped')
  }
}

const shown = ({ brief, category, outcome, occurred_at }) => ({ brief, category, outcome, occurred_at })
const fill = (row, columns) => Object.entries(columns).forEach(([name, value]) => row._setRaw(name, value))

/** A later page has the last word about a record. */
function lay(table, { updated, deleted }) {
  for (const row of updated) {
    table.deleted.delete(row.id)
    table.updated.set(row.id, row)
  }
  for (const id of deleted) {
    table.updated.delete(id)
    table.deleted.add(id)
  }
}

function* parts(changes) {
  const rows = Object.entries(changes).flatMap(([kind, { created, updated, deleted }]) => [
    ...[...created, ...updated].map((row) => [kind, 'updated', row]),
    ...deleted.map((id) => [kind, 'deleted', id]),
  ])
  for (let at = 0; at < rows.length; at += BATCH) {
    const part = {}
    for (const [kind, list, row] of rows.slice(at, at + BATCH)) {
      part[kind] = part[kind] || { created: [], updated: [], deleted: [] }
      part[kind][list].push(row)
    }
    yield part
  }
}

module.exports = { KINDS, WatermelonApp }
