import { describe as suite, expect, test } from "vitest";
import type { ReviewRow, StatusTag, TimelineItem } from "./api/schema";
import { describe, fold } from "./timeline";

const at = "2026-01-02T03:04:05.678Z";
const nothing = { activity: null, transition: null, review: null, note: null, action: null };
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

  test("a move tells its rule, and who made it when a person did", () => {
    expect(describe(moved("ST_001"))).toMatchObject({ label: "At-risk detection" });
    expect(describe(moved(null))).toMatchObject({ from: null, label: "At-risk detection" });
    const byHand = moved("ST_001");
    Object.assign(byHand.transition!, { rule: null, assignedBy: "manual:Dana" });
    expect(describe(byHand)).toMatchObject({ label: "by Dana" });
  });

  test("a review says why a person was asked, and how it ended", () => {
    const review = {
      id: "r", customerId: "c", from: "ST_001", to: "ST_004", rule: "Silent high-value customer", confidence: 0.9, reasons: ["approval_required", "of_a_newer_server"], status: "superseded",
      openedAt: at, decidedAt: null, decidedBy: null, closeReason: "review_expired", decisionId: 1,
    } as unknown as ReviewRow;
    expect(describe({ ...nothing, at, kind: "review_opened", review })).toMatchObject({ status: "opened", why: ["The rule asks for approval", "of a newer server"] });
    expect(describe({ ...nothing, at, kind: "review_closed", review })).toMatchObject({ status: "superseded", why: ["nobody decided in time"] });
  });

  test("a kind the page does not know is still told", () => {
    expect(describe({ ...nothing, at, kind: "task" as TimelineItem["kind"] })).toEqual({ kind: "other", name: "task", detail: "" });
  });
});
