import type { OverviewCard } from "../api/schema";
import type { CardName, Counts } from "../analytics/sets";
import { figure, shortFigure, type Better } from "../analytics/figures";
import { total } from "../analytics/tables";
import { cardWords } from "../analytics/words";
import { t } from "../language";
import { Link } from "../router";
import { Change, Sparkline } from "./Measures";

const facts: Record<CardName, { better: Better; href: string; spark: string }> = {
  active_learners: { better: "higher", href: "/customers?tag=ST_001", spark: "ST_001" },
  mastery_rate: { better: "higher", href: "/customers?tag=ST_003", spark: "ST_003" },
  at_risk: { better: "lower", href: "/customers?tag=ST_004", spark: "ST_004" },
  recovery_rate: { better: "higher", href: "/kpis?kpi=recovery_rate", spark: "ST_002" },
};
const order = Object.keys(facts) as CardName[];

/** The four figures that one looks at first. Those of now follow the line, so that they agree with the tags beneath. */
export function KeyFigures({ cards, live, stale }: { cards: readonly OverviewCard[] | undefined; live: Counts | undefined; stale: boolean }) {
  return (
    <section className="cards" aria-label={t("Key figures")} data-stale={stale}>
      {order.map((name) => {
        const card = cards?.find((each) => each.name === name);
        return <Figure key={name} name={name} card={card} value={live && card ? liveValue(name, live) ?? card.value : card?.value ?? null} />;
      })}
    </section>
  );
}

function liveValue(name: CardName, counts: Counts): number | null {
  switch (name) {
    case "active_learners": return counts.ST_001 + counts.ST_002;
    case "at_risk": return counts.ST_004;
    case "mastery_rate": return total(counts) === 0 ? null : Math.round((1000 * counts.ST_003) / total(counts)) / 10;
    case "recovery_rate": return null;
  }
}

function Figure({ name, card, value }: { name: CardName; card: OverviewCard | undefined; value: number | null }) {
  const { better, href, spark } = facts[name];
  const words = cardWords()[name];
  return (
    <Link href={href} className="card figure" data-testid={`card-${name}`}>
      <span className="figure-title">{words.name}</span>
      <span className="figure-value"><span title={card && figure(value, card.unit)}>{card ? shortFigure(value, card.unit) : "–"}</span></span>
      <span className="figure-change">{card && <Change value={value} previous={card.previous} unit={card.unit} better={better} />}</span>
      <span className="figure-spark" data-tag={spark}>{card && <Sparkline values={card.days.map((day) => day.value)} kind="tag" />}</span>
      <span className="figure-note">{words.note}</span>
    </Link>
  );
}
