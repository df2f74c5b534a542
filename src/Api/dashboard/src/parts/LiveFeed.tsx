import { memo, useEffect, useRef, useState } from "react";
import { count, exact, span, time } from "../format";
import { rich, t } from "../language";
import { isFirst, type Feed, type LiveTransition } from "../live/feed";
import { useLive } from "../live/live";
import { useName } from "../names";
import { reasonSentences } from "../sentences";
import { tagFacts } from "../tags";
import { Because } from "./Because";
import { CsvButton } from "./CsvButton";
import { Move } from "./Chips";
import { ConfidenceMeter } from "./Bars";
import { Person } from "./Person";
import { Nothing, Waiting } from "./States";
import { Ago } from "./Time";

/** What the list has in sight, and what it has once somebody scrolls it: rows that nobody sees are not drawn. */
const rowsAtFirst = 20;
const rowsShown = 60;
const announceEveryMs = 4_000;
const firstsKey = "feed.firsts";

/** Whether first assignments are shown, for as long as the tab is open. */
function useFirsts(): [boolean, (shown: boolean) => void] {
  const [shown, setShown] = useState(() => sessionStorage.getItem(firstsKey) === "shown");
  return [shown, (next) => {
    sessionStorage.setItem(firstsKey, next ? "shown" : "hidden");
    setShown(next);
  }];
}

export function LiveFeed() {
  const { feed, link } = useLive();
  const [paused, setPaused] = useState<Feed | null>(null);
  const [firsts, showFirsts] = useFirsts();
  const [scrolled, setScrolled] = useState(false);
  const visible = (of: Feed) => (firsts ? of.rows : of.rows.filter((row) => !isFirst(row)));
  const rows = visible(paused ?? feed);
  const newest = paused && (visible(paused)[0]?.id ?? 0);
  const waiting = newest === null ? 0 : visible(feed).filter((row) => row.id > newest).length;
  return (
    <section className="card feed" aria-labelledby="feed-title">
      <header className="card-head">
        <h2 id="feed-title">{t("Live transitions")}</h2>
        {waiting > 0 && <span className="pill">{t("{n} new", { n: waiting })}</span>}
        <span className="feed-tools">
          <label className="check" title={t("A customer’s first tag, given when it is first seen")}><input type="checkbox" checked={firsts} onChange={(event) => showFirsts(event.target.checked)} />{t("First assignments")}</label>
          <button type="button" className="quiet" aria-pressed={paused !== null} onClick={() => setPaused(paused ? null : feed)}>{t(paused ? "Resume" : "Pause")}</button>
          <CsvButton name={["transitions"]} disabled={rows.length === 0} table={() => asTable(rows)} />
        </span>
      </header>
      {rows.length > 0 ? (
        <ol className="feed-rows" aria-label={t("Transitions, newest first")} tabIndex={0} onScroll={() => setScrolled(true)}>
          {rows.slice(0, scrolled ? rowsShown : rowsAtFirst).map((row) => <FeedRow key={row.id} row={row} fresh={row.id > oldestFresh(feed)} />)}
        </ol>
      ) : link === "connecting" ? <Waiting lines={10} />
        : <Nothing why={t("No customer has moved from one tag to another yet.")}>{t("A move shows here as it happens: for example after two modules with good scores, or after five days of silence.")}</Nothing>}
      <Announcer rows={visible(feed)} silent={paused !== null} />
    </section>
  );
}

const asTable = (rows: readonly LiveTransition[]) => ({
  columns: [t("Transition id"), t("Customer id"), t("Code before"), t("Tag before"), t("Code after"), t("Tag after"), t("Rule"), t("Confidence"), t("Reason"), t("Set by"), t("Due"), t("At")].map((label) => ({ label })),
  rows: rows.map(({ id, customerId, from, to, rule, confidence, reason, assignedBy, dueAt, at }) =>
    [id, customerId, from, from && tagFacts[from].name, to, tagFacts[to].name, rule, confidence, reasonSentences(reason).join("; "), assignedBy, dueAt, at]),
});

/** Rows past this id came while the page was open, and are drawn with a short glow. */
const oldestFresh = (feed: Feed) => (feed.arrived === 0 ? Infinity : (feed.rows[feed.arrived]?.id ?? 0));

const FeedRow = memo(function FeedRow({ row, fresh }: { row: LiveTransition; fresh: boolean }) {
  const lateMs = Date.parse(row.at) - Date.parse(row.dueAt);
  return (
    <li className="feed-row" data-fresh={fresh} data-tag={row.to} data-testid={`transition-${row.id}`} data-customer={row.customerId}>
      <span className="line">
        <Person id={row.customerId} />
        <Move from={row.from} to={row.to} />
        <Ago at={row.at} />
      </span>
      <Because of={row} label={row.rule ?? (isFirst(row) ? t("First assignment") : row.assignedBy)}>
        <p className="faint figures">
          {row.confidence !== null && <ConfidenceMeter value={row.confidence} />}
          <span title={t("Due {due}, applied {at}", { due: exact(row.dueAt), at: exact(row.at) })}>{lateMs > 0 ? t("due {due}, applied {span} later", { due: time(row.dueAt), span: span(lateMs) }) : t("due {due}, applied at once", { due: time(row.dueAt) })}</span>
        </p>
      </Because>
    </li>
  );
}, (before, after) => before.row.id === after.row.id);

/** Announces the feed to screen readers at a pace that can be listened to. */
function Announcer({ rows, silent }: { rows: readonly LiveTransition[]; silent: boolean }) {
  const [told, setTold] = useState<{ row: LiveTransition; of: number } | null>(null);
  const last = useRef(rows[0]?.id ?? 0);
  const latest = useRef(rows);
  latest.current = rows;
  useEffect(() => {
    if (silent) return;
    const timer = setInterval(() => {
      const fresh = latest.current.filter((row) => row.id > last.current);
      const [row] = fresh;
      if (!row) return;
      if (last.current > 0) setTold({ row, of: fresh.length });
      last.current = row.id;
    }, announceEveryMs);
    return () => clearInterval(timer);
  }, [silent]);
  return <p className="sr-only" role="log" aria-live="polite" aria-atomic="true">{told && <Spoken {...told} />}</p>;
}

function Spoken({ row, of }: { row: LiveTransition; of: number }) {
  const name = useName(row.customerId);
  const now = { customer: name ?? row.customerId, tag: tagFacts[row.to].short };
  return of === 1 ? rich("{customer} is now {tag}", now) : rich("{n} transitions, the latest: {customer} is now {tag}", { ...now, n: count(of) });
}
