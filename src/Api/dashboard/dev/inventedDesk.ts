import type { AuditItem, MailboxRow, RejectedRow, TaskRow } from "../src/api/schema";
import { lines, now } from "./invented.ts";

/** Invented work of people, and what the server kept and refused. */
const hourMs = 3_600_000;
const ago = (hours: number) => new Date(now() - hours * hourMs).toISOString();
const someone = (at: number) => lines[(at * 37) % lines.length]!;

const asked = [["Call the learner about the silence", "urgent", "retention_specialist", -6], ["Prepare the quarterly review", "normal", "account_team", 60], ["Offer help with module 3", "high", "Dana Ops", 9], ["Check the failed payment", "urgent", "customer_success", 30]] as const;

export const tasks = (status: string): TaskRow[] => asked.map(([task, priority, assignee, dueIn], at) => ({
  id: at + 1, customerId: someone(at).id, actionId: 40 + at, assignee, task, priority, detail: "Engagement fell by 60% against the week before.\nLast login 9 days ago.", createdAt: ago(50 - at * 9), dueAt: ago(-dueIn),
  ...(status === "done" ? { completedAt: ago(3 + at), completedBy: "Sue", note: "She is on holiday and comes back on Monday." } : { completedAt: null, completedBy: null, note: null }),
}));

export const rejected: RejectedRow[] = (["score_out_of_range", "no_id", "unreadable_date", "event_too_large"] as const).map((code, at) => ({
  id: 90 - at, receivedAt: ago(at * 5 + 0.2), code, message: "properties.score is 140; a score lies between 0 and 100.", messageId: `m-${at}-5f2c`, customerId: at % 2 ? null : someone(at).id,
  body: JSON.stringify({ type: "track", userId: someone(at).id, event: "Assessment Taken", properties: { score: 140 } }, null, 2),
}));

const changes: [string, string, unknown, unknown, string | null][] = [
  ["flag.changed", "rollout_percentage", { value: 50 }, { value: 100 }, null], ["review.approved", "review-3", null, { to: "ST_004" }, "talked to her"], ["customer.overridden", "learner-1003", { tag: "ST_001" }, { tag: "ST_003" }, "passed the oral exam"],
  ["key.created", "k-7f2", null, { name: "Nora", role: "success" }, null], ["rules.published", "7", { version: 6 }, { version: 7 }, "calmer at-risk detection"], ["kpi.changed", "mastery_within_60_days", { goal: 30 }, { goal: 35 }, null],
];
export const audit: AuditItem[] = changes.map(([action, target, before, after, reason], at) => ({ id: 300 - at, at: ago(at * 7 + 0.1), who: at % 2 ? "Sue" : "Dana Ops", keyId: "k-1", action, target, before, after, reason })) as AuditItem[];

export const mailboxChannels = ["email", "push", "webhook"];
export const mailbox: MailboxRow[] = (["email", "push", "email", "webhook"] as const).map((channel, at) => ({
  key: `kept-${at}`, actionId: 70 + at, channel, customerId: someone(at).id, campaign: ["welcome_active_learner", "personal_check_in", "standard_nurturing", "course_discount"][at]!, step: at === 2 ? 2 : 1, at: ago(at * 3 + 0.3),
  to: channel === "email" ? someone(at).email! : "", subject: channel === "email" ? "Is there anything that we can help with?" : "",
}));
export const mailboxMessage = (key: string) => {
  const message = mailbox.find((row) => row.key === key);
  return message && { message, text: message.channel === "webhook" ? '{"event":"course_discount","percent":20}' : "Hello, it has been quiet around you.", html: message.channel === "email" ? `<!doctype html><p style="font-family:sans-serif">Hello, it has been quiet around you.</p>` : null };
};
