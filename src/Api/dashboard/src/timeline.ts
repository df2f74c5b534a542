import type { ActivityRow, ReviewRow, TimelineItem, TransitionRow } from "./api/schema";
import { number, plain } from "./format";
import type { StatusTag } from "./tags";
import { reasonText } from "./words";

/** A timeline item as the page tells it. */
export type Told =
  | { kind: "activity"; name: string; times: number; detail: string }
  | { kind: "move"; from: StatusTag | null; to: StatusTag; confidence: number | null; reason: string }
  | { kind: "review"; from: StatusTag | null; to: StatusTag; status: string; reason: string }
  | { kind: "other"; name: string; detail: string };

const isName = (text: string | null): text is string => text !== null && text !== "";

export function describe(item: TimelineItem): Told {
  if (item.activity) return activity(item.activity);
  if (item.transition) return move(item.transition);
  if (item.review) return review(item.review, item.kind === "review_opened");
  return { kind: "other", name: item.kind, detail: "" };
}

function activity({ type, event, properties }: ActivityRow): Told {
  const sent = (properties ?? {}) as Record<string, unknown>;
  // The product's own word for it; the sender's word for what the product does not know.
  const name = type === "other" && event !== "" ? event : type;
  return { kind: "activity", name, times: typeof sent.count === "number" ? sent.count : 1, detail: detailOf(sent) };
}

function move({ from, to, rule, reason, confidence, assignedBy }: TransitionRow): Told {
  const parts = [rule ?? (from ? null : "First assignment"), reason, by(assignedBy)].filter(isName);
  const unlike = parts.filter((each, index) => parts.findIndex((other) => other.toLowerCase() === each.toLowerCase()) === index);
  return { kind: "move", from, to, confidence, reason: reasonText(unlike.join(" · ")) };
}

function review({ from, to, rule, reasons, status, closeReason, decidedBy }: ReviewRow, opened: boolean): Told {
  const why = [rule, reasons.map(plain).join(", "), ...(opened ? [] : [closeReason, decidedBy])].filter(isName);
  return { kind: "review", from, to, status: opened ? "opened" : status, reason: reasonText(why.join(" · ")) };
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

const by = (assignedBy: string) => (assignedBy.startsWith("manual:") ? `by ${assignedBy.slice("manual:".length)}` : null);

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

function detailOf(properties: Record<string, unknown>): string {
  return Object.entries(told)
    .flatMap(([name, say]) => {
      const value = properties[name];
      return typeof value === "string" || typeof value === "number" ? [say(value)] : [];
    })
    .join(" · ");
}
