// Checks calls as a receiver does: a JSON array of {secret, headers, body} on standard input, a JSON array of verdicts on standard output.
import { Webhook } from "standardwebhooks";
import { readFileSync } from "node:fs";

const verdicts = JSON.parse(readFileSync(0, "utf8")).map(({ secret, headers, body }) => {
  try {
    new Webhook(secret).verify(body, headers);
    return "good";
  } catch (e) {
    return e.message;
  }
});
console.log(JSON.stringify(verdicts));
