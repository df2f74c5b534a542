// Loads a page with the unmodified SDK for browsers in a real Chromium; only the hosts are ours.
// Usage: node browser.mjs CHROMIUM HOST WRITE_KEY USER. Prints what was sent where as JSON.
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { chromium } from 'playwright-core'

const [executablePath, host, writeKey, user] = process.argv.slice(2)
const sdk = join(dirname(createRequire(import.meta.url).resolve('@segment/analytics-next')), '..', 'umd')
const batching = { strategy: 'batching', config: { size: 3, timeout: 300 } }

const page = (integrations) => `<!doctype html><meta charset="utf-8"><title>A school</title>
<script src="/sdk/index.js"></script>
<script>
  const analytics = AnalyticsNext.AnalyticsBrowser.load(
    { writeKey: ${JSON.stringify(writeKey)}, cdnURL: ${JSON.stringify(host)} }, ${JSON.stringify({ integrations })})
  window.failed = []
  analytics.on('error', (error) => failed.push(String(error.reason || error.code)))
</script>`

// The school's own site: another origin than L-Step's.
const site = createServer((request, response) => {
  const file = normalize(request.url).replace(/^\/sdk\//, '')
  if (request.url.startsWith('/sdk/') && existsSync(join(sdk, file))) {
    response.setHeader('content-type', 'text/javascript')
    createReadStream(join(sdk, file)).pipe(response)
  } else {
    response.setHeader('content-type', 'text/html')
    response.end(page(request.url === '/batching' ? { 'Segment.io': { deliveryStrategy: batching } } : {}))
  }
})
await new Promise((listening) => site.listen(0, '127.0.0.1', listening))
const origin = `http://127.0.0.1:${site.address().port}`

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const sent = []
const outside = []
let failed = []
try {
  const context = await browser.newContext()
  await context.route('**/*', (route) => {
    const url = route.request().url()
    if (url.startsWith(host) || url.startsWith(origin)) return route.continue()
    outside.push(url)
    return route.abort()
  })
  context.on('response', (response) => {
    const request = response.request()
    if (response.url().startsWith(host) && request.method() !== 'OPTIONS')
      sent.push(`${request.method()} ${new URL(response.url()).pathname} ${response.status()}`)
  })

  const visit = async (path, calls, expected) => {
    const tab = await context.newPage()
    await tab.goto(origin + path)
    const before = sent.length
    await tab.evaluate(calls, user)
    while (sent.slice(before).filter((line) => line.startsWith('POST')).length < expected) await context.waitForEvent('response', { timeout: 20_000 })
    failed = failed.concat(await tab.evaluate(() => window.failed))
    await tab.close()
  }

  // One request a call: before anybody is known, then as the learner.
  await visit('/', async (user) => {
    await analytics.page('Home')
    await analytics.track('Lesson Completed', { lessonId: 'l-1' })
    await analytics.identify(user, { plan: 'Pro' })
    await analytics.track('Quiz Completed', { score: 91 })
    await analytics.group('class-7')
    await analytics.alias(user, user + '-before')
  }, 6)

  // Batches to /v1/b, in a second visit that the SDK remembers the learner from.
  await visit('/batching', async () => {
    await analytics.track('Comment Made')
    await analytics.track('Question Asked')
    await analytics.track('Answer Given')
  }, 1)
} finally {
  await browser.close()
  site.close()
}
console.log(JSON.stringify({ sent, outside, failed }))
