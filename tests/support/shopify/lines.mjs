import { createInterface } from 'node:readline'

/** Answer each line [verb, ...given] by what the verb returns. */
export async function serve(verbs) {
  for await (const line of createInterface({ input: process.stdin })) {
    const [verb, ...given] = JSON.parse(line)
    try {
      console.log(JSON.stringify({ answer: (await verbs[verb](...given)) ?? null }))
    } catch (error) {
      console.log(JSON.stringify({ problem: String(error.stack ?? error) }))
    }
  }
}
