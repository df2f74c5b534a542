import { useMemo, useRef } from "react";
import { useKpis } from "../api/analytics";
import { figure } from "../analytics/figures";
import type { Kpi, Kpis } from "../api/schema";
import { valuesSummary, valuesTable } from "../analytics/tables";
import { kpiWords, rangeWords } from "../analytics/words";
import { drawValues } from "../charts/options";
import { count } from "../format";
import { t } from "../language";
import { TrendMark } from "../parts/Bars";
import { Chart } from "../parts/Chart";
import { CsvButton } from "../parts/CsvButton";
import { KpiBreakdown } from "../parts/KpiBreakdown";
import { KpiGoal } from "../parts/KpiGoal";
import { Bullet, Change, Sparkline } from "../parts/Measures";
import { RangePicker } from "../parts/RangePicker";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { usePageRange } from "../parts/usePageRange";
import { Link } from "../router";
import { useTitle } from "../title";

export function KpisPage({ isAdmin }: { isAdmin: boolean }) {
  useTitle(t("KPIs"));
  const { range, today, changeRange, ask, withPart } = usePageRange();
  const kpis = useKpis(range);
  const items = kpis.data?.items ?? [];
  const chosen = items.find(({ name }) => name === ask("kpi")) ?? items[0];
  const detail = useRef<HTMLDivElement>(null);
  return (
    <div className="analytics">
      <header className="page-head"><h1>{t("KPIs")}</h1><RangePicker range={range} today={today} change={changeRange} answered={kpis.data} /></header>
      {kpis.error && !kpis.data ? <section className="card"><Trouble error={kpis.error} again={() => void kpis.refetch()} /></section>
        : !kpis.data ? <section className="card"><Waiting lines={12} /></section>
        : !chosen ? <section className="card"><Nothing why={t("There are no KPIs.")} /></section>
        : (
          <div className="kpi-columns" data-stale={kpis.isPlaceholderData}>
            <section className="card kpi-list" aria-label={t("All KPIs")}>
              <ul>{items.map((item) => <li key={item.name}><KpiLine item={item} href={withPart({ kpi: item.name })} here={item === chosen} chose={() => detail.current?.scrollIntoView({ block: "nearest" })} /></li>)}</ul>
              <CsvButton name={["kpis", kpis.data.from, kpis.data.to]} table={() => kpisTable(items)} />
            </section>
            <div className="stack" ref={detail}><Detail key={chosen.name} item={chosen} range={kpis.data} isAdmin={isAdmin} /></div>
          </div>
        )}
    </div>
  );
}

const metWords = (met: boolean | null) => (met === null ? t("nothing counted") : met ? t("goal reached") : t("goal not reached"));

function KpiLine({ item, href, here, chose }: { item: Kpi; href: string; here: boolean; chose: () => void }) {
  return (
    <Link href={href} className="kpi-line" onClick={() => requestAnimationFrame(chose)} {...(here ? { "aria-current": "true" as const } : {})}>
      <span className="kpi-met" data-met={item.goal === null ? "none" : item.met ?? "none"} aria-hidden="true" />
      <span className="kpi-name">{kpiWords()[item.name].name}</span>
      <Sparkline values={item.days.map(({ value }) => value)} />
      <span className="kpi-value">{figure(item.value, item.unit)}</span>
      <span className="faint kpi-goal">{item.goal === null ? t("no goal") : `${item.better === "higher" ? "≥" : "≤"} ${figure(item.goal, item.unit)}`}<span className="sr-only">, {metWords(item.met)}</span></span>
    </Link>
  );
}

function Detail({ item, range, isAdmin }: { item: Kpi; range: Kpis; isAdmin: boolean }) {
  const { name, what } = kpiWords()[item.name];
  const of = useMemo(() => ({ name, unit: item.unit, days: item.days, goal: item.goal, baseline: item.baseline }), [name, item]);
  return (
    <>
      <Chart title={name} note={rangeWords(range)} file={[item.name, range.from, range.to]} of={of} draw={drawValues} height={280} none={item.days.every(({ value }) => value === null) ? t("Nothing was counted in these days.") : null}
        table={valuesTable(name, item.unit, item.days)} summary={valuesSummary(name, item.unit, item.days)}>
        <div className="kpi-head">
          <p className="muted">{what}</p>
          <p className="kpi-now"><span className="kpi-big">{figure(item.value, item.unit)}</span>{item.goal !== null && <span className="pill" data-met={item.met ?? "none"}>{metWords(item.met)}</span>}<Change value={item.value} previous={item.previous} unit={item.unit} better={item.better} />{item.trend && <TrendMark trend={item.trend} />}</p>
          <Bullet {...item} />
          <div className="kpi-more"><dl className="facts kpi-facts">
            <div><dt>{t("Goal")}</dt><dd>{item.goal === null ? t("none") : `${item.better === "higher" ? t("at least") : t("at most")} ${figure(item.goal, item.unit)}`}</dd></div>
            <div><dt>{t("Baseline")}</dt><dd>{item.baseline === null ? t("none yet") : figure(item.baseline, item.unit)}</dd></div>
            <div><dt>{t("Counted")}</dt><dd>{countedWords(item)}</dd></div>
          </dl>{isAdmin && <KpiGoal item={item} />}</div>
        </div>
      </Chart>
      <KpiBreakdown item={item} name={name} />
    </>
  );
}

const isPer28Days = ({ name }: Kpi) => name === "churn_rate" || name === "progression_rate";

const countedWords = (item: Kpi) => (isPer28Days(item) ? perDays(item) : ofAll(item));
const perDays = ({ value, numerator, denominator }: Kpi) => {
  const of = { part: numerator ?? 0, all: denominator ?? 0 };
  return value === null && of.all > 0 ? t("{part} in {all} customers × 28 days: too few for a rate", of) : t("{part} in {all} customers × 28 days", of);
};
const ofAll = ({ numerator, denominator }: Kpi) =>
  denominator === null ? "–" : numerator === null ? count(denominator) : t("{part} of {all}", { part: count(numerator), all: count(denominator) });

const kpisTable = (items: readonly Kpi[]) => ({
  columns: ["KPI", t("Value"), t("Unit"), t("Before"), t("Goal"), t("Baseline"), t("Goal reached")].map((label) => ({ label })),
  rows: items.map((item) => [kpiWords()[item.name].name, item.value, item.unit, item.previous, item.goal, item.baseline, item.met === null ? null : item.met ? t("yes") : t("no")]),
});
