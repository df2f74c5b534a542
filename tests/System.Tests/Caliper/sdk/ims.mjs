// Sends an event and an entity with the unmodified sensor; only the address and the key are ours.
// Usage: node ims.mjs URL WRITE_KEY USER. Prints the ids of the events as JSON once the sensor was answered.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const part = (path) => require(`ims-caliper/lib/${path}`)
const [sensor, client, options] = [part('sensor'), part('clients/httpClient'), part('clients/httpOptions')]
const [eventFactory, NavigationEvent, entityFactory] = [part('events/eventFactory'), part('events/navigationEvent'), part('entities/entityFactory')]
const [Person, WebPage, actions] = [part('entities/agent/person'), part('entities/resource/webPage'), part('actions/actions')]

const [uri, writeKey, user] = process.argv.slice(2)
const answered = []
const statuses = new Promise((resolve) => {
  const http = require('node:http')
  const request = http.request
  // The sensor tells nobody how it was answered.
  http.request = (...values) => request(...values).on('response', (response) => resolve(answered.push(response.statusCode) && answered))
})

sensor.initialize('https://school.example/sensors/1')
client.initialize('client', { ...options, uri, headers: { Authorization: `Bearer ${writeKey}`, 'Content-Type': 'application/json' }, json: true })
sensor.registerClient(client)
const actor = entityFactory().create(Person, { id: `https://school.example/users/${user}` })
const event = eventFactory().create(NavigationEvent, {
  id: `urn:uuid:${crypto.randomUUID()}`,
  actor, action: actions.navigatedTo.term, object: entityFactory().create(WebPage, { id: 'https://school.example/pages/7', name: 'Page 7' }),
  eventTime: new Date().toISOString(),
})
sensor.sendToClient(client, sensor.createEnvelope({ data: [event, actor] }))
console.log(JSON.stringify({ statuses: await statuses, id: event.id }))
