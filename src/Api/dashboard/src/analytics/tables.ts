import { count, percentOf } from "../format";
import { t } from "../language";
import { allTags, tagFacts, type StatusTag } from "../tags";
import { shownShare, type LayersPerDay, type Shown } from "../charts/options";
import type { Table } from "./csv";
import { figure, type Unit } from "./figures";
import type { DayValue, FlowItem, CohortRow } from "../api/schema";
import type { Counts } from "./sets";

/** The figures of each picture: what a reader of the disclosure and of the file gets. */
export const dayColumn = () => ({ label: t("Day") });

export const distributionTable = (days: readonly { date: string; counts: Counts }[]): Table => ({
  columns: [dayColumn(), ...allTags.map((tag) => ({ label: tagFacts[tag].short }))],
  rows: days.map(({ date, counts }) => [date, ...allTags.map((tag) => counts[tag])]),
});

export const flowTable = (items: readonly FlowItem[]): Table => ({
  columns: [{ label: t("From") }, { label: t("To") }, { label: t("Transitions") }, { label: t("Before") }],
  rows: items.map(({ from, to, count: n, previous }) => [tagFacts[from].short, tagFacts[to].short, n, previous]),
});

export const valuesTable = (name: string, unit: Unit, days: readonly DayValue[]): Table => ({
  columns: [dayColumn(), { label: name, show: (value) => figure(value, unit) }], rows: days.map(({ date, value }) => [date, value]),
});

export const layersTable = ({ days, layers }: LayersPerDay): Table => ({
  columns: [dayColumn(), ...layers.map(({ name }) => ({ label: name }))], rows: days.map((day, at) => [day, ...layers.map(({ values }) => values[at]!)]),
});

export function heatTable(rows: readonly CohortRow[], names: readonly string[], column: string, shown: Shown): Table {
  const periods = Math.max(0, ...rows.map(({ periods: all }) => all.length));
  return {
    columns: [{ label: column }, { label: t("Customers") }, ...Array.from({ length: periods }, (_, at) => ({ label: t("Month {n}", { n: at }), show: percentOf }))],
    rows: rows.map((row, at) => [names[at]!, row.customers, ...Array.from({ length: periods }, (_, period) => {
      const found = row.periods.find((each) => each.period === period);
      return found ? shownShare(found, shown) : null;
    })]),
  };
}

export const total = (counts: Counts) => allTags.reduce((sum, tag: StatusTag) => sum + counts[tag], 0);

/** "from 1,180 to 1,284 customers; Active 436, …" */
export function distributionSummary(days: readonly { date: string; counts: Counts }[]): string {
  const [first, end] = [days[0], days[days.length - 1]];
  if (!first || !end) return t("No day has been counted.");
  return t("Customers per tag and day, from {first} to {last} in all. On the last day: {tags}.", {
    first: count(total(first.counts)), last: count(total(end.counts)), tags: allTags.map((tag) => `${tagFacts[tag].short} ${count(end.counts[tag])}`).join(", "),
  });
}

export function flowSummary(items: readonly FlowItem[]): string {
  const most = [...items].sort((a, b) => b.count - a.count).slice(0, 3);
  return t("{n} {n|transition|transitions} between tags. The most: {most}.", {
    n: items.reduce((sum, item) => sum + item.count, 0), most: most.map(({ from, to, count: n }) => t("{from} to {to} {n}", { from: tagFacts[from].short, to: tagFacts[to].short, n: count(n) })).join(", "),
  });
}

export function valuesSummary(name: string, unit: Unit, days: readonly DayValue[]): string {
  const known = days.filter((day): day is { date: string; value: number } => day.value !== null);
  const values = known.map(({ value }) => value);
  if (known.length === 0) return t("{name} per day: nothing was counted.", { name });
  return t("{name} per day: {first} at first, {last} at last, between {low} and {high}.", {
    name, first: figure(values[0]!, unit), last: figure(values[values.length - 1]!, unit), low: figure(Math.min(...values), unit), high: figure(Math.max(...values), unit),
  });
}

export const layersSummary = (title: string, { layers }: LayersPerDay): string =>
  t("{title} per day. In all: {sums}.", { title, sums: layers.map(({ name, values }) => `${name} ${count(values.reduce((sum, n) => sum + n, 0))}`).join(", ") });
