import { describe as suite, expect, test } from "vitest";
import type { StatusTag, TimelineItem } from "./api/schema";
import { describe, fold } from "./timeline";

const at = "2026-01-02T03:04:05.678Z";
const nothing = { activity: null, transition: null, review: null };
const done = (type: string, properties: object = {}, event = type): TimelineItem =>
  ({ ...nothing, at, kind: "activity", activity: { messageId: "m", type, event, occurredAt: at, receivedAt: at, properties } });
const moved = (from: StatusTag | null): TimelineItem => ({
  ...nothing, at, kind: "transition",
  transition: {
    id: 1, customerId: "c", from, to: "ST_004", at, dueAt: at, rule: "At-risk detection", ruleSetVersion: 1, confidence: 0.91, assignedBy: "system",
    reason: "days_since_login 5 >= 5, engagement_score 6 < 40", kind: "rule", batchId: null, decisionId: 1, undoneAt: null, undoes: null,
  },
});

suite("timeline", () => {
  test("the same activity in a row is told once, with how often and of what", () => {
    const lines = fold([done("feature_use", { featureId: "notes" }), done("feature_use", { featureId: "search" }), done("feature_use", { featureId: "notes" })]);
    expect(lines.map(({ told }) => told)).toEqual([{ kind: "activity", name: "feature_use", times: 3, detail: "notes, search" }]);
  });

  test("a move between two of the same keeps them apart", () => {
    expect(fold([done("login"), moved("ST_001"), done("login")]).map(({ told }) => told.kind)).toEqual(["activity", "move", "activity"]);
  });

  test("a page view counts as often as it says", () => {
    expect(describe(done("page_view", { count: 4 }))).toMatchObject({ times: 4 });
  });

  test("an event the product does not know keeps its sender's name", () => {
    expect(describe(done("other", {}, "Whiteboard Opened"))).toMatchObject({ name: "Whiteboard Opened" });
  });

  test("a move tells its rule and its reason in the words of the page", () => {
    expect(describe(moved("ST_001"))).toMatchObject({ reason: "At-risk detection · days since login 5 ≥ 5, engagement score 6 < 40" });
  });

  test("a kind the page does not know is still told", () => {
    expect(describe({ ...nothing, at, kind: "task" as TimelineItem["kind"] })).toEqual({ kind: "other", name: "task", detail: "" });
  });
});
