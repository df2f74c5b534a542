import { ApiError } from "../api/client";
import type { Customer } from "../api/schema";
import { areSettled, useCustomer, useDays, useEvaluation, useTimeline } from "../api/queries";
import { compactMoney, date, dateTime, exact, money, number } from "../format";
import { rich, t, translated } from "../language";
import type { Metric } from "../metrics";
import { TrendMark, clamp } from "../parts/Bars";
import { useMayDecide } from "../may";
import { ActsCard } from "../parts/Acts";
import { AsOfCard } from "../parts/AsOf";
import { Indicators, TagChip } from "../parts/Chips";
import { DaysCard } from "../parts/Days";
import { MessagesCard } from "../parts/Messages";
import { OutlookCard } from "../parts/Outlook";
import { Trouble, Waiting } from "../parts/States";
import { Ago } from "../parts/Time";
import { TimelineCard } from "../parts/Timeline";
import { WhyCard } from "../parts/Why";
import { Link } from "../router";
import { useTitle } from "../title";
import { reviewReasonsOf } from "../words";

export function CustomerPage({ id }: { id: string }) {
  const customer = useCustomer(id);
  const settled = areSettled(customer, useDays(id, customer.data?.lastActivityAt ?? null), useEvaluation(id), useTimeline(id));
  const may = useMayDecide();
  useTitle(customer.data?.name ?? id);
  if (customer.error instanceof ApiError && customer.error.status === 404) {
    return <div className="notice"><h1>{t("There is no customer with this id")}</h1><p className="break"><bdi>{id}</bdi></p><p>{t("Ids are matched exactly, capitals too.")} <Link href="/customers">{t("Search all customers")}</Link></p></div>;
  }
  if (customer.error && !customer.data) return <Trouble error={customer.error} again={() => void customer.refetch()} />;
  if (!settled) return <div className="card"><Waiting lines={14} /></div>;
  return (
    <article className="customer" aria-labelledby="customer-name">
      {customer.data ? <Head customer={customer.data} /> : <div className="card"><Waiting lines={3} /></div>}
      <div className="columns picture">
        {customer.data ? <ScoresCard customer={customer.data} /> : <div className="card"><Waiting lines={4} /></div>}
        <DaysCard id={id} lastActive={customer.data?.lastActivityAt ?? null} />
      </div>
      {customer.data && <OutlookCard customer={customer.data} />}
      {customer.data && <AsOfCard customer={customer.data} />}
      {may && customer.data && <ActsCard customer={customer.data} />}
      <div className="columns reasons">
        <div className="stack"><WhyCard id={id} /><MessagesCard id={id} /></div>
        <TimelineCard id={id} latest={latestOf(customer.data)} />
      </div>
    </article>
  );
}

/** The ledger row that an undo would take back. */
const latestOf = (customer: Customer | undefined) =>
  customer?.recentTransitions.find((row) => row.undoneAt === null && row.undoes === null)?.id ?? null;

function Head({ customer }: { customer: Customer }) {
  const { name, id, email, tag, tier } = customer;
  return (
    <header className="card head" data-tag={tag}>
      <div className="head-name">
        <p className="crumb"><Link href="/customers">{t("Customers")}</Link></p>
        <h1 id="customer-name" dir="auto">{name ?? id}</h1>
        <p className="muted">{name && <bdi className="break">{id}</bdi>}{email && <bdi className="break">{email}</bdi>}</p>
      </div>
      <div className="head-tag">
        <TagChip tag={tag} full />
        <span className="muted">{rich("since {time}", { time: <Ago at={customer.tagSince} /> })}</span>
        {customer.openReview && <span className="pill warn" title={reviewReasonsOf(customer.openReview.reasons).join("; ")}>{t("waits for a person")}</span>}
        {customer.lockedUntil && <span className="pill" title={exact(customer.lockedUntil)}>{t("locked until {time}", { time: dateTime(customer.lockedUntil) })}</span>}
      </div>
      <dl className="facts">
        <div><dt>{t("Tier")}</dt><dd>{tier ?? "–"}</dd></div>
        <div><dt>{t("Lifetime value")}</dt><dd>{customer.ltvValue === null ? "–" : <span title={money(customer.ltvValue)}>{compactMoney(customer.ltvValue)}</span>}</dd></div>
        <div><dt>{t("Enrolled")}</dt><dd><time dateTime={customer.enrolledAt} title={exact(customer.enrolledAt)}>{date(customer.enrolledAt)}</time></dd></div>
        <div><dt>{t("Last login")}</dt><dd><Ago at={customer.lastLoginAt} /></dd></div>
        <div><dt>{t("Last activity")}</dt><dd><Ago at={customer.lastActivityAt} /></dd></div>
      </dl>
    </header>
  );
}

const scoreNames = translated({ engagement: "Engagement", progress: "Progress", community: "Community", overall: "Overall health" });
const scoreKinds = Object.keys(scoreNames) as (keyof typeof scoreNames)[];

function ScoresCard({ customer }: { customer: Customer }) {
  const { scores, metrics } = customer;
  const month = (kind: keyof typeof scoreNames) => metrics[kind === "overall" ? "overall_health_score_30d" : (`${kind}_score_30d` satisfies Metric)];
  return (
    <section className="card" aria-labelledby="scores-title">
      <header className="card-head"><h2 id="scores-title">{t("Scores")}</h2><span className="faint">{t("mean of 7 days")}</span><TrendMark trend={scores.trend} /></header>
      <ul className="scores">
        {scoreKinds.map((kind) => {
          const mean30 = month(kind);
          return (
            <li key={kind} data-kind={kind}>
              <span className="score-name">{scoreNames[kind]}</span>
              <span className="score-value">{number(Math.round(scores[kind] * 10) / 10)}</span>
              <span className="score-track" role="meter" aria-label={scoreNames[kind]} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(scores[kind])}>
                <span className="score-fill" data-kind={kind} style={{ width: `${clamp(scores[kind])}%` }} />
                {typeof mean30 === "number" && <span className="score-mark" style={{ left: `${clamp(mean30)}%` }} title={t("30-day mean {n}", { n: mean30 })} />}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="faint legend"><span className="score-mark still" aria-hidden="true" /> {t("mean of 30 days")}</p>
      <h3>{t("Risk indicators")}</h3>
      <Indicators list={customer.riskIndicators} />
    </section>
  );
}
