'use strict'

const path = require('node:path')
const { bootstrap } = require('@vendure/core')
const { populate } = require('@vendure/core/cli')
const initialData = require('@vendure/create/assets/initial-data.json')
const { config } = require('./config')

async function fill() {
  const data = { ...initialData, collections: [] }
  const app = await populate(() => bootstrap(config), data, path.join(__dirname, 'products.csv'))
  await app.close()
  process.exit(0)
}

fill().catch(error => {
  console.error(error)
  process.exit(1)
})
