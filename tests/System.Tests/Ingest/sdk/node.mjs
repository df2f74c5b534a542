// Sends one of each call with the unmodified SDK for Node; only the host is ours.
// Usage: node node.mjs HOST WRITE_KEY USER. Prints what the SDK says of the deliveries as JSON.
import { Analytics } from '@segment/analytics-node'

const [host, writeKey, user] = process.argv.slice(2)
const analytics = new Analytics({ host, writeKey, flushAt: 5, flushInterval: 200 })
const failed = []
const statuses = []
analytics.on('error', (error) => failed.push(String(error.reason ?? error.code ?? error)))
analytics.on('http_response', (response) => statuses.push(response.status))

analytics.identify({ userId: user, traits: { email: `${user}@example.org`, plan: 'Pro', createdAt: '2026-01-05T00:00:00Z' } })
analytics.track({ userId: user, event: 'Lesson Completed', properties: { lessonId: 'l-1' } })
analytics.track({ userId: user, event: 'Quiz Completed', properties: { score: 88, final: true } })
analytics.page({ userId: user, name: 'Home' })
analytics.screen({ userId: user, name: 'Inbox' })
analytics.group({ userId: user, groupId: 'class-7', traits: { name: 'Class 7' } })
analytics.track({ anonymousId: `${user}-before`, event: 'Module Completed', properties: { moduleId: 'm-1' } })
analytics.alias({ userId: user, previousId: `${user}-before` })

await analytics.closeAndFlush({ timeout: 20_000 })
console.log(JSON.stringify({ failed, statuses }))
