import { describe, expect, test } from "vitest";
import { drawDistribution, drawFlow, drawHeat, drawValues, heatHeight, shownShare, valuesEnd } from "../charts/options";
import { inkOn, mix, type ChartTheme } from "../charts/theme";
import { runsOf } from "../parts/Measures";
import { allTags, type StatusTag } from "../tags";
import { csvOf } from "./csv";
import { difference, figure, scaleEnd } from "./figures";
import { addDays, businessDay, monthsRange, presetOf, presetRange, rangeOf, spanDays, troubleOf, withParts, withRange } from "./range";
import { fileName } from "./save";
import { distributionSummary, flowSummary, heatTable, valuesSummary } from "./tables";

describe("a range", () => {
  test.each([
    ["7", { from: "2027-03-12", to: "2027-03-18" }], ["28", { from: "2027-02-19", to: "2027-03-18" }], ["90", { from: "2026-12-19", to: "2027-03-18" }],
    ["month", { from: "2027-03-01", to: "2027-03-18" }], ["year", { from: "2027-01-01", to: "2027-03-18" }],
  ] as const)("of the preset %s ends today, both days included", (preset, range) => {
    expect(presetRange(preset, "2027-03-18")).toEqual(range);
    expect(presetOf(range, "2027-03-18")).toBe(preset);
  });

  test("crosses leap days and years as the calendar does", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(spanDays({ from: "2027-12-31", to: "2028-01-01" })).toBe(2);
    expect(monthsRange(12, "2027-03-18")).toEqual({ from: "2026-04-01", to: "2027-03-18" });
    expect(monthsRange(24, "2027-01-31").from).toBe("2025-02-01");
  });

  test("ends with the day that it is where the business is", () => {
    const at = Date.parse("2027-03-18T20:00:00Z");
    expect([businessDay(at, "Asia/Tokyo"), businessDay(at, "America/New_York"), businessDay(at, undefined)]).toEqual(["2027-03-19", "2027-03-18", "2027-03-18"]);
  });

  test("without days is the default, and one of its own is no preset", () => {
    expect(presetOf(null, "2027-03-18")).toBe("28");
    expect(presetOf({ from: "2027-03-02", to: "2027-03-18" }, "2027-03-18")).toBeNull();
  });

  test.each([
    ["?from=2027-03-01&to=2027-03-18", { from: "2027-03-01", to: "2027-03-18" }], ["", null], ["?from=2027-03-01", null], ["?from=2027-02-30&to=2027-03-18", null],
    ["?from=yesterday&to=today", null], ["?from=2027-03-19&to=2027-03-18", null], ["?from=2020-01-01&to=2027-03-18", null],
  ])("of the address %s is %j", (search, range) => expect(rangeOf(search)).toEqual(range));

  test("is refused with its reason before the server has to", () => {
    expect(troubleOf({ from: "", to: "2027-03-18" })).toBe("unreadable");
    expect(troubleOf({ from: "2027-03-19", to: "2027-03-18" })).toBe("backward");
    expect(troubleOf({ from: addDays("2027-03-18", -1100), to: "2027-03-18" })).toBe("too_long");
    expect(troubleOf({ from: addDays("2027-03-18", -1099), to: "2027-03-18" })).toBeNull();
  });

  test("leaves what else the address says", () => {
    expect(withRange("/kpis", "?kpi=churn_rate", { from: "2027-03-01", to: "2027-03-18" })).toBe("/kpis?kpi=churn_rate&from=2027-03-01&to=2027-03-18");
    expect(withRange("/kpis", "?kpi=churn_rate&from=2027-03-01&to=2027-03-18", null)).toBe("/kpis?kpi=churn_rate");
    expect(withParts("/kpis", "?kpi=churn_rate", { kpi: null })).toBe("/kpis");
  });
});

describe("a file for spreadsheets", () => {
  const cell = (text: string | number | null) => csvOf({ columns: [{ label: "a" }], rows: [[text]] }).split("\r\n")[1];

  test("begins with its mark, ends its lines, and keeps numbers as numbers", () => {
    expect(csvOf({ columns: [{ label: "Day" }, { label: "n" }], rows: [["2027-03-18", -1.5], ["x", null]] })).toBe("\uFEFFDay,n\r\n2027-03-18,-1.5\r\nx,\r\n");
  });

  test.each([
    ["=1+1", "'=1+1"], ["+49", "'+49"], ["-2", "'-2"], ["@SUM(A1)", "'@SUM(A1)"], ["\t=1", "\"'\t=1\""], ["  =1", "'  =1"], ["＝1", "'＝1"], ["\n=1", "\"'\n=1\""],
  ])("takes the formula out of %j", (text, written) => expect(cell(text)?.startsWith(written.split("\n")[0]!)).toBe(true));

  test.each([["a,b", '"a,b"'], ['say "x"', '"say ""x"""'], ["a;b", '"a;b"'], ["plain", "plain"], ["名前", "名前"], [Infinity, ""]])("writes %j as %s", (text, written) => expect(cell(text)).toBe(written));

  test("has a name that every system takes", () => expect(fileName(["KPI: Churn/rate", "2027-03-18"], "csv")).toBe("l-step-kpi-churn-rate-2027-03-18.csv"));
});

describe("a figure beside the one before", () => {
  test.each([
    [62.7, 59.1, "percent", "higher", "+3.6 pts", true], [5.3, 6.4, "percent", "lower", "−1.1 pts", true], [120, 100, "customers", "lower", "+20%", false], [3, 0, "customers", null, "+3", null],
    [14.2, 16, "days", "lower", "−1.8 d", true], [1000, 999, "count", "higher", "+0.1%", true],
  ] as const)("%d after %d %s, better %s, is %s", (value, previous, unit, better, words, good) => expect(difference(value, previous, unit, better)).toMatchObject({ words, good }));

  test("is neither good nor bad when it is the same, and nothing without a figure before", () => {
    expect(difference(5, 5, "percent", "higher")).toMatchObject({ direction: "same", good: null });
    expect(difference(5, null, "percent", "higher")).toBeNull();
    expect(figure(null, "percent")).toBe("–");
  });

  test("shares a scale with its goal and baseline", () => {
    expect(scaleEnd("percent", 62, 70, 58)).toBe(100);
    expect(scaleEnd("days", 10, 14, null)).toBe(17.5);
    expect(scaleEnd("hours", null, null, null)).toBe(1);
  });
});

const theme: ChartTheme = {
  tag: Object.fromEntries(allTags.map((tag, at) => [tag, `#00000${at}`])) as Record<StatusTag, string>,
  text: "#111111", muted: "#222222", faint: "#333333", line: "#444444", lineStrong: "#555555", surface: "#ffffff", surface2: "#eeeeee", accent: "#0f6f55", danger: "#b3261e", warn: "#d9901a",
  series: { engagement: "#3f7fd6", progress: "#1f9d78", community: "#a267c9", overall: "#4a5568" }, font: "sans-serif",
};
const wide = { theme, narrow: false };
const counts = (...n: number[]) => Object.fromEntries(allTags.map((tag, at) => [tag, n[at] ?? 0])) as Record<StatusTag, number>;
const period = (at: number, n: number[], partial = false) => ({ period: at, customers: n.reduce((sum, each) => sum + each, 0), counts: counts(...n), shares: counts(), partial });

describe("a picture", () => {
  test("of the distribution stacks every tag in its colour, and says so in words", () => {
    const days = [{ date: "2027-03-17", counts: counts(5, 3) }, { date: "2027-03-18", counts: counts(6, 3, 1) }];
    const { series } = drawDistribution(days, wide) as { series: { stack: string; color: string; data: number[] }[] };
    expect(series.map(({ stack, color, data }) => [stack, color, data]).slice(0, 3)).toEqual([["all", "#000000", [5, 6]], ["all", "#000001", [3, 3]], ["all", "#000002", [0, 1]]]);
    expect(distributionSummary(days)).toBe("Customers per tag and day, from 8 to 10 in all. On the last day: Active 6, Progressing 3, Mastery 1, Declining 0, Re-engagement 0, Churned 0.");
  });

  test("of the flow has no circle, whoever came back", () => {
    const items = [{ from: "ST_001", to: "ST_004", count: 5, previous: 1 }, { from: "ST_004", to: "ST_001", count: 2, previous: 2 }] as const;
    const { series: [sankey] } = drawFlow(items, wide) as unknown as { series: [{ data: { name: string }[]; links: { source: string; target: string; value: number }[] }] };
    expect(sankey.links.map(({ source, target, value }) => [source, target, value])).toEqual([["from:ST_001", "to:ST_004", 5], ["from:ST_004", "to:ST_001", 2]]);
    expect(sankey.data.map(({ name }) => name)).toEqual(["from:ST_001", "from:ST_004", "to:ST_001", "to:ST_004"]);
    expect(flowSummary(items)).toBe("7 transitions between tags. The most: Active to Declining 5, Declining to Active 2.");
  });

  test("of values holds the goal on its scale and leaves a gap where nothing was counted", () => {
    const days = [{ date: "2027-03-17", value: 3.1 }, { date: "2027-03-18", value: null }];
    const drawn = drawValues({ name: "Churn", unit: "percent", days, goal: 4.8, baseline: null }, wide) as { yAxis: { max: number }; series: [{ data: unknown[]; connectNulls: boolean; markLine: { data: unknown[] } }] };
    expect([drawn.yAxis.max, drawn.series[0].data, drawn.series[0].connectNulls, drawn.series[0].markLine.data.length]).toEqual([6, [3.1, null], false, 1]);
    expect(valuesSummary("Churn", "percent", days)).toBe("Churn per day: 3.1% at first, 3.1% at last, between 3.1% and 3.1%.");
    expect(valuesSummary("Churn", "percent", [])).toBe("Churn per day: nothing was counted.");
  });

  test.each([["percent", 62, 100], ["percent", 30, 40], ["percent", 2800, 3200], ["customers", 1, 4], ["customers", 193, 240], ["hours", 0, 4], ["days", 16.5, 20], ["customers", 1_000_000, 1_200_000]] as const)(
    "in %s up to %d has a scale to %d", (unit, highest, end) => expect(valuesEnd(unit, highest)).toBeCloseTo(end));

  test("of cohorts shows the share of a tag, of all that learn together, and the figures of both", () => {
    const rows = [{ cohort: "2027-02", customers: 4, now: period(1, [1, 1, 1, 1]).counts, periods: [period(0, [4]), period(1, [1, 1, 1, 1], true)] }, { cohort: "2027-03", customers: 3, now: period(0, [1, 0, 0, 0, 0, 2]).counts, periods: [period(0, [1, 0, 0, 0, 0, 2], true)] }];
    expect(shownShare(rows[0]!.periods[1]!, "learning")).toBe(75);
    expect(shownShare(rows[1]!.periods[0]!, "ST_006")).toBe(66.7);
    expect(shownShare(period(0, []), "ST_001")).toBeNull();
    const drawn = drawHeat({ rows, names: ["Feb", "Mar"], shown: "learning", what: "x" }, wide) as { series: [{ data: { value: number[] }[] }] };
    expect(drawn.series[0].data.map(({ value }) => value)).toEqual([[0, 0, 100], [1, 0, 75], [0, 1, 33.3]]);
    expect(heatTable(rows, ["Feb", "Mar"], "Started in", "learning").rows).toEqual([["Feb", 4, 100, 75], ["Mar", 3, 33.3, null]]);
    expect(heatHeight({ rows: [], names: [], shown: "learning", what: "" })).toBeGreaterThan(60);
  });

  test("has letters that can be read on every ground", () => {
    expect(mix("#000000", "#ffffff", 0.5)).toBe("#808080");
    expect([inkOn("#ffffff", "#101418", "#ffffff"), inkOn("#14523f", "#101418", "#ffffff")]).toEqual(["#101418", "#ffffff"]);
  });

  test("of a small line breaks where a day has nothing", () => expect(runsOf([1, 2, null, 3]).map((run) => run.map(({ at }) => at))).toEqual([[0, 1], [3]]));
});
