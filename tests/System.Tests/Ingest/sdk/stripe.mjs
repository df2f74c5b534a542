// Signs an event as Stripe's own library does and sends it; another library's word on what a signature is.
// Usage: node stripe.mjs ADDRESS SECRET USER. Prints the status and the answer as JSON.
import Stripe from 'stripe'

const [address, secret, user] = process.argv.slice(2)
const stripe = new Stripe('sk_test_none')
const payload = JSON.stringify({
  id: `evt_${user}`,
  object: 'event',
  type: 'charge.succeeded',
  created: 1773136800,
  data: { object: { id: 'ch_1', object: 'charge', amount: 4900, currency: 'eur', metadata: { userId: user }, description: 'Übung ✓' } },
})
const header = stripe.webhooks.generateTestHeaderString({ payload, secret })
const answer = await fetch(address, { method: 'POST', headers: { 'Stripe-Signature': header, 'Content-Type': 'application/json' }, body: payload })
console.log(JSON.stringify({ status: answer.status, text: await answer.text() }))
