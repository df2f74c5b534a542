import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { analyticsKey, useOverview } from "../api/analytics";
import { api } from "../api/client";
import { useSession } from "../api/queries";
import type { FlowItem, Today, TodayCustomer } from "../api/schema";
import { learnNow } from "../clock";
import { compactMoney, count, money, relative, weekday } from "../format";
import { t } from "../language";
import { TagChip } from "../parts/Chips";
import { KeyFigures } from "../parts/KeyFigures";
import { Tile } from "../parts/Measures";
import { Name } from "../parts/Person";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { Ago } from "../parts/Time";
import { customerPath, Link, navigate, reviewsPath, tasksPath, useSearch } from "../router";
import { useTitle } from "../title";

const everyMs = 20_000;

/** What somebody who begins the day has to know: what is at stake, what waits, what changed, and what went by itself. */
export function TodayPage() {
  useTitle(t("Today"));
  const owner = new URLSearchParams(useSearch()).get("owner") || null;
  const today = useQuery({
    queryKey: [...analyticsKey, "today", owner],
    queryFn: async ({ signal }) => {
      const answer = await api.today(owner, signal);
      learnNow(answer.asOf);
      return answer;
    },
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });
  const overview = useOverview(null);
  return (
    <div className="analytics today">
      <header className="page-head">
        <h1>{t("Today")}</h1>
        {today.data && <span className="muted">{weekday(today.data.date)}</span>}
        <span className="grow" />
        <Owner owner={owner} />
      </header>
      {today.error && !today.data ? <section className="card"><Trouble error={today.error} again={() => void today.refetch()} /></section>
        : !today.data ? <section className="card"><Waiting lines={14} /></section>
        : <div className="stack" data-stale={today.isPlaceholderData}><Parts of={today.data} /></div>}
      <h2 className="section-title">{t("The last 28 days")}</h2>
      {overview.error && !overview.data ? <Trouble error={overview.error} again={() => void overview.refetch()} />
        : <KeyFigures cards={overview.data?.cards} live={undefined} stale={overview.isPlaceholderData} />}
    </div>
  );
}

/** Customers belong to whom their trait owner names. */
function Owner({ owner }: { owner: string | null }) {
  const name = useSession().data?.name ?? "";
  const choices = [...new Set([name, ...(owner ? [owner] : [])])].filter((each) => each !== "");
  return (
    <label className="check">{t("Customers at risk")} <select value={owner ?? ""} onChange={(event) => navigate(event.target.value ? `/today?owner=${encodeURIComponent(event.target.value)}` : "/today", "replace")}>
      <option value="">{t("of everybody")}</option>
      {choices.map((each) => <option key={each} value={each}>{each === name ? t("of mine ({name})", { name: each }) : each}</option>)}
    </select></label>
  );
}

const Parts = ({ of }: { of: Today }) => (
  <>
    <Tiles of={of} />
    <div className="columns wide-left even">
      <Valuable of={of} />
      <div className="stack"><Queue of={of} /><Automation of={of} /></div>
    </div>
    <Moves items={of.moves} moved={of.moved} before={of.movedBefore} />
  </>
);

function Tiles({ of }: { of: Today }) {
  const sum = (pick: (tag: Today["atRisk"][number]) => number) => of.atRisk.reduce((all, tag) => all + pick(tag), 0);
  const people = sum((tag) => tag.customers), since = sum((tag) => tag.sinceToday);
  return (
    <dl className="tiles card" aria-label={t("Today in figures")}>
      <Tile title={t("Value at risk")} value={sum((tag) => tag.value)} unit="money" better="lower" note={t("{n} {n|customer|customers}, {today} of it since today", { n: people, today: compactMoney(sum((tag) => tag.sinceTodayValue)) })} />
      <Tile title={t("Fell into risk today")} value={since} unit="count" better="lower" note={t("Declining or in re-engagement")} />
      <Tile title={t("Open reviews")} value={of.reviews.open} unit="count" better="lower" note={t("{n} wait for more than a day", { n: count(of.reviews.late) })} />
      <Tile title={t("Open tasks")} value={of.tasks.open} unit="count" better="lower" note={t("{n} are late", { n: count(of.tasks.late) })} />
    </dl>
  );
}

function Valuable({ of: { valuable, owner } }: { of: Today }) {
  const all = `/customers?tag=ST_004&sort=ltv&order=desc${owner ? `&owner=${encodeURIComponent(owner)}` : ""}`;
  return (
    <section className="card" aria-labelledby="valuable-title">
      <header className="card-head"><h2 id="valuable-title">{t("Most valuable at risk")}</h2><Link href={all} className="card-more">{t("All at risk, by value")}</Link></header>
      {valuable.length === 0 ? <Nothing why={t("No customer of known value is at risk.")} /> : <ul className="rows">{valuable.map((one) => <Customer key={one.id} of={one} />)}</ul>}
    </section>
  );
}

const Customer = ({ of }: { of: TodayCustomer }) => (
  <li className="today-customer">
    <Link href={customerPath(of.id)}><Name id={of.id} name={of.name} /></Link>
    <TagChip tag={of.tag} />
    <span className="faint"><Ago at={of.tagSince} /></span>
    <b title={money(of.ltvValue)}>{compactMoney(of.ltvValue)}</b>
  </li>
);

function Queue({ of: { reviews, tasks, oldestReview, tasksDueToday, asOf } }: { of: Today }) {
  const me = useSession().data?.name;
  const lines: [string, ReactNode, ReactNode][] = [
    [t("Reviews assigned to me"), <Link href={reviewsPath({ assignee: me })}>{count(reviews.mine)}</Link>, t("of {n} open", { n: count(reviews.open) })],
    [t("Oldest open review"), oldestReview ? relative(oldestReview, Date.parse(asOf)) : "–", ""],
    [t("Tasks assigned to me"), <Link href={tasksPath({ assignee: me })}>{count(tasks.mine)}</Link>, t("of {n} open", { n: count(tasks.open) })],
    [t("Tasks due today"), count(tasksDueToday), t("{n} are late", { n: count(tasks.late) })],
  ];
  return <Lines id="queue-title" title={t("My queue")} lines={lines} />;
}

function Automation({ of: { automation, moved } }: { of: Today }) {
  const lines: [string, ReactNode, ReactNode][] = [
    [t("Moved by itself"), <Link href="/automation">{count(automation.automatic)}</Link>, t("of {n} moves", { n: count(moved) })],
    [t("Moved by people"), count(automation.approved + automation.overridden), t("{n} taken back", { n: count(automation.undone) })],
    [t("Reviews opened"), count(automation.reviewsOpened), ""],
    [t("Messages sent"), count(automation.sent), t("{failed} failed, {held} held back", { failed: count(automation.failed), held: count(automation.suppressed) })],
  ];
  return <Lines id="by-itself-title" title={t("What the automation did")} lines={lines} />;
}

const Lines = ({ id, title, lines }: { id: string; title: string; lines: [string, ReactNode, ReactNode][] }) => (
  <section className="card" aria-labelledby={id}>
    <header className="card-head"><h2 id={id}>{title}</h2></header>
    <dl className="today-lines">{lines.map(([name, value, note]) => <div key={name}><dt>{name}</dt><dd><b>{value}</b> <span className="faint">{note}</span></dd></div>)}</dl>
  </section>
);

function Moves({ items, moved, before }: { items: readonly FlowItem[]; moved: number; before: number }) {
  const most = Math.max(1, ...items.map((item) => Math.max(item.count, item.previous)));
  return (
    <section className="card" aria-labelledby="moves-title">
      <header className="card-head"><h2 id="moves-title">{t("What changed since yesterday")}</h2><span className="faint">{t("{n} {n|move|moves} so far, {before} on the whole day before", { n: moved, before: count(before) })}</span></header>
      {items.length === 0 ? <Nothing why={t("Nobody moved from one tag to another today or yesterday.")} /> : (
        <ul className="today-moves">
          {[...items].sort((a, b) => b.count - a.count || b.previous - a.previous).map((item) => (
            <li key={`${item.from}-${item.to}`}>
              <span className="today-move"><TagChip tag={item.from} /><span aria-hidden="true">→</span><span className="sr-only">{t("to")}</span><TagChip tag={item.to} /></span>
              <span className="share-track" aria-hidden="true"><span className="tag-fill" data-tag={item.to} style={{ width: `${(100 * item.count) / most}%` }} /></span>
              <b>{count(item.count)}</b><span className="faint">{t("{n} yesterday", { n: count(item.previous) })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
