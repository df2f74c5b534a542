import { describe, expect, test } from "vitest";
import { asGroup, changed, outOfGroup, parse, placesOf, print, type Clause, type Condition } from "./conditions";
import { canonical, changesOf, findingsOf } from "./draft";

const clause = (metric: string, operator: string, value: unknown): Clause => ({ kind: "clause", metric, operator, value });

describe("conditions", () => {
  test.each([
    [{ modules_completed: { operator: ">=", value: 2 }, assessment_avg_score: { operator: ">=", value: 70 } }],
    [{ all: [{ any: [{ sessions_7d: { operator: ">=", value: 3 } }, { active_days_30d: { operator: ">=", value: 4 } }] }, { any: [{ ltv_value: { operator: "==", value: 1 } }] }, { not: { risk_indicators: { operator: "contains", value: "login_gap" } } }] }],
    [{ not: { all: [{ days_since_login: { operator: "between", value: [1, 2] } }, { days_since_login: { operator: "!=", value: 2 } }] } }],
    [{ "traits.plan x": { operator: "in", value: ["a", "b"] } }],
  ])("come out of the form as they went in", (json) => expect(print(outOfGroup(asGroup(parse(json)!)))).toEqual(json));

  test("a bare value means equal", () => expect(parse({ customer_tier: "Pro" })).toEqual(clause("customer_tier", "==", "Pro")));

  test.each([[null], [[]], ["x"], [{ any: {} }], [{ sessions_7d: { value: 1 } }], [{ all: [1] }]])("what is no condition is left to the text: %j", (json) => expect(parse(json)).toBeNull());

  test("stand where the API says that something is wrong", () => {
    const condition = parse({ ltv_value: { operator: ">", value: 1 }, any: [{ sessions_7d: 1 }, { not: { customer_tier: "Pro", ltv_value: 5 } }] })!;
    expect([...new Set(placesOf(condition, "$.rules[2].conditions").values())]).toEqual([
      "$.rules[2].conditions", "$.rules[2].conditions.ltv_value", "$.rules[2].conditions.any", "$.rules[2].conditions.any[0].sessions_7d",
      "$.rules[2].conditions.any[1].not", "$.rules[2].conditions.any[1].not.customer_tier", "$.rules[2].conditions.any[1].not.ltv_value",
    ]);
  });

  test.each<[Condition, { metric?: string; operator?: string }, unknown]>([
    [clause("sessions_7d", ">=", 3), { operator: "between" }, clause("sessions_7d", "between", [3, 3])],
    [clause("sessions_7d", "between", [3, 5]), { operator: "<" }, clause("sessions_7d", "<", 3)],
    [clause("sessions_7d", ">=", 3), { metric: "customer_tier" }, clause("customer_tier", "in", ["Freemium"])],
    [clause("customer_tier", "in", ["Pro"]), { operator: "==" }, clause("customer_tier", "==", "Pro")],
    [clause("customer_tier", "in", ["Pro"]), { metric: "ltv_value" }, clause("ltv_value", "in", [0])],
    [clause("ltv_value", ">", 1), { metric: "risk_indicators" }, clause("risk_indicators", "contains", "low_engagement")],
  ])("a clause about something else keeps what fits", (from, to, expected) => expect(changed(from as Clause, to)).toEqual(expected));
});

describe("what publishing changes", () => {
  const rule = { id: 1, name: "One", from: ["ST_001"], to: "ST_002", conditions: { ltv_value: 1 }, priority: 10 };

  test("the order of members and what is given by default are no change", () =>
    expect(changesOf([rule], [{ notification: {}, active: true, automatic: true, ...Object.fromEntries(Object.entries(rule).reverse()) }])).toEqual([]));

  test("is told rule by rule", () =>
    expect(changesOf([rule, { ...rule, id: 2, name: "Two" }], [{ ...rule, priority: 20 }, { ...rule, id: undefined, name: "New" }])).toEqual([
      { kind: "added", name: "New", fields: [] }, { kind: "removed", name: "Two", fields: [] },
      { kind: "changed", name: "One", fields: [{ field: "priority", before: 10, after: 20 }] },
    ]));

  test("findings belong to their rule and to no other", () => {
    const findings = ["$.rules[1]", "$.rules[1].name", "$.rules[10].name", "$.rules"].map((path) => ({ path, code: "x", message: "x" }));
    expect(findingsOf(findings, 1).map(({ path }) => path)).toEqual(["$.rules[1]", "$.rules[1].name"]);
  });

  test("canonical text tells JSON apart, not its layout", () => {
    expect(canonical({ a: 1, b: [{ d: null, c: "x" }] })).toBe(canonical({ b: [{ c: "x", d: null }], a: 1 }));
    expect(canonical({ a: 1 })).not.toBe(canonical({ a: "1" }));
  });
});
