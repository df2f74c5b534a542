import { activityName } from "../activities";
import type { TimelineItem } from "../api/schema";
import { useTimeline } from "../api/queries";
import { localDay, number, weekday } from "../format";
import { fold, type Told } from "../timeline";
import { ConfidenceMeter } from "./Bars";
import { Because } from "./Because";
import { Move } from "./Chips";
import { MoreLines, Nothing, Trouble, Waiting } from "./States";
import { Clock } from "./Time";

export function TimelineCard({ id }: { id: string }) {
  const timeline = useTimeline(id);
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card timeline" aria-labelledby="timeline-title">
      <header className="card-head"><h2 id="timeline-title">Timeline</h2></header>
      {timeline.error && !timeline.data ? <Trouble error={timeline.error} again={() => void timeline.refetch()} />
        : !timeline.data ? <Waiting lines={10} />
        : items.length === 0 ? <Nothing why="Nothing has happened yet.">Events of this customer show here as your site sends them.</Nothing>
        : <Days items={items} />}
      <MoreLines list={timeline} label="Earlier" />
    </section>
  );
}

const Days = ({ items }: { items: readonly TimelineItem[] }) => (
  <div className="timeline-days">
    {[...Map.groupBy(items, (item) => localDay(item.at))].map(([day, happened]) => (
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
      <Clock at={at} />
      <span className="happened-mark" aria-hidden="true" />
      <div>
        {(told.kind === "activity" || told.kind === "other") && (
          <span className="did"><bdi>{activityName(told.name)}</bdi>{told.kind === "activity" && told.times > 1 && <b>× {number(told.times)}</b>}{told.detail && <bdi className="faint">{told.detail}</bdi>}</span>
        )}
        {told.kind === "move" && <><span className="line"><Move from={told.from} to={told.to} /><ConfidenceMeter value={told.confidence} /></span><Because of={told.row} label={told.label} /></>}
        {told.kind === "review" && (
          <>
            <span className="line"><span className="pill warn">Review {told.status}</span><Move from={told.from} to={told.to} /></span>
            <span className="faint"><b>{told.label}</b>{told.why.length > 0 && `: ${told.why.join("; ")}`}</span>
          </>
        )}
      </div>
    </li>
  );
}
