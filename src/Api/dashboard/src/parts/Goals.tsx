import { useKpis } from "../api/analytics";
import { figure } from "../analytics/figures";
import type { Range } from "../analytics/range";
import { kpiWords } from "../analytics/words";
import { t } from "../language";
import { Link } from "../router";
import { Bullet } from "./Measures";
import { Nothing, Trouble, Waiting } from "./States";

/** How far each goal is reached. */
export function Goals({ range }: { range: Range | null }) {
  const kpis = useKpis(range);
  const items = (kpis.data?.items ?? []).filter(({ goal }) => goal !== null);
  const met = items.filter((item) => item.met === true).length;
  const words = kpiWords();
  return (
    <section className="card" aria-labelledby="goals-title" data-stale={kpis.isPlaceholderData}>
      <header className="card-head"><h2 id="goals-title">{t("Goals")}</h2>{items.length > 0 && <span className="faint">{t("{met} of {all} reached", { met, all: items.length })}</span>}<Link href="/kpis" className="card-more">{t("All KPIs")}</Link></header>
      {kpis.error && !kpis.data ? <Trouble error={kpis.error} again={() => void kpis.refetch()} />
        : !kpis.data ? <Waiting lines={6} />
        : items.length === 0 ? <Nothing why={t("No goal is set.")}>{t("An admin sets goals on the page of the KPIs.")}</Nothing>
        : (
          <ul className="goals">
            {items.map((item) => (
              <li key={item.name}>
                <Link href={`/kpis?kpi=${item.name}`} className="goal">
                  <span className="goal-name">{words[item.name].name}</span>
                  <Bullet {...item} />
                  <span className="goal-value" data-met={item.met ?? "none"}>{figure(item.value, item.unit)}</span>
                  <span className="goal-goal faint">{item.better === "higher" ? "≥" : "≤"} {figure(item.goal, item.unit)}<span className="sr-only">, {item.met === null ? t("nothing counted") : item.met ? t("reached") : t("not reached")}</span></span>
                </Link>
              </li>
            ))}
          </ul>
        )}
    </section>
  );
}
