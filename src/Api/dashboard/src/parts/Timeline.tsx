import type { TimelineItem } from "../api/schema";
import { useTimeline } from "../api/queries";
import { exact, plain, sentence, time, weekday } from "../format";
import { fold, type Told } from "../timeline";
import { ConfidenceMeter } from "./Bars";
import { Move } from "./Chips";
import { Nothing, Trouble, Waiting } from "./States";

export function TimelineCard({ id }: { id: string }) {
  const timeline = useTimeline(id);
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card timeline" aria-labelledby="timeline-title">
      <header className="card-head"><h2 id="timeline-title">Timeline</h2></header>
      {timeline.error && !timeline.data ? <Trouble error={timeline.error} again={() => void timeline.refetch()} />
        : !timeline.data ? <Waiting lines={10} />
        : items.length === 0 ? <Nothing>Nothing has happened yet.</Nothing>
        : <Days items={items} />}
      {timeline.hasNextPage && <button type="button" className="more-lines" disabled={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>{timeline.isFetchingNextPage ? "Loading …" : "Earlier"}</button>}
    </section>
  );
}

const Days = ({ items }: { items: readonly TimelineItem[] }) => (
  <div className="timeline-days">
    {[...Map.groupBy(items, (item) => item.at.slice(0, 10))].map(([day, happened]) => (
      <section key={day}>
        <h3>{weekday(day)}</h3>
        <ol>{fold(happened).map(({ at, told }, index) => <Item key={`${at}-${index}`} at={at} told={told} />)}</ol>
      </section>
    ))}
  </div>
);

function Item({ at, told }: { at: string; told: Told }) {
  return (
    <li className="happened" data-kind={told.kind}>
      <time dateTime={at} title={exact(at)}>{time(at)}</time>
      <span className="happened-mark" aria-hidden="true" />
      <div>
        {told.kind === "activity" && <span className="did"><span>{sentence(told.name)}</span>{told.times > 1 && <b>× {told.times}</b>}{told.detail && <span className="faint">{told.detail}</span>}</span>}
        {told.kind === "move" && <><span className="line"><Move from={told.from} to={told.to} /><ConfidenceMeter value={told.confidence} /></span><span className="faint">{told.reason}</span></>}
        {told.kind === "review" && <><span className="line"><span className="pill warn">review {plain(told.status)}</span><Move from={told.from} to={told.to} /></span><span className="faint">{told.reason}</span></>}
        {told.kind === "other" && <span className="did"><span>{sentence(told.name)}</span>{told.detail && <span className="faint">{told.detail}</span>}</span>}
      </div>
    </li>
  );
}
