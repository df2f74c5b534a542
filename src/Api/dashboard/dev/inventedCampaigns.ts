import type { Journey, JourneyItem } from "../src/api/journeys";
import type { ActionRow, CampaignDefinition, CampaignReport, CampaignRow, CampaignSetVersion, PreviewRow, RateRow, ReportGroup } from "../src/api/schema";
import { lines, now, random } from "./invented.ts";

/** Invented campaigns, as the server has them: a set that can be changed, with its versions. */
const iso = (ms: number) => new Date(ms).toISOString();
const hourMs = 3_600_000, dayMs = 24 * hourMs;
type Definition = CampaignDefinition;

const pro = { product_tag: { operator: "in", value: ["PT_001"] } };
const one = (name: string, on: CampaignRow["on"], channel: ActionRow["channel"], more: Partial<Definition> = {}, ...afterMinutes: number[]): Definition => ({
  name, on, from: [], firstTime: false, audience: null, whenSending: null, kind: "marketing", holdoutPercent: 0, onceInDays: 30, onHighValueReview: false,
  steps: (afterMinutes.length > 0 ? afterMinutes : [0]).map((after, at) => ({ number: at + 1, afterMinutes: after, channel })), variants: [], promoted: null, payload: {}, active: true, ...more,
}) as Definition;

const first: Definition[] = [
  one("welcome_active_learner", "ST_001", "email", { firstTime: true }, 60, 2940, 7260),
  one("standard_nurturing", "ST_001", "email", { firstTime: true, audience: pro, holdoutPercent: 10, variants: [{ name: "a", weight: 1 }, { name: "b", weight: 1 }] }, 4320, 10080, 20160),
  one("progression_milestone", "ST_002", "email", { kind: "service", firstTime: true }),
  one("cs_alert", "ST_004", "alert", { kind: "service", onHighValueReview: true, payload: { to: "customer_success", priority: "high" } }),
  one("personal_check_in", "ST_004", "email", { holdoutPercent: 10 }, 120),
  one("quarterly_winback", "ST_006", "email", { holdoutPercent: 10, whenSending: { days_since_activity: { operator: ">=", value: 14 } }, active: false }, 43200),
];
const versions: CampaignSetVersion[] = [{ version: 1, author: "system", publishedAt: iso(now() - 40 * dayMs), comment: "", campaigns: first, difference: null }];
const active = () => versions.at(-1)!;

const counts = (at: number) => ({ scheduled: 12 * at, held: at, sending: 0, sent: 1403 * (at + 1), failed: at % 3, suppressed: 140, cancelled: 31, uncertain: at % 2 });
export const campaignSet = () => ({ ...active(), campaigns: active().campaigns.map((each, at) => ({ ...each, counts: counts(at) })) });

export interface Reply { status: number; body: unknown }
const ok = (body: unknown): Reply => ({ status: 200, body });

export function findings(campaigns: Record<string, unknown>[]) {
  const errors = campaigns.flatMap((campaign, at) => {
    const wrong = (field: string, message: string) => ({ path: `$.campaigns[${at}].${field}`, code: "bad_value", message });
    const holdout = campaign.holdoutPercent;
    return [
      ...(typeof holdout === "number" && holdout >= 0 && holdout <= 100 ? [] : [wrong("holdoutPercent", "holdoutPercent is a number from 0 to 100.")]),
      ...(/^[a-z][a-z0-9_]*$/.test(String(campaign.name)) ? [] : [wrong("name", "name is in snake_case.")]),
      ...((campaign.steps as { afterMinutes: number }[]).flatMap(({ afterMinutes }, step) => (afterMinutes <= 129_600 ? [] : [wrong(`steps[${step}].afterMinutes`, "A message comes after 90 days at most.")]))),
    ];
  });
  return { errors, warnings: campaigns.flatMap((campaign, at) => (campaign.active === false && campaign.name === "cs_alert" ? [{ path: `$.campaigns[${at}].active`, code: "off", message: "Nobody is told of an at-risk customer while it is off." }] : [])) };
}

function publish(body: { campaigns: Definition[]; comment?: string; baseVersion?: number }): Reply {
  const { errors, warnings } = findings(body.campaigns as unknown as Record<string, unknown>[]);
  if (errors.length > 0) return { status: 422, body: { code: "invalid", detail: "The campaigns are not sound.", errors } };
  if (body.baseVersion !== undefined && body.baseVersion !== active().version) return { status: 409, body: { code: "campaigns_changed", detail: `Version ${active().version} of the campaigns is in force.` } };
  versions.push({ version: active().version + 1, author: "Dana Ops", publishedAt: iso(now()), comment: body.comment ?? "", campaigns: body.campaigns, difference: null });
  return ok({ ...active(), warnings });
}

function version(number: number, against: number | null): Reply {
  const set = versions.find((each) => each.version === number);
  const before = versions.find((each) => each.version === (against ?? number - 1));
  if (!set) return { status: 404, body: { code: "not_found", detail: "There is no such version." } };
  return ok({ ...set, difference: before ? difference(before, set) : null });
}

function difference(before: CampaignSetVersion, after: CampaignSetVersion) {
  const [old, fresh] = [new Map(before.campaigns.map((each) => [each.name, each])), new Set(after.campaigns.map(({ name }) => name))];
  return {
    against: before.version, added: after.campaigns.filter(({ name }) => !old.has(name)), removed: before.campaigns.filter(({ name }) => !fresh.has(name)),
    changed: after.campaigns.filter(({ name }) => old.has(name)).map((each) => ({
      name: each.name,
      changes: (Object.keys(each) as (keyof Definition)[]).filter((field) => JSON.stringify(each[field]) !== JSON.stringify(old.get(each.name)![field]))
        .map((field) => ({ field, before: old.get(each.name)![field], after: each[field] })),
    })).filter(({ changes }) => changes.length > 0),
  };
}

const shared = (n: number, of: number): RateRow | null => (of < 100 ? null : { value: n / of, low: Math.max(0, n / of - 1.9 / Math.sqrt(of) / 2), high: Math.min(1, n / of + 1.9 / Math.sqrt(of) / 2) });

function group(variant: string | null, holdout: boolean, customers: number, opened: number, clicked: number, converted: number, recovered: number, certain: boolean | null): ReportGroup {
  const sent = holdout ? 0 : Math.round(customers * 0.96);
  return {
    variant, holdout, customers, actions: counts(0), sent, delivered: sent - 9, opened, clicked, attributed: 0, known: { converted: customers - 20, recovered: customers - 35 }, bounced: holdout ? 0 : 9, complained: holdout ? 0 : 1, unsubscribed: holdout ? 0 : 4, converted, recovered,
    rates: { opened: holdout ? null : shared(opened, sent), clicked: holdout ? null : shared(clicked, sent), converted: shared(converted, customers - 20), recovered: shared(recovered, customers - 35) },
    uplift: { converted: certain === null ? null : { difference: certain ? 0.061 : 0.012, low: certain ? 0.021 : -0.014, high: certain ? 0.101 : 0.038, certain }, recovered: null },
    whyNoUplift: holdout ? null : certain === null ? "converted: the outcome of 41 customers of the holdout is known, 7 days after their start; a figure needs 100." : "recovered: 0 customers of the holdout have recovered; a figure needs 5.",
  };
}

function report(name: string): CampaignReport {
  const small = name === "personal_check_in";
  const groups = name === "standard_nurturing"
    ? [group("a", false, 1204, 492, 131, 118, 0, false), group("b", false, 1187, 561, 188, 171, 0, true), group(null, true, 266, 0, 0, 24, 0, null)]
    : small ? [group(null, false, 378, 171, 44, 61, 92, null), group(null, true, 41, 0, 0, 3, 6, null)] : [];
  return { campaign: name, from: iso(now() - 90 * dayMs).slice(0, 10), to: iso(now()).slice(0, 10), window: { recoveredWithinDays: 14, convertedWithinDays: 7 }, groups, machine: { opened: small ? 0 : 214, clicked: small ? 0 : 12 }, leader: name === "standard_nurturing" ? "b" : null, behind: false };
}

const statuses: ActionRow["status"][] = ["sent", "scheduled", "suppressed", "failed", "held", "sent", "uncertain", "cancelled"];
const reasons: Partial<Record<ActionRow["status"], string>> = { suppressed: "opted_out", failed: "550 5.1.1 No such user here.", held: "quiet_hours", uncertain: "The line was cut after the message was given.", cancelled: "status_changed" };
const actions = Array.from({ length: 60 }, (_, at): ActionRow => {
  const [campaign, status] = [first[at % first.length]!, statuses[at % statuses.length]!];
  const when = iso(now() - at * 5 * hourMs);
  return {
    id: 1000 - at, customerId: lines[at * 7]!.id, campaign: campaign.name, step: 1, variant: campaign.variants.length > 0 ? campaign.variants[at % 2]!.name : null, channel: campaign.steps[0]!.channel as ActionRow["channel"], marketing: campaign.kind === "marketing",
    transitionId: at, scheduledFor: when, dueAt: status === "scheduled" || status === "held" ? iso(now() + at * hourMs) : null, status, reason: reasons[status] ?? null, sentAt: status === "sent" ? when : null, tries: 1, key: "4bf5a7de-22b1-4c65-9b9f-1e0e1a0f0a01",
  };
});

export const actionsOf = (ask: (name: string) => string) => ({
  items: actions.filter((row) => (!ask("campaign") || row.campaign === ask("campaign")) && (!ask("status") || row.status === ask("status")) && (!ask("customer") || row.customerId === ask("customer"))).slice(0, Number(ask("limit") || 50)), next: null,
});

const mail = (name: string) => `<!doctype html><html><body style="font-family:sans-serif;margin:0;background:#f4f5f7"><div style="max-width:560px;margin:24px auto;padding:28px;background:#fff;border-radius:12px"><h1 style="font-size:22px">Hello ${name},</h1><p>it has been quiet around you. Is there anything that we can help with?</p><p><a style="background:#16745a;color:#fff;padding:10px 18px;border-radius:8px;text-decoration:none" href="#">Go on learning</a></p></div></body></html>`;
const preview = (name: string, customerId: string): PreviewRow => ({ customerId, campaign: name, step: 1, channel: "email", variant: null, marketing: true, to: "kavya@example.com", subject: "Is there anything that we can help with?", text: "Hello, it has been quiet around you.", html: mail("Kavya"), link: null, json: null, attachments: [] } as unknown as PreviewRow);

function journey(body: { customerId?: string; at?: string; days?: number; tag?: string | null }): Journey {
  const at = body.at ? Date.parse(body.at) : now();
  const sent = (after: number, campaign: string, channel: ActionRow["channel"], more: Partial<JourneyItem> = {}): JourneyItem => ({
    at: iso(at + after), kind: "message", campaign, step: 1, channel, scheduledFor: iso(at + after), outcome: "sent",
    message: { to: "kavya@example.com", subject: "Is there anything that we can help with?", text: "Hello Kavya, it has been quiet around you.", html: channel === "email" ? mail("Kavya") : null, link: null, json: null, attachments: [] }, ...more,
  });
  const items: JourneyItem[] = [
    { at: iso(at), kind: "transition", from: "ST_001", to: "ST_004", rule: "At-risk detection", confidence: 0.93 },
    sent(0, "cs_alert", "alert", { kind: "action" }),
    sent(2 * hourMs, "personal_check_in", "email", { outcome: "held", heldUntil: iso(at + 17 * hourMs), reason: "quiet_hours", message: null }),
    sent(17 * hourMs, "personal_check_in", "email"),
    { at: iso(at + 2 * dayMs), kind: "review", from: "ST_004", to: "ST_005", rule: "Re-engagement campaign", confidence: 0.81, status: "open", reason: "high_value_at_risk, approval_required" },
    sent(3 * dayMs, "standard_nurturing", "email", { outcome: "cancelled", reason: "status_changed", message: null, variant: "b", step: 2 }),
    sent(4 * dayMs, "course_discount", "webhook", { outcome: "suppressed", reason: "holdout", message: null }),
    { at: iso(at + 25 * dayMs), kind: "transition", from: "ST_004", to: "ST_006", rule: "Mark as churned", confidence: 0.9 },
  ];
  return { customerId: body.customerId ?? null, at: iso(at), until: iso(at + (body.days ?? 30) * dayMs), tag: null, items, truncated: false };
}

/** What `/api/campaigns/…` and `/api/journeys/…` answer; undefined for what they do not have. */
export function answerCampaigns(method: string, parts: readonly string[], ask: (name: string) => string, body: never): Reply | undefined {
  const [noun, name, act] = parts;
  if (noun === "journeys") return ok(journey(body));
  if (name === undefined) return method === "PUT" ? publish(body) : ok(campaignSet());
  if (name === "validate") return ok(findings((body as { campaigns: Record<string, unknown>[] }).campaigns));
  if (name === "versions") return act ? version(Number(act), ask("against") ? Number(ask("against")) : null) : ok({ items: versions.map((each) => ({ ...each, count: each.campaigns.length })).reverse(), next: null });
  switch (act) {
    case "report": return ok(report(name));
    case "preview": return ok(preview(name, (body as { customerId: string }).customerId));
    case "test": return ok({ outcome: random() < 0.7 ? "sent" : "failed", reason: null, channel: "email", to: (body as { to: string }).to });
    case "promote": return publish({ campaigns: active().campaigns.map((each) => (each.name === name ? { ...each, variants: [], promoted: (body as { variant: string }).variant } : each)) as Definition[], comment: `${(body as { variant: string }).variant} has won` });
    default: return undefined;
  }
}
