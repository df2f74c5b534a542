import { useMemo } from "react";
import { useRisks } from "../api/analytics";
import type { RiskItem, Risks } from "../api/schema";
import { valuesSummary, valuesTable } from "../analytics/tables";
import { rangeWords, riskName, riskWords } from "../analytics/words";
import { drawValues } from "../charts/options";
import { count, percent, percentOf } from "../format";
import { t } from "../language";
import { Chart } from "../parts/Chart";
import { CsvButton } from "../parts/CsvButton";
import { Change, Sparkline, Tile } from "../parts/Measures";
import { RangePicker } from "../parts/RangePicker";
import { Trouble, Waiting } from "../parts/States";
import { usePageRange } from "../parts/usePageRange";
import { Link } from "../router";
import { worstFirst, type Severity } from "../tags";
import { useTitle } from "../title";

export function RisksPage() {
  useTitle(t("Risk monitor"));
  const { range, today, changeRange, ask, withPart } = usePageRange();
  const risks = useRisks(range);
  const items = risks.data?.items ?? [];
  const chosen = items.find(({ type }) => type === ask("type")) ?? [...items].sort((a, b) => worstFirst(a.severity, b.severity) || b.customers - a.customers)[0];
  return (
    <div className="analytics">
      <header className="page-head"><h1>{t("Risk monitor")}</h1><RangePicker range={range} today={today} change={changeRange} answered={risks.data} /></header>
      {risks.error && !risks.data ? <section className="card"><Trouble error={risks.error} again={() => void risks.refetch()} /></section>
        : !risks.data || !chosen ? <section className="card"><Waiting lines={14} /></section>
        : (
          <div className="stack" data-stale={risks.isPlaceholderData}>
            <div className="columns risk-top"><Flagged risks={risks.data} /><Days item={chosen} risks={risks.data} /></div>
            <Indicators risks={risks.data} chosen={chosen} hrefOf={(type) => withPart({ type })} />
          </div>
        )}
    </div>
  );
}

const severityNames = (): Record<Severity, string> => ({ high: t("High"), medium: t("Medium"), low: t("Low") });

function Flagged({ risks: { customers, flagged, items } }: { risks: Risks }) {
  const most = [...items].sort((a, b) => b.customers - a.customers)[0];
  return (
    <section className="card" aria-labelledby="flagged-title">
      <header className="card-head"><h2 id="flagged-title">{t("Customers with a risk indicator")}</h2></header>
      <p className="kpi-now"><span className="kpi-big" data-testid="flagged">{count(flagged)}</span><span className="muted">{t("of {n} customers, {share}", { n: count(customers), share: percent(flagged, customers) })}</span></p>
      <span className="bullet" aria-hidden="true"><span className="bullet-fill" data-met="false" style={{ width: `${customers === 0 ? 0 : (100 * flagged) / customers}%` }} /></span>
      <dl className="tiles small-tiles">
        {(["high", "medium", "low"] as const).map((severity) => {
          const worst = items.filter((item) => item.severity === severity);
          return <Tile key={severity} title={t("{severity} severity", { severity: severityNames()[severity] })} value={worst.reduce((sum, item) => sum + item.customers, 0)} unit="count" better={null} note={t("of {n} {n|kind|kinds}", { n: worst.length })} />;
        })}
      </dl>
      <p className="faint">{most && most.customers > 0 ? t("The most frequent: {name}, {n} {n|customer|customers}. One customer may have several.", { name: riskName(most.type), n: most.customers }) : t("No customer has an indicator now.")}</p>
    </section>
  );
}

function Days({ item, risks }: { item: RiskItem; risks: Risks }) {
  const name = riskName(item.type);
  const of = useMemo(() => ({ name, unit: "customers" as const, days: item.days.map(({ date, count: value }) => ({ date, value })), goal: null, baseline: null }), [name, item.days]);
  return (
    <Chart title={t("{name}: customers per day", { name })} note={rangeWords(risks)} file={["risk", item.type, risks.from, risks.to]} of={of} draw={drawValues} height={190} none={item.days.every((day) => day.count === null) ? t("No day of this range has been counted: it is counted when a day begins.") : null}
      table={valuesTable(name, "customers", of.days)} summary={valuesSummary(name, "customers", of.days)}>
      <p className="chart-lead muted">{riskWords()[item.type]}</p>
    </Chart>
  );
}

function Indicators({ risks, chosen, hrefOf }: { risks: Risks; chosen: RiskItem; hrefOf: (type: string) => string }) {
  const most = Math.max(1, ...risks.items.map(({ customers }) => customers));
  const table = () => ({
    columns: [t("Indicator"), t("Severity"), t("Customers"), t("Share in %"), t("Customers before")].map((label) => ({ label })),
    rows: risks.items.map(({ type, severity, customers, share, previous }) => [riskName(type), severity, customers, share, previous]),
  });
  return (
    <section className="card" aria-labelledby="indicators-title">
      <header className="card-head"><h2 id="indicators-title">{t("Indicators")}</h2><span className="faint">{t("as of now; per day as counted at the change of the day")}</span><CsvButton name={["risks", risks.to]} table={table} /></header>
      <table className="lines risks">
        <thead><tr><th scope="col">{t("Indicator")}</th><th scope="col">{t("Severity")}</th><th scope="col" className="amount">{t("Customers")}</th><th scope="col" className="share-cell">{t("Share")}</th><th scope="col">{t("Change")}</th><th scope="col" className="spark-cell">{t("Per day")}</th></tr></thead>
        <tbody>
          {risks.items.map((item) => (
            <tr key={item.type} data-risk={item.type} data-chosen={item === chosen}>
              <th scope="row" className="risk-cell"><Link href={hrefOf(item.type)} {...(item === chosen ? { "aria-current": "true" as const } : {})}>{riskName(item.type)}</Link><small>{riskWords()[item.type]}</small></th>
              <td data-label={t("Severity")}><span className="indicator" data-severity={item.severity}>{severityNames()[item.severity]}</span></td>
              <td className="amount" data-label={t("Customers")}><Link href={`/customers?risk=${item.type}`} className="behind" aria-label={t("{n} {n|customer|customers} with {name}", { n: item.customers, name: riskName(item.type) })}>{count(item.customers)}</Link></td>
              <td className="share-cell" data-label={t("Share")}><span className="share-line"><span className="share-track" aria-hidden="true"><span className="risk-fill" data-severity={item.severity} style={{ width: `${(100 * item.customers) / most}%` }} /></span>{item.share === null ? "–" : percentOf(item.share)}</span></td>
              <td data-label={t("Change")}><Change value={item.customers} previous={item.previous} unit="customers" better="lower" /></td>
              <td className="spark-cell"><Sparkline values={item.days.map((day) => day.count)} kind={item.severity} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
