import type { Kpi, KpiBreakdown as Figure } from "../api/schema";
import { difference, figure } from "../analytics/figures";
import { monthWords } from "../analytics/words";
import { t } from "../language";
import { CsvButton } from "./CsvButton";

const tierName = (tier: string) => tier || t("No tier");

/** A line a tier, a column a month: what it was, and whether it is on the good side of the baseline. */
export function KpiBreakdown({ item, name }: { item: Kpi; name: string }) {
  const months = [...new Set(item.breakdown.map(({ month }) => month))].sort();
  const tiers = [...new Set(item.breakdown.map(({ tier }) => tier))];
  const part = (tier: string, month: string) => item.breakdown.find((each) => each.tier === tier && each.month === month);
  const table = () => ({
    columns: [{ label: t("Tier") }, ...months.map((label) => ({ label }))], rows: tiers.map((tier) => [tierName(tier), ...months.map((month) => part(tier, month)?.value ?? null)]),
  });
  return (
    tiers.length > 0 && <section className="card" aria-labelledby="breakdown-title">
      <header className="card-head"><h2 id="breakdown-title">{t("By tier and month")}</h2><span className="faint">{name}</span><CsvButton name={[item.name, "by-tier-and-month"]} table={table} /></header>
        <div className="figures-scroll wide" role="group" aria-label={t("By tier and month")} tabIndex={0}>
          <table className="matrix">
            <thead><tr><th scope="col">{t("Tier")}</th>{months.map((month) => <th key={month} scope="col">{monthWords(month)}</th>)}</tr></thead>
            <tbody>{tiers.map((tier) => <tr key={tier}><th scope="row">{tierName(tier)}</th>{months.map((month) => <Part key={month} part={part(tier, month)} item={item} />)}</tr>)}</tbody>
          </table>
        </div>
      <p className="faint after-lines">{t("Small figures are the distance from the baseline of the tier.")}</p>
    </section>
  );
}

function Part({ part, item: { unit, better } }: { part: Figure | undefined; item: Kpi }) {
  const by = part ? difference(part.value, part.baseline, unit, better) : null;
  return <td><span className="matrix-value">{figure(part?.value ?? null, unit)}</span>{by && by.direction !== "same" && <small className="matrix-by" data-good={by.good ?? "none"}>{by.words}</small>}</td>;
}
