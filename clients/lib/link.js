'use strict'
// One phone's connection: enrolment, tokens, and calls that may be repeated. No sync in here.
//
// Rules an app has to keep: one request at a time · a call without an answer is made again unchanged · a refresh is
// repeated with the same nonce · 401 means "sign in again, keep your records" · only 403 `wipe` erases, and only when
// the server has signed the order.

const crypto = require('node:crypto')
const { setTimeout: sleep } = require('node:timers/promises')
const { canonical } = require('./signing')

const WAITS = new Set([429, 503])

class Offline extends Error {}

class ServerProblem extends Error {
  constructor(status, body) {
    super(`${status} ${body.code}: ${body.detail || body.title_en || ''}`)
    this.status = status
    this.code = body.code
    this.body = body
  }
}

class Link {
  /** `memory` is what survives a restart of the app: a plain object, saved by `save` after each change. */
  constructor(base, { fetch = globalThis.fetch, memory = {}, save = () => {}, tries = 8 } = {}) {
    Object.assign(this, { base, fetch, memory, save, tries, online: true, last: Promise.resolve() })
    this.ordered = new Promise((resolve) => Object.assign(this, { tellOrder: resolve }))
  }

  get user() {
    return this.memory.user
  }

  async enrol(code, label) {
    if (!this.memory.key) {
      const pair = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' })
      this._keep({ key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) })
    }
    const publicKey = crypto.createPublicKey(this.memory.key).export({ type: 'spki', format: 'der' })
    const device = { label, platform: 'node', app_version: '1.0.0' }
    const body = { code, public_key: publicKey.toString('base64'), device }
    const { access, refresh, user, device_id, server_key } = await this._persist('POST', '/auth/enrol', body)
    this._keep({ access, refresh, user, device_id, server_key })
  }

  /** The device's signature, in base64. */
  sign(message) {
    const key = { key: this.memory.key, dsaEncoding: 'ieee-p1363' }
    return crypto.sign('sha256', Buffer.from(message), key).toString('base64')
  }

  /** A call in turn; the answer's body. Throws `Offline` when none came, `ServerProblem` for what is not 2xx. */
  call(method, path, body) {
    const turn = this.last.then(() => this._call(method, path, body))
    this.last = turn.catch(() => {})
    return turn
  }

  /** A new pair of tokens, in turn. */
  refresh() {
    const turn = this.last.then(() => this._refresh())
    this.last = turn.catch(() => {})
    return turn
  }

  async _call(method, path, body) {
    try {
      return this._heard(await this._persist(method, path, body, true))
    } catch (problem) {
      if (problem.code === 'wipe') this._obey(problem.body)
      if (problem.status !== 401) throw problem
    }
    await this._refresh()
    return this._heard(await this._persist(method, path, body, true))
  }

  /** The newest word of the server's clock goes into what is recorded from now on. */
  _heard(answer) {
    if (answer?.time_token) this._keep({ time_token: answer.time_token })
    return answer
  }

  /** An order to wipe counts when the installation has signed it, for this device. Then the app erases everything. */
  _obey({ order, order_signature: signature }) {
    const key = { key: Buffer.from(this.memory.server_key, 'base64'), type: 'spki', format: 'der' }
    const genuine = crypto.verify(null, Buffer.from(canonical(order)), crypto.createPublicKey(key), Buffer.from(signature, 'base64'))
    if (!genuine || order.device_id !== this.memory.device_id) return
    this.order = order
    this.tellOrder(order)
  }

  /** After everything else is erased: say so, signed, and forget who this was. */
  async confirmWiped() {
    const { device_id: device, id } = this.order
    const signature = this.sign(`gridgov.wiped.v1\n${device}\n${id}`)
    await this._persist('POST', '/auth/wiped', { device_id: device, order_id: id, signature })
    Object.keys(this.memory).forEach((name) => delete this.memory[name])
    this.save(this.memory)
  }

  /** After signing out the key and the records stay, the session does not. */
  signedOut() {
    this._keep({ access: null, refresh: null })
  }

  async _refresh() {
    if (!this.memory.nonce) this._keep({ nonce: crypto.randomBytes(16).toString('base64url') })
    const { nonce, refresh: old } = this.memory
    const body = { refresh: old, nonce, signature: this.sign(`gridgov.refresh.v1\n${nonce}\n${old}`) }
    const { access, refresh } = await this._persist('POST', '/auth/refresh', body)
    this._keep({ access, refresh, nonce: null })
  }

  async _persist(method, path, body, signed) {
    for (let attempt = 0; this.online && attempt < this.tries; attempt++) {
      const answer = await this._send(method, path, body, signed)
      if (answer && !WAITS.has(answer.status)) return checked(answer)
      const seconds = answer ? Number(answer.retryAfter || 1) : 0.02 * 2 ** attempt
      await sleep(Math.min(seconds, 5) * 1000)
    }
    throw new Offline(`no answer from ${path}`)
  }

  /** Status and body, or null when no whole answer came: whether the server acted is unknown then. */
  async _send(method, path, body, signed) {
    const headers = { Accept: 'application/json' }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (signed) headers.Authorization = `Bearer ${this.memory.access}`
    try {
      const answer = await this.fetch(`${this.base}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
      const text = await answer.text()
      return { status: answer.status, retryAfter: answer.headers.get('Retry-After'), body: text ? JSON.parse(text) : null }
    } catch {
      return null
    }
  }

  _keep(values) {
    Object.assign(this.memory, values)
    this.save(this.memory)
  }
}

function checked({ status, body }) {
  if (status < 300) return body
  throw new ServerProblem(status, body || {})
}

module.exports = { Link, Offline, ServerProblem }
