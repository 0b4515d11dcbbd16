'use strict'

const { bootstrap, JobQueueService } = require('@vendure/core')
const { config } = require('./config')

// The tests hold the other end of standard input: when they die, it closes.
process.stdin.on('end', () => process.exit(0)).resume()

async function serve() {
  const app = await bootstrap(config)
  await app.get(JobQueueService).start()
  console.log(JSON.stringify(app.getHttpServer().address()))
}

serve().catch(error => {
  console.error(error)
  process.exit(1)
})
