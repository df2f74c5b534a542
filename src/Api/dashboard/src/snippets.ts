import { t } from "./language";

/** How a site sends its first events, for a host and a write key. Each text can be pasted and run as it is. */
export interface Snippet { id: string; label: string; note: string; text: string }

export const keyPlaceholder = "YOUR_WRITE_KEY";

const quoted = (text: string) => JSON.stringify(text);
/** For a single-quoted text of a shell. */
const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export function snippets(origin: string, key: string): Snippet[] {
  const writeKey = quoted(key), host = quoted(origin);
  return [
    {
      id: "browser", label: t("Website"), note: "npm install @segment/analytics-next",
      text: `import { AnalyticsBrowser } from "@segment/analytics-next";

const analytics = AnalyticsBrowser.load({ writeKey: ${writeKey}, cdnURL: ${host} });

analytics.identify("learner-1", { name: "Ada Lovelace", email: "ada@example.com", plan: "Pro" });
analytics.track("Lesson Completed", { lessonId: "lesson-1" });`,
    },
    {
      id: "node", label: "Node", note: "npm install @segment/analytics-node",
      text: `import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: ${writeKey}, host: ${host} });

analytics.identify({ userId: "learner-1", traits: { name: "Ada Lovelace", plan: "Pro" } });
analytics.track({ userId: "learner-1", event: "Lesson Completed", properties: { lessonId: "lesson-1" } });
await analytics.closeAndFlush();`,
    },
    {
      id: "curl", label: "curl", note: t("from any shell"),
      text: `curl -u ${shell(`${key}:`)} -H 'Content-Type: application/json' ${origin}/v1/track \\
  -d '{"userId":"learner-1","event":"Lesson Completed","properties":{"lessonId":"lesson-1"}}'`,
    },
  ];
}
