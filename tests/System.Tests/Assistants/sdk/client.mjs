// The protocol's own SDK for node, as npm delivers it. The last line is JSON of what it got.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const [url, token, customer] = process.argv.slice(2)
const client = new Client({ name: 'lstep-tests', version: '1.0.0' })
const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } })
await client.connect(transport)

const call = async (name, args) => await client.callTool({ name, arguments: args })
const { tools } = await client.listTools()
const found = await call('find_customers', { query: customer })
const explained = await call('explain_status', { customer_id: customer })
const change = { customer_id: customer, tag: 'ST_004', reason: 'asked for by phone' }
const asked = await call('set_status_tag', change)
const done = await call('set_status_tag', { ...change, confirm: asked.structuredContent.confirm })
const unknown = await call('get_customer', { customer_id: 'nobody-has-this-id' })
const noTool = await call('no_such_tool', {}).then(() => null, error => error.code)

console.log(JSON.stringify({
  server: client.getServerVersion(), tools: tools.map(tool => tool.name), found: found.structuredContent,
  explained: explained.structuredContent, asked: asked.structuredContent, done: done.structuredContent, unknown, noTool,
}))
await client.close()
