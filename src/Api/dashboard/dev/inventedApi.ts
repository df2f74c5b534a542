import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Connect, Plugin } from "vite";
import { answerAnalytics } from "./inventedAnalytics.ts";
import { actionsOf, answerCampaigns } from "./inventedCampaigns.ts";
import { audit, mailbox, mailboxChannels, mailboxMessage, rejected, tasks } from "./inventedDesk.ts";
import { load } from "./inventedOperations.ts";
import { answerPredictions, churn, churnProbability, priorityAction } from "./inventedPredictions.ts";
import { answerRules } from "./inventedRules.ts";
import { counts, customer, days, evaluation, eventNames, ledger, lines, move, now, random, reviews, timeline } from "./invented.ts";

/** Answers the API and the hub for `npm run dev` without a silo. Any token signs in. */
export const inventedApi = (): Plugin => ({ name: "invented-api", configureServer: (server) => void server.middlewares.use(answer) });

const listeners = new Set<ServerResponse>();
const pageLines = 50;
let signedIn = true;

const iso = () => new Date(now()).toISOString();
const session = () => ({ name: "Dana Ops", role: "admin", csrf: "x", expiresAt: null, now: iso(), simulated: false, businessZone: "Asia/Tokyo", currency: "JPY" });
const distribution = () => ({ at: iso(), counts: counts() });
const frame = (message: object) => `data: ${JSON.stringify(message)}\u001e\n\n`;
const tell = (target: string, ...args: unknown[]) => {
  for (const listener of listeners) listener.write(frame({ type: 1, target, arguments: args }));
};

setInterval(() => {
  if (random() < 0.5) {
    tell("transition", move());
    tell("counts", distribution());
  }
}, 1_500).unref();

function answer(request: IncomingMessage, reply: ServerResponse, next: Connect.NextFunction) {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname.startsWith("/hubs/lifecycle")) return hub(request, reply, url);
  if (!url.pathname.startsWith("/api/")) return next();
  if (url.pathname === "/api/session" && request.method !== "GET") signedIn = request.method === "POST";
  if (signedIn && /^\/api\/(campaigns|journeys|analytics|rules|predictions|recommendations)(\/|$)/.test(url.pathname)) return void answerWithBody(request, reply, url);
  const found = signedIn ? read(url) : undefined;
  json(reply, !signedIn ? 401 : found === undefined ? 404 : 200, found ?? { code: signedIn ? "not_found" : "unauthorized", detail: "Sign in, or send a valid bearer token." });
}

function answerWithBody(request: IncomingMessage, reply: ServerResponse, url: URL) {
  let text = "";
  request.on("data", (chunk) => (text += chunk)).on("end", () => {
    const [method, parts, ask] = [request.method ?? "GET", url.pathname.split("/").slice(2).map(decodeURIComponent), (name: string) => url.searchParams.get(name) ?? ""];
    const body = (text ? JSON.parse(text) : {}) as never;
    if (parts[0] === "analytics") {
      const figures = answerAnalytics(method, parts.slice(1), ask, body);
      return json(reply, figures === undefined ? 404 : 200, figures ?? { code: "not_found", detail: "There is nothing at this address." });
    }
    if (parts[0] === "predictions" || parts[0] === "recommendations") {
      const told = answerPredictions(method, parts, ask);
      return json(reply, told === undefined ? 404 : 200, told ?? { code: "not_found", detail: "There is nothing at this address." });
    }
    const rules = parts[0] === "rules" ? answerRules(parts, body) : undefined;
    if (rules !== undefined) return json(reply, 200, rules);
    const found = answerCampaigns(method, parts, ask, body);
    json(reply, found?.status ?? 404, found?.body ?? { code: "not_found", detail: "There is nothing at this address." });
  });
}

function json(reply: ServerResponse, status: number, body: unknown) {
  reply.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

function read(url: URL): unknown {
  const ask = (name: string) => url.searchParams.get(name) ?? "";
  const [, , noun, id, part] = url.pathname.split("/").map(decodeURIComponent);
  if (noun === "session") return session();
  if (noun === "reviews") return { items: reviews, next: null };
  if (noun === "transitions" && ask("order") === "desc") return { items: ledger.slice(-Number(ask("limit"))).reverse(), next: null };
  if (noun === "transitions") return { items: ledger.filter((row) => row.id > Number(ask("after"))).slice(0, Number(ask("limit"))), next: null };
  if (noun === "events") return { items: eventNames, next: null, others: null };
  if (noun === "mailbox") return id ? mailboxMessage(id) : { items: mailbox, next: null, channels: mailboxChannels };
  if (noun === "audit") return { items: audit, next: null };
  if (noun === "actions") return actionsOf(ask);
  if (noun === "tasks") return { items: tasks(ask("status")), next: null };
  if (noun === "rejected") return { items: rejected, next: null };
  if (noun === "flags" || noun === "evaluations") return { items: [], next: null };
  if (noun === "operations") return load();
  if (noun === "views") return { items: views, next: null };
  if (noun === "customers" && id === "names") return { items: lines.map(({ id: each, name }) => ({ id: each, name })), next: null };
  if (noun !== "customers") return undefined;
  if (!id) return page(ask);
  const line = lines.find((each) => each.id === id);
  if (!line) return undefined;
  switch (part) {
    case undefined: return { ...customer(line), churn: churn(line.scores.overall), projectedLtv: { value: 1240, low: 610, high: 2105, horizonDays: 365 }, priorityAction: priorityAction(line.productTag, line.tag) };
    case "metrics": return { items: days(line), next: null };
    case "timeline": return { items: timeline(line), next: null };
    default: return evaluation(line);
  }
}

type Line = (typeof lines)[number];
const severityOf = (line: Line, ask: string) => line.riskIndicators.some(({ type, severity }) => type === ask || severity === ask);
const keyOf: Record<string, (line: Line) => string | number> = {
  id: ({ id }) => id, name: ({ name }) => name ?? "", tagSince: ({ tagSince }) => tagSince, overall: ({ scores }) => scores.overall, ltv: ({ ltvValue }) => ltvValue ?? -1,
  lastActivity: ({ lastActivityAt }) => lastActivityAt ?? "", risk: ({ riskIndicators }) => riskIndicators.length, churn: ({ scores }) => churnProbability(scores.overall),
};

function page(ask: (name: string) => string) {
  const q = ask("q").toLowerCase();
  const day = (at: string | null) => (at ?? "").slice(0, 10);
  const fitting = lines.filter((line, at) =>
    (!ask("tag") || line.tag === ask("tag")) && (!ask("tier") || line.tier === ask("tier")) && (!ask("risk") || severityOf(line, ask("risk")))
    && (!ask("behavior") || at % 8 === Number(ask("behavior").slice(-1)) - 1) && (!ask("owner") || ask("owner") === "Sue" === (at % 3 === 0))
    && (!ask("minLtv") || (line.ltvValue ?? -1) >= Number(ask("minLtv"))) && (!ask("maxLtv") || (line.ltvValue ?? Infinity) <= Number(ask("maxLtv")))
    && (!ask("minChurn") || churnProbability(line.scores.overall) >= Number(ask("minChurn"))) && (!ask("maxChurn") || churnProbability(line.scores.overall) <= Number(ask("maxChurn")))
    && (!ask("activeFrom") || day(line.lastActivityAt) >= ask("activeFrom")) && (!ask("activeTo") || day(line.lastActivityAt) <= ask("activeTo"))
    && (!q || `${line.id} ${line.name} ${line.email}`.toLowerCase().includes(q)));
  const key = keyOf[ask("sort")] ?? keyOf.id!;
  const sorted = fitting.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id.localeCompare(b.id)) * (ask("order") === "desc" ? -1 : 1));
  const from = Number(ask("cursor") || 0);
  const end = from + (Number(ask("limit")) || pageLines);
  return { items: sorted.slice(from, end).map((line) => ({ ...line, churnProbability: churnProbability(line.scores.overall) })), next: end < sorted.length ? String(end) : null, total: sorted.length, totalIsAtLeast: false, behind: false };
}

const views = [
  { name: "At risk, Enterprise", filter: "tag=ST_004&tier=Enterprise&sort=ltv&order=desc", columns: ["customer", "tier", "tag", "since", "overall", "indicators", "ltv", "activity"], shared: true, owner: "Sue", own: false, savedAt: iso() },
  { name: "Mine", filter: "owner=Sue", columns: ["customer", "tag", "overall", "activity"], shared: false, owner: "Dana Ops", own: true, savedAt: iso() },
];

/** SignalR's JSON protocol over server-sent events, as far as a page that subscribes needs it. */
function hub(request: IncomingMessage, reply: ServerResponse, url: URL) {
  if (url.pathname.endsWith("/negotiate")) {
    return json(reply, 200, { connectionId: "c", connectionToken: randomUUID(), negotiateVersion: 1, availableTransports: [{ transport: "ServerSentEvents", transferFormats: ["Text"] }] });
  }
  if (request.method === "GET") {
    reply.writeHead(200, { "Content-Type": "text/event-stream" }).write("\n");
    listeners.add(reply);
    return request.on("close", () => listeners.delete(reply));
  }
  let body = "";
  request.on("data", (chunk) => (body += chunk)).on("end", () => {
    for (const text of body.split("\u001e").filter(Boolean)) {
      const message = JSON.parse(text) as { protocol?: string; invocationId?: string };
      if (!message.protocol && !message.invocationId) continue;
      for (const listener of listeners) listener.write(frame(message.protocol ? {} : { type: 3, invocationId: message.invocationId, result: { after: ledger.length } }));
    }
    reply.writeHead(200).end();
  });
}
