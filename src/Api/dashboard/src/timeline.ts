import type { ActivityRow, ReviewRow, TimelineItem, TransitionRow } from "./api/schema";
import { campaignName, channelNames } from "./campaigns";
import { number, percentOf } from "./format";
import { t } from "./language";
import type { StatusTag } from "./tags";
import { closeReasons, reviewReasonsOf } from "./words";

/** A timeline item as the page tells it. */
export type Told =
  | { kind: "activity"; name: string; times: number; detail: string }
  | { kind: "move"; from: StatusTag | null; to: StatusTag; confidence: number | null; label: string | null; row: TransitionRow }
  | { kind: "review"; from: StatusTag | null; to: StatusTag; status: string; label: string; why: string[] }
  | { kind: "note"; author: string; text: string }
  | { kind: "message"; name: string; channel: string; step: number }
  | { kind: "other"; name: string; detail: string };

export function describe(item: TimelineItem): Told {
  if (item.activity) return activity(item.activity);
  if (item.transition) return move(item.transition);
  if (item.review) return review(item.review, item.kind === "review_opened");
  if (item.note) return { kind: "note", author: item.note.author, text: item.note.text };
  if (item.action) return { kind: "message", name: campaignName(item.action.campaign), channel: channelNames[item.action.channel], step: item.action.step };
  return { kind: "other", name: item.kind, detail: "" };
}

function activity({ type, event, properties }: ActivityRow): Told {
  const sent = (properties ?? {}) as Record<string, unknown>;
  // The product's own word for it; the sender's word for what the product does not know.
  const name = type === "other" && event !== "" ? event : type;
  return { kind: "activity", name, times: typeof sent.count === "number" ? sent.count : 1, detail: detailOf(sent) };
}

function move(row: TransitionRow): Told {
  const { from, to, rule, confidence, assignedBy } = row;
  const what = row.undoes ? t("Undo") : row.kind === "override" ? t("Set by hand") : rule ?? (from ? null : t("First assignment"));
  const label = [what, by(assignedBy), row.undoneAt && t("taken back")].filter(Boolean).join(" · ");
  return { kind: "move", from, to, confidence, label: label || null, row };
}

function review({ from, to, rule, reasons, status, closeReason, decidedBy }: ReviewRow, opened: boolean): Told {
  const asked = reviewReasonsOf(reasons);
  const ended = [closeReason && (closeReasons[closeReason] ?? closeReason.replaceAll("_", " ")), decidedBy && t("by {who}", { who: decidedBy })].filter((each): each is string => !!each);
  return { kind: "review", from, to, status: opened ? "opened" : status, label: rule, why: opened ? asked : ended };
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

const by = (assignedBy: string) => (assignedBy.startsWith("manual:") ? t("by {who}", { who: assignedBy.slice("manual:".length) }) : null);

const told: Record<string, (value: string | number) => string> = {
  lessonId: (id) => `${id}`,
  moduleId: (id) => `${id}`,
  contentId: (id) => `${id}`,
  featureId: (id) => `${id}`,
  score: (n) => t("score {n}", { n }),
  seconds: (seconds) => t("{n} min", { n: Math.round(Number(seconds) / 60) }),
  curriculumCompletion: (share) => t("{share} of the curriculum", { share: percentOf(Number(share)) }),
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
