import type { TimelineItem } from "./api/client";
import { number, plain } from "./format";
import { isTag, type StatusTag } from "./tags";
import { reasonText } from "./words";

/** A timeline item as the page tells it. */
export type Told =
  | { kind: "activity"; name: string; times: number; detail: string }
  | { kind: "move"; from: StatusTag | null; to: StatusTag; confidence: number | null; reason: string }
  | { kind: "review"; from: StatusTag | null; to: StatusTag; status: string; reason: string }
  | { kind: "other"; name: string; detail: string };

type Part = Record<string, unknown>;

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const amount = (value: unknown): number | null => (typeof value === "number" ? value : null);
const part = (value: unknown): Part | null => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Part) : null);
const tagOf = (value: unknown): StatusTag | null => (typeof value === "string" && isTag(value) ? value : null);

export function describe(item: TimelineItem): Told {
  const body = part(item[item.kind]) ?? part(item.review) ?? item;
  const to = tagOf(body.to);
  if (item.kind === "transition" && to) {
    const who = text(body.rule) ?? (tagOf(body.from) ? null : "First assignment");
    const reason = [who, text(body.reason), by(body.assignedBy)].filter((each, index, all) => each && all.findIndex((other) => other?.toLowerCase() === each.toLowerCase()) === index).join(" · ");
    return { kind: "move", from: tagOf(body.from), to, confidence: amount(body.confidence), reason: reasonText(reason) };
  }
  if (item.kind.startsWith("review") && to) {
    const reasons = Array.isArray(body.reasons) ? body.reasons.map((each) => plain(String(each))).join(", ") : "";
    const why = [text(body.rule), reasons, ...(item.kind === "review_opened" ? [] : [text(body.closeReason), text(body.decidedBy)])];
    return { kind: "review", from: tagOf(body.from), to, status: item.kind === "review_opened" ? "opened" : (text(body.status) ?? "closed"), reason: reasonText(why.filter(Boolean).join(" · ")) };
  }
  const name = nameOf(body) ?? item.kind;
  if (item.kind === "activity") return { kind: "activity", name, times: amount(part(body.properties)?.count) ?? 1, detail: detailOf(body) };
  return { kind: "other", name: text(body.title) ?? name, detail: text(body.reason) ?? detailOf(body) };
}

/** What the page shows in one line: the same activity several times in a row is told once, with how often. */
export function fold(items: readonly TimelineItem[]): { at: string; told: Told }[] {
  const lines: { at: string; told: Told }[] = [];
  for (const item of items) {
    const told = describe(item);
    const last = lines.at(-1)?.told;
    if (last?.kind !== "activity" || told.kind !== "activity" || last.name !== told.name) {
      lines.push({ at: item.at, told });
      continue;
    }
    const details = new Set([...last.detail.split(", "), told.detail].filter(Boolean));
    lines[lines.length - 1] = { at: lines.at(-1)!.at, told: { ...last, times: last.times + told.times, detail: [...details].join(", ") } };
  }
  return lines;
}

/** The product's own word for it; the sender's word for what the product does not know. */
const nameOf = (body: Part) => (body.type === "other" ? text(body.event) : null) ?? text(body.type) ?? text(body.name);

const by = (assignedBy: unknown) => (typeof assignedBy === "string" && assignedBy.startsWith("manual:") ? `by ${assignedBy.slice("manual:".length)}` : null);

const told: Record<string, (value: string | number) => string> = {
  lessonId: (id) => `${id}`,
  moduleId: (id) => `${id}`,
  contentId: (id) => `${id}`,
  featureId: (id) => `${id}`,
  score: (score) => `score ${score}`,
  seconds: (seconds) => `${Math.round(Number(seconds) / 60)} min`,
  curriculumCompletion: (share) => `curriculum ${share}%`,
  amount: (paid) => number(Number(paid)),
};

function detailOf(body: Part): string {
  const properties = { ...body, ...part(body.properties) };
  return Object.entries(told)
    .flatMap(([name, say]) => {
      const value = properties[name];
      return typeof value === "string" || typeof value === "number" ? [say(value)] : [];
    })
    .join(" · ");
}
