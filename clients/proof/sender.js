'use strict'
// An app that does nothing but send its photos: killed in the middle by `scenario.js`, and started again.
// Told on stdout by a line of JSON for each part that the server has confirmed.

const { Album } = require('../lib/album')
const { Link } = require('../lib/link')

const { base, memory, folder } = JSON.parse(process.argv[2])
const onPart = (part) => process.stdout.write(`${JSON.stringify(part)}\n`)

const album = new Album(new Link(base, { memory }), folder, { onPart })

/** As an app does it: what did not get through is tried again with the next sync. */
async function main() {
  for (let tries = 5; album.waiting().length; tries--) {
    await album.send().catch((error) => {
      if (!tries) throw error
    })
  }
}

main().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(1)
  },
)
