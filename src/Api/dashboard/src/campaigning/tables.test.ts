import { afterEach, expect, test } from "vitest";
import { delays } from "../campaigns";
import { speak } from "../language";
import ja from "../languages/ja";
import { machineSentence, upliftSentence, whyNoUplift } from "./report";
import { actionsTable, journeyTable, reportTable } from "./tables";

afterEach(() => speak("en", {}));

const group = {
  variant: "b", holdout: false, customers: 1200, sent: 1100, delivered: 1090, opened: 400, clicked: 90, bounced: 10, complained: 0, unsubscribed: 2, attributed: 0, converted: 140, recovered: 0,
  known: { converted: 1180, recovered: 1100 }, rates: { opened: { value: 0.3636, low: 0.33, high: 0.4 }, clicked: null, converted: { value: 0.12, low: 0.1, high: 0.14 }, recovered: null },
  uplift: { converted: { difference: 0.041, low: 0.01, high: 0.07, certain: true }, recovered: null }, whyNoUplift: "recovered: 0 customers of the holdout have recovered; a figure needs 5.",
};

test("a file of results has a line a group, in percent", () => {
  const { columns, rows } = reportTable({ groups: [group] } as never);
  expect(rows[0]).toHaveLength(columns.length);
  expect(rows[0]!.slice(0, 11)).toEqual(["Variant b", 1200, 1100, 1090, 10, 0, 2, 400, 36.4, 33, 40]);
  expect(rows[0]!.slice(-3)).toEqual([4.1, null, "Recovered: 0 customers of the holdout have recovered; a figure needs 5."]);
});

test("a file of actions says in words what became of each", () => {
  const row = { id: 7, customerId: "ada", campaign: "personal_check_in", step: 1, variant: null, channel: "email", status: "suppressed", reason: "opted_out", scheduledFor: "2027-01-01T00:00:00Z", dueAt: null, sentAt: null, tries: 0 };
  const { columns, rows } = actionsTable([row] as never);
  expect(rows[0]).toHaveLength(columns.length);
  expect(rows[0]!.slice(0, 8)).toEqual([7, "ada", "Personal check in", 1, null, "Email", "not sent", "opted out of this channel"]);
});

test("a file of a journey has moves and messages in their order", () => {
  const { columns, rows } = journeyTable({ items: [
    { at: "2027-01-01T00:00:00Z", kind: "transition", from: "ST_001", to: "ST_004", rule: "At-risk detection", confidence: 0.93 },
    { at: "2027-01-01T02:00:00Z", kind: "message", campaign: "personal_check_in", step: 1, channel: "email", outcome: "held", reason: "quiet_hours", heldUntil: "2027-01-01T17:00:00Z" },
  ] } as never);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
  expect(rows.map((row) => row[1])).toEqual(["Move", "Message"]);
  expect(rows[1]!.slice(10, 13)).toEqual(["held", "quiet hours where the customer is", "2027-01-01T17:00:00Z"]);
});

test("in Japanese delays, differences and the reasons of the server are told in its order", () => {
  speak("ja", ja);
  expect([delays([0]), delays([120]), delays([4320, 10080, 20160]), delays([60, 2940])]).toEqual(["即時", "2時間後", "3、7、14日後", "1時間、2日1時間後"]);
  expect(upliftSentence("converted", { difference: -0.012, low: -0.04, high: 0.02, certain: false })).toBe("コンバージョン率は対照群より1.2ポイント低くなっていますが、偶然の可能性があります（95%信頼区間: -4〜2ポイント）。");
  expect(whyNoUplift(group.whyNoUplift)).toBe("回復: 対照群で回復に至った顧客は0名です。算出には5名が必要です。");
  expect(whyNoUplift("converted: the outcome of 41 customers of this group is known, 7 days after their start; a figure needs 100."))
    .toBe("コンバージョン: このグループのうち結果が確定したのは41名です（開始から7日後に確定）。算出には100名が必要です。");
  expect(whyNoUplift("something newer.")).toBe("Something newer.");
  expect(machineSentence({ opened: 3, clicked: 0 })).toContain("開封3件");
});
