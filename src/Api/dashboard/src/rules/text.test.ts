import { afterEach, describe, expect, test } from "vitest";
import { forWhom } from "../campaigns";
import { speak } from "../language";
import ja from "../languages/ja";
import { toldFinding } from "./findings";
import { conditionsText } from "./text";
import { changesTable, rulesTable } from "./tables";

afterEach(() => speak("en", {}));

const clause = (operator: string, value: unknown) => ({ operator, value });
const progressing = { modules_completed: clause(">=", 2), assessment_avg_score: clause(">=", 70) };
const nested = { any: [progressing, { not: { customer_tier: clause("in", ["Pro", "Enterprise"]) } }], days_since_activity: clause("between", [3, 30]) };

describe("conditions in one line", () => {
  test("say each clause as a sentence, groups within groups in brackets", () => {
    expect(conditionsText(progressing)).toBe("Modules completed is at least 2 and Mean assessment score is at least 70");
    expect(conditionsText(nested)).toBe(
      "((Modules completed is at least 2 and Mean assessment score is at least 70) or (not: Tier is one of Pro, Enterprise)) and Days since the last activity is between 3 days and 30 days");
  });

  test("follow the order of the words of the language", () => {
    speak("ja", ja);
    expect(conditionsText(progressing)).toBe("完了モジュール数が2以上、かつテスト平均点が70以上");
    expect(conditionsText({ days_since_activity: clause("between", [3, 30]) })).toBe("最終アクティビティからの日数が3日から30日まで");
    expect(conditionsText({ not: { risk_indicators: clause("contains", "login_gap") } })).toBe("次に該当しない: リスク指標にログイン途絶を含む");
    expect(forWhom({ audience: { product_tag: "PT_001" }, whenSending: { days_since_activity: clause(">=", 14) }, firstTime: true, from: ["ST_004", "ST_006"] }))
      .toBe("PPAL Pro、初回のみ、低下傾向または離脱から遷移、送信時に最終アクティビティからの日数が14以上");
  });

  test("what is no condition stays JSON, and an operator of a newer server its own name", () => {
    expect(conditionsText({ any: {} })).toBe('{"any":{}}');
    expect(conditionsText({ ltv_value: clause("near", 5) })).toBe("Lifetime value near 5");
  });
});

test("a file of rules has a line a rule, with tags by code and name", () =>
  expect(rulesTable([{ name: "One", from: ["ST_001", "ST_002"], to: "ST_004", priority: 10, conditions: { ltv_value: clause(">", 1) }, requiresApproval: true, active: false }]).rows)
    .toEqual([[10, "One", "ST_001 Active; ST_002 Progressing", "ST_004 Declining", "Lifetime value is more than 1", "yes", "yes", "no", "no"]]));

test("a file of changes has a line a field", () =>
  expect(changesTable([{ kind: "added", name: "New", fields: [] }, { kind: "changed", name: "One", fields: [{ field: "priority", before: 10, after: 20 }, { field: "newerField", before: null, after: ["a"] }] }]).rows)
    .toEqual([["Added", "New", "", "", ""], ["Edited", "One", "Priority of the rule", "10", "20"], ["Edited", "One", "Newer field", "null", '["a"]']]));

test("what a check finds is told in the server's words in English, by its code in Japanese", () => {
  const finding = { code: "impossible_range", message: "'ltv_value < 0' can never be met." };
  expect(toldFinding(finding)).toBe(finding.message);
  speak("ja", ja);
  expect(toldFinding(finding)).toBe(`この条件が満たされることはありません。（${finding.message}）`);
  expect(toldFinding({ code: "duplicate_name", message: "Another rule is called 'One'." })).toBe("この名前はすでに使われています。");
  expect(toldFinding({ code: "toString", message: "Something newer." })).toBe("Something newer.");
});
