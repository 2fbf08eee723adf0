'use strict'
// A screening list with an offline form on RxDB, without a screen. The whole app is in this file.
//
// Fields `item_*` are the phone's: what is to be sent. All others are the server's and come by pull; a pulled
// document replaces the phone's own and has no `item_*`, so that what has them is waiting. What was sent is kept in
// `sent` and `sent_files` for later edits, and goes when the record goes.

const { createHash } = require('node:crypto')
const { createRxDatabase } = require('rxdb')
const { replicateRxCollection } = require('rxdb/plugins/replication')
const { getRxStorageMemory } = require('rxdb/plugins/storage-memory')
const { Subject } = require('rxjs')
const { uuid7 } = require('../lib/ids')
const { screening, written } = require('../lib/screening')
const { proof } = require('../lib/signing')

const BATCH = 200 // documents of one page and of one push
const RETRY_MS = 300
const KINDS = [
  'screening', 'dispute', 'dispute_event', 'grid', 'assignment', 'area', 'task', 'code_table', 'visit_due', 'visit',
]
const SERVERS = ['id', 'rev', 'sync_state', 'sync_sent', 'reject_code', 'reject_detail', 'reject_fields']
const PHONES = ['item_data', 'item_at', 'item_seq', 'item_base_rev', 'item_files', 'item_time_token', 'sent', 'sent_files']

/** What the list shows is named; the rest of a record is kept as it comes. */
const SCHEMA = {
  version: 0,
  type: 'object',
  primaryKey: 'id',
  properties: {
    id: { type: 'string', maxLength: 36 },
    rev: { type: 'integer' },
    sync_state: { type: 'string' },
    reject_code: { type: 'string' },
    reject_detail: { type: 'string' },
    brief: { type: 'string' },
    item_data: { type: 'object' },
    item_at: { type: 'string' },
    item_seq: { type: 'integer' },
    item_base_rev: { type: 'integer' },
    item_files: { type: 'array', items: { type: 'object' } },
    item_time_token: { type: 'string' },
    sent: { type: 'object' },
    sent_files: { type: 'array', items: { type: 'object' } },
  },
}

class RxdbApp {
  /** `name` is the database's: one for each person and device. */
  static async open(link, name, album) {
    const app = new RxdbApp()
    const options = { storage: getRxStorageMemory(), multiInstance: false, hashFunction: sha256 }
    const database = await createRxDatabase({ name, ...options })
    await database.addCollections(Object.fromEntries(KINDS.map((kind) => [kind, { schema: SCHEMA }])))
    Object.assign(app, { link, album, database, poll: new Subject(), seq: 0, errors: [] })
    app.replications = KINDS.map((kind) => app._replicate(kind))
    return app
  }

  // -- the form ------------------------------------------------------------------------------------

  /** A new record, made without network; its id. `photos` are `{content, name, type}`. */
  async record({ photos = [], ...answers }) {
    const item = screening(answers)
    const files = photos.length ? { item_files: photos.map((photo) => this.album.keep(photo)) } : {}
    const row = { id: uuid7(), ...shown(item), ...this._outgoing(item), ...files }
    return (await this.database.screening.insert(row)).id
  }

  /** The same record with other answers: what was refused, or an own record that is to be amended. */
  async correct(id, answers) {
    const document = await this.database.screening.findOne(id).exec()
    const held = document.toMutableJSON()
    const item = { ...(held.item_data || held.sent || content(held)), ...answers }
    const files = held.item_files || held.sent_files
    const columns = { ...this._outgoing(item), ...(files ? { item_files: files } : {}), item_base_rev: held.rev }
    await document.incrementalPatch({ ...shown(item), ...columns })
  }

  _outgoing(item) {
    this.seq += 1
    const token = this.link.memory.time_token
    const stamp = { item_at: written(new Date()), item_seq: this.seq, ...(token ? { item_time_token: token } : {}) }
    return { item_data: item, ...stamp }
  }

  // -- the list ------------------------------------------------------------------------------------

  async list() {
    if (this.link.order) return []
    const documents = await this.database.screening.find().exec()
    return documents.map((document) => ({
      id: document.id,
      brief: document.brief,
      state: document.item_data ? 'waiting' : document.sync_state,
      reason: document.reject_detail || document.reject_code || '',
      photos: (document.toMutableJSON().files || []).map(({ state }) => state),
    }))
  }

  async rows(kind) {
    return (await this.database[kind].find().exec()).map((document) => document.toMutableJSON())
  }

  // -- sync ----------------------------------------------------------------------------------------

  /** What a timer of `poll_after_s` does, and the app when it gets network: send, then fetch what came of it. */
  async sync() {
    await Promise.race([this._passes(), this.link.ordered])
    if (!this.link.order) return this.album?.send()
    this.wiped ??= this._wipe()
    return this.wiped
  }

  async _passes() {
    for (let pass = 0; pass < 2; pass++) {
      this.poll.next('RESYNC')
      await Promise.all(this.replications.map((replication) => replication.awaitInSync()))
    }
  }

  /** The last push: what waits goes first, and the session ends once it is stored. The records stay on the phone. */
  async signOut() {
    await this._passes()
    await Promise.all(this.replications.map((replication) => replication.cancel()))
    await this.link.call('POST', '/sync/rxdb/screening/push?final=1', { rows: [] }).catch((problem) => {
      if (problem.status !== 401) throw problem // that answer was lost before: the session has ended
    })
    this.link.signedOut()
  }

  /** This phone was reported lost. What it still holds goes up first, for a person to decide about; then nothing stays. */
  async _wipe() {
    await Promise.all(this.replications.map((replication) => replication.cancel()))
    for (const kind of KINDS) await this._lastPush(kind)
    await this.database.remove()
    this.album?.forget()
    await this.link.confirmWiped()
  }

  async unsent() {
    return (await this.list()).some(({ state }) => state === 'waiting')
  }

  async close() {
    await Promise.all(this.replications.map((replication) => replication.cancel()))
    await this.database.close()
  }

  async _lastPush(kind) {
    const waiting = (await this.rows(kind)).filter((row) => row.item_data)
    for (let at = 0; at < waiting.length; at += BATCH) {
      const rows = waiting.slice(at, at + BATCH).map((newDocumentState) => ({ newDocumentState }))
      await this._push(kind, rows).catch((problem) => {
        if (problem.code !== 'wipe') throw problem // the order is the answer also to what was kept
      })
    }
  }

  _replicate(kind) {
    const collection = this.database[kind]
    const replication = replicateRxCollection({
      collection,
      replicationIdentifier: `gridgov-${kind}`,
      live: true,
      retryTime: RETRY_MS,
      waitForLeadership: false,
      pull: { batchSize: BATCH, stream$: this.poll, handler: (at, limit) => this._pull(kind, at, limit) },
      push: {
        batchSize: BATCH,
        handler: (rows) => this._push(kind, rows),
      },
    })
    replication.error$.subscribe((error) => this.errors.push(error))
    return replication
  }

  async _push(kind, rows) {
    const sends = rows.map((row) => row.newDocumentState).filter((row) => row.item_data && !row._deleted)
    const signed = proof(this.link, sends.map((row) => [kind, row]))
    const body = { rows, sent_at: written(new Date()), ...signed }
    const conflicts = await this.link.call('POST', `/sync/rxdb/${kind}/push`, body)
    return this._withSent(kind, conflicts)
  }

  async _pull(kind, checkpoint, limit) {
    const page = await this._page(kind, checkpoint, limit).catch((problem) => {
      if (problem.status !== 410 || !checkpoint) throw problem
      return this._anew(kind, limit)
    })
    return { ...page, documents: await this._withSent(kind, page.documents) }
  }

  /** The server's documents with what this phone sent of them. */
  async _withSent(kind, documents) {
    const held = await this.database[kind].findByIds(documents.map(({ id }) => id)).exec()
    return documents.map((document) => {
      const own = document._deleted ? {} : held.get(document.id)?.toMutableJSON() || {}
      const [sent, files] = [own.item_data || own.sent, own.item_files || own.sent_files]
      return { ...document, ...(sent ? { sent } : {}), ...(files ? { sent_files: files } : {}) }
    })
  }

  _page(kind, checkpoint, limit) {
    return this.link.call('POST', `/sync/rxdb/${kind}/pull`, { checkpoint: checkpoint || null, limit })
  }

  /** Start over: all pages, and a removal for each document that did not come. RxDB leaves alone what was not sent. */
  async _anew(kind, limit) {
    const documents = []
    let page = { checkpoint: null }
    do {
      page = await this._page(kind, page.checkpoint, limit)
      documents.push(...page.documents)
    } while (page.documents.length === limit)
    const came = new Set(documents.map(({ id }) => id))
    const gone = (await this.rows(kind)).filter(({ id }) => !came.has(id))
    return { checkpoint: page.checkpoint, documents: [...documents, ...gone.map((row) => ({ ...row, _deleted: true }))] }
  }
}

/** RxDB's own needs `crypto.subtle` as a global, which Node has from 20 on. */
const sha256 = async (text) => createHash('sha256').update(text).digest('hex')

const shown = ({ brief, category, outcome, occurred_at }) => ({ brief, category, outcome, occurred_at })

/** What was sent, of a document that came back refused to a phone that has no copy. */
function content(document) {
  const own = new Set([...SERVERS, ...PHONES])
  return document.sync_sent || Object.fromEntries(Object.entries(document).filter(([name]) => !own.has(name)))
}

module.exports = { KINDS, RxdbApp }
