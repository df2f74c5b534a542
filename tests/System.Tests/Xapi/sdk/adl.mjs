// The same with the unmodified wrapper of ADL, the keepers of the standard; only the url is ours.
// Usage: node adl.mjs ENDPOINT WRITE_KEY USER. Prints what the wrapper was told as JSON.
import adl from 'adl-xapiwrapper'

const [url, user, learner] = process.argv.slice(2)
const lrs = new adl.XAPIWrapper({ url, auth: { user, pass: 'any' } })
const agent = { account: { homePage: 'https://school.example', name: learner } }
const course = `https://school.example/${learner}/course`
const call = (name, ...values) => new Promise((resolve, reject) =>
  lrs[name](...values, (error, response, body) => error ? reject(error) : resolve({ status: response.statusCode, body, etag: response.headers.etag })))

const works = await new Promise((resolve) => lrs.testConfig(resolve))
const sent = await call('sendStatements', {
  actor: agent, verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: course, definition: { type: 'http://adlnet.gov/expapi/activities/course' } },
})
const list = await call('getStatements', { agent: JSON.stringify(agent), limit: 1 }, null)
const state = await call('sendState', course, agent, 'bookmark', null, { slide: 3 }, null, null)
const read = await call('getState', course, agent, 'bookmark', null, null)
const profile = await call('sendAgentProfile', agent, 'likes', { tone: 'dark' }, null, null)
const shape = await call('sendActivityProfile', course, 'shape', { slides: 5 }, null, null)

console.log(JSON.stringify({
  works, sent: sent.status, found: JSON.parse(list.body).statements.length, state: state.status, read: JSON.parse(read.body),
  profile: profile.status, shape: shape.status,
}))
