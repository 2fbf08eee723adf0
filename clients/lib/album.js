'use strict'
// Photos of records, by tus-js-client as it comes. A photo stays on the disk until the server has it whole, and goes on
// where it stood after any break, also that of the app.
//
// The address of an upload is the file's id: it is given as `uploadUrl`, so that the library asks there first (HEAD)
// and begins a new one only when the server knows none. Its own fingerprints would take two equal photos for one.

const crypto = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const tus = require('tus-js-client')
const { uuid7 } = require('./ids')

const PART = 64 * 1024
const DELAYS_MS = [0, 20, 50, 100, 200, 400, 800, 1500]

class Album {
  /** `folder` is the app's own; `base` another way to the same server, for files alone. */
  constructor(link, folder, { base = link.base, onPart = () => {} } = {}) {
    Object.assign(this, { link, folder, endpoint: `${base}/api/v1/sync/files`, onPart })
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Store a new photo; what its record declares of it. */
  keep({ content, name, type }) {
    const id = uuid7()
    fs.writeFileSync(path.join(this.folder, `${id}.part`), content)
    fs.renameSync(path.join(this.folder, `${id}.part`), path.join(this.folder, id))
    const sha256 = crypto.createHash('sha256').update(content).digest('hex')
    return { id, sha256, size: content.length, type, name }
  }

  waiting() {
    return fs.readdirSync(this.folder).filter((name) => !name.endsWith('.part')).sort()
  }

  /** Send what waits, after the records. Of a record that was not taken the photos go on waiting. */
  async send() {
    for (const id of this.waiting()) {
      const whole = await this._send(id).catch((problem) => this._again(id, problem))
      if (whole) fs.unlinkSync(path.join(this.folder, id))
    }
  }

  async _again(id, problem) {
    const status = problem.originalResponse?.getStatus()
    if (status === 404) return false
    if (status !== 401) throw problem
    await this.link.refresh()
    return this._send(id)
  }

  _send(id) {
    const content = fs.readFileSync(path.join(this.folder, id))
    return new Promise((resolve, reject) => {
      const upload = new tus.Upload(content, {
        endpoint: this.endpoint,
        uploadUrl: `${this.endpoint}/${id}`,
        metadata: { id },
        chunkSize: PART,
        retryDelays: DELAYS_MS,
        onShouldRetry: (error) => passing(error.originalResponse?.getStatus() || 0),
        onBeforeRequest: (request) => request.setHeader('Authorization', `Bearer ${this.link.memory.access}`),
        onChunkComplete: (size, sent, total) => this.onPart({ id, size, sent, total }),
        onSuccess: () => resolve(true),
        onError: reject,
      })
      upload.start()
    })
  }

  forget() {
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

/** No answer, a busy server, or another offset than ours (somebody else's part came first): ask and go on. */
const passing = (status) => status < 400 || status >= 500 || [409, 423, 429].includes(status)

module.exports = { Album }
