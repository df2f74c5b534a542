import { expect, test } from "vitest";
import { groupName, interval, machineSentence, scaleOf, share, upliftSentence, whyNoUplift } from "./report";

test.each([[0, "0%"], [0.042, "4.2%"], [0.0999, "10.0%"], [0.381, "38%"], [1, "100%"]])("%d is %s", (value, words) => expect(share(value)).toBe(words));

test("an interval has both its ends", () => expect(interval({ low: 0.301, high: 0.384 })).toBe("30% to 38%"));

test.each([
  [[], 0.05], [[null, undefined], 0.05], [[{ value: 0.1, low: 0.05, high: 0.15 }], 0.2], [[{ value: 0.5, low: 0.4, high: 0.61 }, null], 0.8], [[{ value: 0.9, low: 0.8, high: 0.97 }], 1],
])("bars of %j reach to %d", (shares, scale) => expect(scaleOf(shares)).toBe(scale));

test("a difference that is certain is said plainly, another with its doubt", () => {
  expect(upliftSentence("converted", { difference: 0.041, low: 0.012, high: 0.07, certain: true })).toBe("Converted 4.1 points more often than without it (95% interval 1.2 to 7 points).");
  expect(upliftSentence("recovered", { difference: -0.02, low: -0.06, high: 0.02, certain: false }))
    .toBe("Recovered 2 points less often than without it, which may still be chance (95% interval -6 to 2 points).");
});

test("why there is no uplift is told as the server says it", () => {
  expect(whyNoUplift("converted: 3 customers of the holdout have converted; a figure needs 5.")).toBe("Converted: 3 customers of the holdout have converted; a figure needs 5.");
  expect(whyNoUplift(null)).toBe("There is no figure yet.");
});

test("groups are called by what they get", () => {
  const everybody = { variant: null, holdout: false };
  expect([groupName({ variant: null, holdout: true }, true), groupName({ variant: "b", holdout: false }, true), groupName(everybody, true), groupName(everybody, false)])
    .toEqual(["Holdout", "Variant b", "Before the comparison", "Those who get it"]);
});

test("what machines opened is told only where there is any", () => {
  expect(machineSentence({ opened: 0, clicked: 0 })).toBeNull();
  expect(machineSentence({ opened: 1, clicked: 12 })).toBe("1 open and 12 clicks by programs (privacy proxies, link scanners) are left out.");
});
