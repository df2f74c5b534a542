// A learner's way through a course with the unmodified client of xapijs; only the endpoint is ours.
// Usage: node xapi-js.mjs ENDPOINT WRITE_KEY USER VERSION. Prints what the client was told as JSON.
import xapiModule from '@xapi/xapi'

const XAPI = xapiModule.default ?? xapiModule
const [endpoint, writeKey, user, version] = process.argv.slice(2)
const xapi = new XAPI({ endpoint, auth: XAPI.toBasicAuth(writeKey, 'any'), version })
const agent = { objectType: 'Agent', account: { homePage: 'https://school.example', name: user } }
const lesson = { objectType: 'Activity', id: `https://school.example/${user}/lesson/1`, definition: { type: 'http://adlnet.gov/expapi/activities/lesson' } }
const statement = (verb, object, more) => ({ actor: agent, verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` }, object, ...more })

const about = (await xapi.getAbout()).data
const sent = (await xapi.sendStatement({ statement: statement('completed', lesson) })).data
const batch = (await xapi.sendStatements({ statements: [
  statement('passed', { ...lesson, definition: { type: 'http://adlnet.gov/expapi/activities/assessment' } }, { result: { score: { scaled: 0.87 } } }),
  statement('experienced', lesson),
] })).data
const one = (await xapi.getStatement({ statementId: sent[0] })).data
const first = (await xapi.getStatements({ agent, limit: 2 })).data
const rest = (await xapi.getMoreStatements({ more: first.more })).data
const voiding = (await xapi.voidStatement({ actor: agent, statementId: batch[1] })).data
const voided = (await xapi.getVoidedStatement({ voidedStatementId: batch[1] })).data

const place = { agent, activityId: lesson.id, stateId: 'bookmark' }
await xapi.createState({ ...place, state: { slide: 7 } })
const state = await xapi.getState(place)
await xapi.setState({ ...place, state: { slide: 8 }, etag: state.headers.etag, matchHeader: 'If-Match' })
const states = (await xapi.getStates({ agent, activityId: lesson.id })).data
const later = (await xapi.getState(place)).data
await xapi.deleteState({ ...place })
await xapi.createAgentProfile({ agent, profileId: 'likes', profile: { tone: 'dark' } })
const profile = await xapi.getAgentProfile({ agent, profileId: 'likes' })
await xapi.setAgentProfile({ agent, profileId: 'likes', profile: { tone: 'light' }, etag: profile.headers.etag, matchHeader: 'If-Match' })
await xapi.createActivityProfile({ activityId: lesson.id, profileId: 'shape', profile: { slides: 9 } })
const shape = (await xapi.getActivityProfile({ activityId: lesson.id, profileId: 'shape' })).data
const person = (await xapi.getAgent({ agent })).data
const activity = (await xapi.getActivity({ activityId: lesson.id })).data

console.log(JSON.stringify({
  about, sent: sent.length, batch: batch.length, one: one.id === sent[0], pages: [first.statements.length, rest.statements.length],
  voiding: voiding.length, voided: voided.id === batch[1], state: state.data, later, states,
  profile: (await xapi.getAgentProfile({ agent, profileId: 'likes' })).data, shape, person: person.objectType, activity: activity.definition.type,
}))
