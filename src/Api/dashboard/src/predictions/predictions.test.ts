import { expect, test } from "vitest";
import { speak } from "../language";
import ja from "../languages/ja";
import type { CardTarget } from "../api/predictions";
import { shareEnd } from "../charts/predictions";
import { isBack } from "../parts/Models";
import { levelOf } from "../parts/Outlook";
import { binsSummary, calibrationError, partsSummary, partsTable, targetsTable } from "./tables";
import { aucOf, featureText, isBeyond, named, reasonText, resultNames, shareOf, targetName, withInterval } from "./words";

const judged = (value: number, width = 0.01) => ({ value, low: value - width, high: value + width });
const part = (key: string, auc: number | null) => ({ key, rows: 10, auc, accuracy: 0.8, baseRate: 0.2 });
const bin = (predicted: number, observed: number, rows: number) => ({ from: 0, to: 1, predicted, observed, rows });

test("figures are told with their intervals, an AUC as no percentage", () => {
  expect(withInterval(judged(0.871), aucOf)).toBe("0.871 (0.861 to 0.881)");
  expect(withInterval(judged(0.5, 0.1), shareOf)).toBe("50.0% (40.0% to 60.0%)");
});

test("a model is better than a yardstick only where the intervals do not meet", () => {
  expect(isBeyond(judged(0.87), judged(0.84))).toBe(true);
  expect(isBeyond(judged(0.87), judged(0.86))).toBe(false);
});

test("the error of a calibration weighs each span by its rows, and there is none of nothing", () => {
  expect(calibrationError([bin(0.1, 0.2, 30), bin(0.5, 0.5, 10)])).toBeCloseTo(0.075);
  expect(calibrationError([])).toBeNull();
  expect(binsSummary([])).toBe("No prediction has an outcome yet.");
  expect(binsSummary([bin(0.1, 0.2, 1)])).toBe("Of 1 prediction what was said and what came true differ by 10.0% on average.");
});

test("a part of which all had the same outcome has no AUC and is left out of the sentence", () => {
  const parts = [part("1", 0.7), part("2", null), part("3", 0.9)];
  expect(partsSummary("Weeks", parts)).toBe("Weeks: the AUC is lowest at 1 with 0.700, and highest at 3 with 0.900.");
  expect(partsSummary("Weeks", [part("2", null)])).toBe("Weeks: too little is known.");
  expect(partsTable("Week", parts).rows[1]).toEqual(["2", 10, null, 0.8, 0.2]);
});

test("a target without a logistic regression has an empty field in the file", () => {
  const target: CardTarget = {
    name: "silent_14", population: "all", rows: 2, learners: 1, baseRate: judged(0.2), auc: judged(0.8), prAuc: judged(0.6), accuracy: judged(0.9), alwaysNo: judged(0.8), rule14: judged(0.7), logistic: null,
    budgets: [], calibration: [], byTier: [], byCourseWeek: [],
  };
  const { columns, rows } = targetsTable([target]);
  expect(rows[0]).toHaveLength(columns.length);
  expect(rows[0]!.at(-1)).toBeNull();
});

test("names of a newer product are told as they are", () => {
  expect([targetName({ name: "silent_14" }), targetName({ name: "comes_back" })]).toEqual(["silent for the next 14 days", "comes back"]);
  expect([featureText("silent_days", "x"), featureText("toString", "told")]).toEqual(["days since the last activity", "told"]);
  expect([named(resultNames, "live"), named(resultNames, "toString")]).toEqual(["went live", "toString"]);
});

test("a reason is told as the API words it in English, and by its feature in another language", () => {
  expect(reasonText("silent_days", "6 days without learning", 6)).toBe("6 days without learning");
  speak("ja", ja);
  expect([reasonText("silent_days", "6 days without learning", 6), reasonText("newer", "something newer", 1)]).toEqual(["最終アクティビティからの日数: 6", "something newer"]);
  speak("en", {});
});

test("a scale of shares ends above the highest", () => expect([0, 0.05, 0.06, 0.81, 1].map(shareEnd)).toEqual([0.05, 0.05, 0.1, 1, 1]));

test("an earlier model than the live one is rolled back to", () => {
  const all = [{ number: 3, live: false }, { number: 2, live: true }, { number: 0, live: false }];
  expect(all.map((model) => isBack(model, all))).toEqual([false, false, true]);
  expect(isBack(all[0]!, [all[0]!])).toBe(false);
});

test("probabilities have three levels", () => expect([0.29, 0.3, 0.6].map(levelOf)).toEqual(["low", "medium", "high"]));
