import { useMemo } from "react";
import { useCustomerValue } from "../api/analytics";
import type { CustomerValue, MonthlyRevenue, ProjectedRevenue, ProjectedRow } from "../api/schema";
import { layersSummary, layersTable } from "../analytics/tables";
import { rangeWords } from "../analytics/words";
import { drawLayers, type LayersPerDay } from "../charts/options";
import { compactMoney, count, money, shortDay, things } from "../format";
import { t } from "../language";
import { Chart } from "../parts/Chart";
import { CsvButton } from "../parts/CsvButton";
import { Tile } from "../parts/Measures";
import { Payback } from "../parts/Payback";
import { RangePicker } from "../parts/RangePicker";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { PeopleAtWork, Support } from "../parts/Support";
import { TagChip } from "../parts/Chips";
import { usePageRange } from "../parts/usePageRange";
import { Within } from "../parts/Within";
import { allTags, tagFacts } from "../tags";
import { useTitle } from "../title";

export function ValuePage({ isAdmin }: { isAdmin: boolean }) {
  useTitle(t("Customer value"));
  const { range, today, changeRange } = usePageRange();
  const value = useCustomerValue(range);
  return (
    <div className="analytics">
      <header className="page-head"><h1>{t("Customer value")}</h1><RangePicker range={range} today={today} change={changeRange} answered={value.data} /></header>
      {value.error && !value.data ? <section className="card"><Trouble error={value.error} again={() => void value.refetch()} /></section>
        : !value.data ? <section className="card"><Waiting lines={14} /></section>
        : <div className="stack" data-stale={value.isPlaceholderData}><Parts of={value.data} isAdmin={isAdmin} /></div>}
    </div>
  );
}

const Parts = ({ of, isAdmin }: { of: CustomerValue; isAdmin: boolean }) => (
  <>
    <Sums of={of} />
    <Revenue of={of} monthly={of.monthly} />
    <Projected of={of.projected} />
    <Payback rows={of.campaigns} isAdmin={isAdmin} />
    <Support of={of.support} />
    <PeopleAtWork rows={of.people} />
  </>
);

const span = ({ low, high }: { low: number; high: number }) => t("95% between {low} and {high}", { low: compactMoney(low), high: compactMoney(high) });

function Sums({ of: { projected, monthly, revenueKept, previousRevenueKept } }: { of: CustomerValue }) {
  const none = t("too few customers have paid");
  return (
    <dl className="tiles card" aria-label={t("Sums")}>
      <Tile title={t("Projected within a year")} value={projected.sum && projected.sum.value} unit="money" better="higher" note={projected.sum ? span(projected.sum) : none} />
      <Tile title={t("Per paying customer")} value={projected.mean && projected.mean.value} unit="money" better="higher" note={projected.mean ? span(projected.mean) : none} />
      <Tile title={t("Monthly revenue")} value={monthly.now} previous={monthly.previous} unit="money" better="higher" note={t("payments of the last {n} days, as of a month", { n: monthly.days })} />
      <Tile title={t("Revenue kept")} value={revenueKept} previous={previousRevenueKept} unit="money" better="higher" note={t("paid within 90 days of a recovery")} />
    </dl>
  );
}

function Revenue({ of: { from, to }, monthly }: { of: CustomerValue; monthly: MonthlyRevenue }) {
  const layers = useMemo((): LayersPerDay => ({
    days: monthly.each.map(({ date }) => date), stacked: true, show: compactMoney,
    layers: allTags.map((tag) => ({ name: tagFacts[tag].short, colour: ({ tag: colours }) => colours[tag], values: monthly.each.map(({ tags }) => tags[tag] ?? 0) })),
  }), [monthly]);
  const title = t("Monthly revenue by status");
  return (
    <Chart title={title} note={rangeWords({ from, to })} file={["monthly-revenue", from, to]} of={layers} draw={drawLayers} height={306} table={layersTable(layers)} summary={layersSummary(title, layers)}
      none={monthly.each.every(({ sum }) => sum === 0) ? t("Nobody paid in these days or the 30 days before.") : null}>
      <p className="faint">{t("For each day the payments of the 30 days that end with it, as of a month, by the status of then.")}</p>
    </Chart>
  );
}

function Projected({ of }: { of: ProjectedRevenue }) {
  const table = () => ({
    columns: [t("Tag"), t("Tier"), t("Customers"), t("Expected"), t("95% from"), t("95% to"), t("Mean")].map((label) => ({ label })),
    rows: of.rows.map(({ tag, tier, customers, sum, mean }) => [tagFacts[tag].name, tier ?? "", customers, sum.value, sum.low, sum.high, mean.value]),
  });
  const tiers = [...new Set(of.rows.map(({ tier }) => tier))].sort((one, other) => (one ?? "").localeCompare(other ?? ""));
  return (
    <section className="card" aria-labelledby="projected-title">
      <header className="card-head"><h2 id="projected-title">{t("Projected by status and tier")}</h2><CsvButton name={["projected"]} table={table} disabled={of.rows.length === 0} /></header>
      {of.rows.length === 0 || of.projectedOn === null ? <Nothing why={t("Too few customers have paid for a projection.")} /> : (
        <>
          <div className="figures-scroll wide" role="group" aria-labelledby="projected-title" tabIndex={0}>
            <table className="matrix">
              <thead><tr><th scope="col">{t("Tag")}</th>{tiers.map((tier) => <th key={tier} scope="col">{tier ?? t("no tier")}</th>)}</tr></thead>
              <tbody>
                {allTags.filter((tag) => of.rows.some((row) => row.tag === tag)).map((tag) => (
                  <tr key={tag}><th scope="row"><TagChip tag={tag} /></th>{tiers.map((tier) => <Expected key={tier} row={of.rows.find((row) => row.tag === tag && row.tier === tier)} />)}</tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="faint">{t("What {n} customers who have paid are expected to pay within {days} days, as of {day}.", { n: count(of.customers), days: of.horizonDays, day: shortDay(of.projectedOn) })}</p>
        </>
      )}
    </section>
  );
}

function Expected({ row }: { row: ProjectedRow | undefined }) {
  if (!row) return <td>–</td>;
  const of = t("{customers} · {mean} each", { customers: things(row.customers, "customer"), mean: compactMoney(row.mean.value) });
  return <td title={money(row.sum.value)}><Within figure={row.sum} show={compactMoney} /><small className="within">{of}</small></td>;
}
