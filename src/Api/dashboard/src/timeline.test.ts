import { describe as suite, expect, test } from "vitest";
import type { TimelineItem } from "./api/client";
import { describe, fold } from "./timeline";

const done = (type: string, properties: object = {}, event = type): TimelineItem =>
  ({ at: "2026-01-02T03:04:05.678Z", kind: "activity", activity: { type, event, properties } });
const moved = (from: string | null): TimelineItem => ({
  at: "2026-01-02T03:04:05.678Z", kind: "transition",
  transition: { from, to: "ST_004", rule: "At-risk detection", reason: "days_since_login 5 >= 5, engagement_score 6 < 40", confidence: 0.91, assignedBy: "system" },
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

  test("what the page does not know is still told", () => {
    expect(describe({ at: "2026-01-02T03:04:05.678Z", kind: "task", title: "Call the learner" })).toEqual({ kind: "other", name: "Call the learner", detail: "" });
  });
});
