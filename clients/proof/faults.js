'use strict'
// A network that behaves as networks do, from a seed: requests lost, answers lost, answers cut off, requests twice.

function dice(seed) {
  let state = seed >>> 0 || 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** `fetch` with faults. `counts` says what it did, `had(n)` whether it did everything n times. */
function badFetch(seed, shares = { lost: 0.1, unheard: 0.15, cut: 0.1, doubled: 0.15 }) {
  const chance = dice(seed)
  const counts = { requests: 0, lost: 0, unheard: 0, cut: 0, doubled: 0 }
  const happens = () => {
    let at = chance()
    for (const [name, share] of Object.entries(shares)) {
      if (at < share) return name
      at -= share
    }
    return ''
  }
  const bad = async (url, options) => {
    counts.requests += 1
    const fault = happens()
    if (fault) counts[fault] += 1
    if (fault === 'lost') throw new Error('the request was lost')
    const answer = await fetch(url, options)
    if (fault === 'doubled') {
      await answer.text()
      return fetch(url, options)
    }
    if (fault === 'unheard') {
      await answer.text()
      throw new Error('the answer was lost')
    }
    return fault === 'cut' ? cut(answer) : answer
  }
  return Object.assign(bad, { counts, had: (times) => Object.values(counts).every((count) => count >= times) })
}

async function cut(answer) {
  const whole = await answer.text()
  const { status, headers } = answer
  return { status, headers, text: async () => whole.slice(0, whole.length / 2) }
}

module.exports = { badFetch }
