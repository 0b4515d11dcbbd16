// Runs our Medusa plugin's subscriber on events, in a container that holds what it asks for.
'use strict'

const { readFileSync } = require('node:fs')

const [plugin] = process.argv.slice(2)
const { default: tell, config } = require(`${plugin}/src/subscribers/fanfare.js`)
const { events, plugins, rows } = JSON.parse(readFileSync(0))
const asked = []
const held = {
  configModule: { plugins },
  query: {
    graph: async query => {
      asked.push(query)
      return { data: rows }
    },
  },
}

async function run() {
  for (const event of events) await tell({ event, container: { resolve: name => held[name] } })
  console.log(JSON.stringify({ asked, events: config.event }))
}

run()
