import type { CohortRow, DayValue, FlowItem } from "../api/schema";
import { figure, type Unit } from "../analytics/figures";
import { count, percent, percentOf } from "../format";
import { t } from "../language";
import { allTags, tagFacts, type StatusTag } from "../tags";
import { dayAxis, grid, legend, longDay, tip, tooltip, valueAxis, type Draw, type Drawing } from "./base";
import { inkOn, mix, type ChartTheme } from "./theme";

type Counts = Record<StatusTag, number>;
interface Hovered { dataIndex: number; seriesName?: string; name?: string; data?: unknown; dataType?: string }

/** How many customers had each tag, one layer a tag. */
export const drawDistribution: Draw<readonly { date: string; counts: Counts }[]> = (days, drawing) => ({
  grid: grid({ top: drawing.narrow ? 54 : 34 }), legend: legend(drawing),
  tooltip: tooltip(drawing, {
    trigger: "axis",
    formatter: ([first]: Hovered[]) => {
      const day = days[first!.dataIndex]!;
      const all = allTags.reduce((sum, tag) => sum + day.counts[tag], 0);
      return tip(longDay(day.date), [...allTags].reverse().map((tag) => ({ label: tagFacts[tag].short, colour: drawing.theme.tag[tag], value: `${count(day.counts[tag])} · ${percent(day.counts[tag], all)}` })));
    },
  }),
  xAxis: dayAxis(days.map(({ date }) => date), drawing, false), yAxis: valueAxis(drawing, undefined, { minInterval: 1 }),
  series: allTags.map((tag) => ({
    type: "line", name: tagFacts[tag].short, stack: "all", symbol: "none", data: days.map(({ counts }) => counts[tag]), color: drawing.theme.tag[tag],
    lineStyle: { width: 1, color: drawing.theme.surface }, areaStyle: { color: drawing.theme.tag[tag], opacity: 0.88 }, emphasis: { disabled: true },
  })),
});

/** From the tags on the left to those on the right: a way back has its own side, so that nothing runs in a circle. */
export const drawFlow: Draw<readonly FlowItem[]> = (items, drawing) => {
  const { theme, narrow } = drawing;
  // A single way is a ribbon, not a wall.
  const inset = `${Math.max(1.5, 36 - 9 * (items.length - 1))}%`;
  const sides = (side: "from" | "to") => allTags.filter((tag) => items.some((item) => item[side] === tag)).map((tag) => ({
    name: `${side}:${tag}`, depth: side === "from" ? 0 : 1, itemStyle: { color: theme.tag[tag], borderWidth: 0 },
    label: { position: side === "from" ? "right" : "left", formatter: flowLabel(tag, items.reduce((sum, item) => sum + (item[side] === tag ? item.count : 0), 0)) },
  }));
  return {
    tooltip: tooltip(drawing, {
      trigger: "item",
      formatter: ({ data, dataType, name }: Hovered) => {
        if (dataType !== "edge") return tip(tagFacts[(name ?? "").slice(-6) as StatusTag].short, []);
        const { item } = data as { item: FlowItem };
        return tip(`${tagFacts[item.from].short} → ${tagFacts[item.to].short}`, [
          { label: t("in this range"), value: count(item.count) }, { label: t("in the one before"), value: count(item.previous) },
        ]);
      },
    }),
    series: [{
      type: "sankey", left: 0, right: 0, top: inset, bottom: inset, nodeWidth: narrow ? 8 : 12, nodeGap: narrow ? 12 : 14, layoutIterations: 0, draggable: false,
      data: [...sides("from"), ...sides("to")],
      links: items.map((item) => ({ source: `from:${item.from}`, target: `to:${item.to}`, value: item.count, item, lineStyle: { color: theme.tag[item.from], opacity: 0.3 } })),
      label: { color: theme.text, fontFamily: theme.font, fontSize: 12.5, fontWeight: 500, distance: 8, textBorderColor: theme.surface, textBorderWidth: 3 },
      lineStyle: { curveness: 0.5 }, emphasis: { focus: "adjacency", lineStyle: { opacity: 0.6 } }, blur: { lineStyle: { opacity: 0.12 } },
    }],
  };
};

const flowLabel = (tag: StatusTag, n: number) => `${tagFacts[tag].short}  ${count(n)}`;

export interface ValuesPerDay { name: string; unit: Unit; days: readonly DayValue[]; goal: number | null; baseline: number | null }

/** One figure per day, with its goal and its baseline across. */
export const drawValues: Draw<ValuesPerDay> = ({ name, unit, days, goal, baseline }, drawing) => {
  const { theme } = drawing;
  const show = (value: number) => figure(value, unit);
  const values = days.flatMap(({ value }) => (value === null ? [] : [value]));
  const end = valuesEnd(unit, Math.max(...values, goal ?? 0, baseline ?? 0));
  return {
    grid: grid({ top: 14, right: 10 }),
    tooltip: tooltip(drawing, { trigger: "axis", formatter: ([first]: Hovered[]) => tip(longDay(days[first!.dataIndex]!.date), [{ label: name, colour: theme.accent, value: show2(days[first!.dataIndex]!.value, unit) }]) }),
    xAxis: dayAxis(days.map(({ date }) => date), drawing, false),
    yAxis: valueAxis(drawing, show, { min: 0, max: end, interval: end / 4 }),
    series: [{
      type: "line", name, color: theme.accent, data: days.map(({ value }) => value), showSymbol: values.length < days.length || values.length < 3, symbol: "circle", symbolSize: 4, connectNulls: false, lineStyle: { width: 2 },
      areaStyle: { color: theme.accent, opacity: 0.1 }, emphasis: { disabled: true },
      markLine: {
        silent: true, symbol: "none", animation: false,
        data: [
          ...(goal === null ? [] : [{ yAxis: goal, lineStyle: { color: theme.muted, type: "solid", width: 1 }, label: markLabel(theme, t("goal {value}", { value: show(goal) }), "insideEndTop") }]),
          ...(baseline === null ? [] : [{ yAxis: baseline, lineStyle: { color: theme.faint, type: [4, 4], width: 1 }, label: markLabel(theme, t("baseline {value}", { value: show(baseline) }), "insideStartTop") }]),
        ],
      },
    }],
  };
};

const show2 = (value: number | null, unit: Unit) => (value === null ? t("nothing counted") : figure(value, unit));
const markLabel = (theme: ChartTheme, formatter: string, position: string) => ({ formatter, position, color: theme.muted, fontFamily: theme.font, fontSize: 11.5, textBorderColor: theme.surface, textBorderWidth: 3 });

const quarters = 4;

/** Where a scale ends that four lines divide into round parts, with a little room above the highest. */
export function valuesEnd(unit: Unit, highest: number): number {
  const value = highest * 1.1;
  if (unit === "percent" && value > 64 && highest <= 100) return 100;
  if (!(value > 0)) return quarters;
  const step = 10 ** Math.floor(Math.log10(value));
  const end = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((each) => each * step).find((each) => each >= value - 1e-9)!;
  return unit === "customers" || unit === "count" ? Math.ceil(end / quarters) * quarters : end;
}

export interface Layer { name: string; colour: (theme: ChartTheme) => string; values: readonly number[] }
export interface LayersPerDay { days: readonly string[]; layers: readonly Layer[]; stacked: boolean; show?: (value: number) => string }

/** Counts per day, one above the other or side by side. */
export const drawLayers: Draw<LayersPerDay> = ({ days, layers, stacked, show }, drawing) => ({
  grid: grid({ top: drawing.narrow && layers.length > 2 ? 54 : 34 }), legend: legend(drawing),
  tooltip: tooltip(drawing, {
    trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: drawing.theme.faint, opacity: 0.1 } },
    formatter: ([first]: Hovered[]) => tip(longDay(days[first!.dataIndex]!), layers.map(({ name, colour, values }) => ({ label: name, colour: colour(drawing.theme), value: (show ?? count)(values[first!.dataIndex]!) }))),
  }),
  xAxis: dayAxis(days, drawing, true), yAxis: valueAxis(drawing, show, { minInterval: 1 }),
  series: layers.map(({ name, colour, values }) => ({
    type: "bar", name, color: colour(drawing.theme), data: values, ...(stacked ? { stack: "all" } : { barGap: "12%" }), barCategoryGap: days.length > 120 ? "8%" : "28%", barMaxWidth: 22,
    itemStyle: days.length > 60 ? {} : { borderColor: drawing.theme.surface, borderWidth: stacked ? 0.5 : 0, borderRadius: 1.5 }, emphasis: { disabled: true },
  })),
});

/** What of a cohort is shown: one tag, or all three that learn. */
export type Shown = StatusTag | "learning";
export const shownTags = (shown: Shown): readonly StatusTag[] => (shown === "learning" ? ["ST_001", "ST_002", "ST_003"] : [shown]);
/** Of the unrounded counts, so that three shares add up to no more than they are. */
export const shownShare = ({ counts, customers }: { counts: Counts; customers: number }, shown: Shown): number | null =>
  customers === 0 ? null : Math.round((1000 * shownTags(shown).reduce((sum, tag) => sum + counts[tag], 0)) / customers) / 10;

export interface HeatOf { rows: readonly CohortRow[]; names: readonly string[]; shown: Shown; what: string }

export const heatHeight = ({ rows }: HeatOf) => 34 + Math.max(1, rows.length) * 34;

const columnsMin = 6;

/** One line a cohort, one column a month since its start; the deeper the colour, the larger the share. */
export const drawHeat: Draw<HeatOf> = ({ rows, names, shown, what }, drawing) => {
  const { theme, narrow } = drawing;
  const deepest = shown === "learning" ? theme.series.progress : theme.tag[shown];
  const palest = mix(theme.surface, deepest, 0.06);
  const periods = Math.max(columnsMin - 1, ...rows.flatMap(({ periods: all }) => all.map(({ period }) => period))) + 1;
  const cells = rows.flatMap((row, line) => row.periods.flatMap((period) => {
    const share = shownShare(period, shown);
    if (share === null) return [];
    const ground = mix(palest, deepest, share / 100);
    return [{ value: [period.period, line, share], period, name: names[line], ...(period.partial ? { itemStyle: { opacity: 0.62 } } : {}), label: { color: period.partial ? theme.text : inkOn(ground, "#101418", "#ffffff"), opacity: 1 } }];
  }));
  const crowded = narrow && periods > 13;
  return {
    grid: grid({ top: 4, left: 2, right: 2, bottom: 6 }),
    tooltip: tooltip(drawing, {
      trigger: "item",
      formatter: ({ data }: Hovered) => {
        const { period, name, value } = data as { period: CohortRow["periods"][number]; name: string; value: number[] };
        return tip(`${name} · ${monthsAfter(period.period)}`, [
          { label: what, value: percentOf(value[2]!), colour: deepest }, { label: t("customers"), value: count(period.customers) },
          ...(period.partial ? [{ label: t("the month is not over"), value: "" }] : []),
        ]);
      },
    }),
    visualMap: { type: "continuous", show: false, min: 0, max: 100, dimension: 2, inRange: { color: [palest, deepest] } },
    xAxis: { type: "category", data: Array.from({ length: periods }, (_, at) => String(at)), splitArea: { show: false }, axisLine: { show: false }, axisTick: { show: false }, axisLabel: axisLabel(drawing) },
    yAxis: { type: "category", data: names, inverse: true, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...axisLabel(drawing), color: theme.muted, fontSize: narrow ? 11 : 12.5, margin: 8, interval: 0 } },
    series: [{
      type: "heatmap", data: cells, itemStyle: { borderColor: theme.surface, borderWidth: 2, borderRadius: 5 }, emphasis: { itemStyle: { borderColor: theme.text, borderWidth: 1.5 } },
      label: { show: !crowded, fontFamily: theme.font, fontSize: narrow ? 9.5 : 12, formatter: ({ data }: Hovered) => `${Math.round((data as { value: number[] }).value[2]!)}${narrow ? "" : "%"}` },
    }],
  };
};

const axisLabel = ({ theme }: Drawing) => ({ color: theme.faint, fontFamily: theme.font, fontSize: 11.5 });

export const monthsAfter = (period: number) => (period === 0 ? t("in the month of the start") : period === 1 ? t("1 month later") : t("{n} months later", { n: period }));
