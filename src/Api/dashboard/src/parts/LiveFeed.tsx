import { memo, useEffect, useRef, useState } from "react";
import { exact, span, time } from "../format";
import type { Feed, LiveTransition } from "../live/feed";
import { useLive } from "../live/live";
import { customerPath, Link } from "../router";
import { tagFacts } from "../tags";
import { Move } from "./Chips";
import { ConfidenceMeter } from "./Bars";
import { Nothing, Waiting } from "./States";
import { Ago } from "./Time";

const rowsShown = 60;
const announceEveryMs = 4_000;

export function LiveFeed() {
  const { feed, link } = useLive();
  const [paused, setPaused] = useState<Feed | null>(null);
  const shown = paused ?? feed;
  const waiting = paused ? feed.arrived - paused.arrived : 0;
  return (
    <section className="card feed" aria-labelledby="feed-title">
      <header className="card-head">
        <h2 id="feed-title">Live transitions</h2>
        {waiting > 0 && <span className="pill">{waiting} new</span>}
        <button type="button" className="quiet" aria-pressed={paused !== null} onClick={() => setPaused(paused ? null : feed)}>{paused ? "Resume" : "Pause"}</button>
      </header>
      {shown.rows.length > 0 ? (
        <ol className="feed-rows" aria-label="Transitions, newest first" tabIndex={0}>
          {shown.rows.slice(0, rowsShown).map((row) => <FeedRow key={row.id} row={row} fresh={row.id > oldestFresh(feed)} />)}
        </ol>
      ) : link === "connecting" ? <Waiting lines={10} /> : <Nothing>No customer has moved yet. The first transition shows here as it happens.</Nothing>}
      <Announcer feed={feed} silent={paused !== null} />
    </section>
  );
}

/** Rows past this id came while the page was open, and are drawn with a short glow. */
const oldestFresh = (feed: Feed) => (feed.arrived === 0 ? Infinity : (feed.rows[feed.arrived]?.id ?? 0));

const FeedRow = memo(function FeedRow({ row, fresh }: { row: LiveTransition; fresh: boolean }) {
  const lateMs = Date.parse(row.at) - Date.parse(row.dueAt);
  return (
    <li className="feed-row" data-fresh={fresh} data-tag={row.to} data-testid={`transition-${row.id}`} data-customer={row.customerId}>
      <span className="line">
        <Link href={customerPath(row.customerId)} className="who">{row.customerId}</Link>
        <Move from={row.from} to={row.to} />
        <Ago at={row.at} />
      </span>
      <span className="line faint">
        <span className="rule">{row.rule ?? (row.from === null ? "First assignment" : row.assignedBy)}</span>
        <ConfidenceMeter value={row.confidence} />
        <span className="due" title={`Due ${exact(row.dueAt)}, applied ${exact(row.at)}`}>due {time(row.dueAt)}{lateMs > 0 ? ` · +${span(lateMs)}` : " · at once"}</span>
      </span>
    </li>
  );
}, (before, after) => before.row.id === after.row.id);

/** Speaks for the feed at a pace that can be listened to. */
function Announcer({ feed, silent }: { feed: Feed; silent: boolean }) {
  const [words, setWords] = useState("");
  const told = useRef(feed.arrived);
  const latest = useRef(feed);
  latest.current = feed;
  useEffect(() => {
    if (silent) return;
    const timer = setInterval(() => {
      const { arrived, rows } = latest.current;
      const fresh = arrived - told.current;
      told.current = arrived;
      const row = rows[0];
      if (fresh > 0 && row) setWords(`${fresh === 1 ? "" : `${fresh} transitions, the latest: `}${row.customerId} is now ${tagFacts[row.to].short}`);
    }, announceEveryMs);
    return () => clearInterval(timer);
  }, [silent]);
  return <p className="sr-only" role="log" aria-live="polite" aria-atomic="true">{words}</p>;
}
