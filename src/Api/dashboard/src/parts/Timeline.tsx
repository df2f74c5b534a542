import { activityName } from "../activities";
import type { TimelineItem } from "../api/schema";
import { useTimeline } from "../api/queries";
import { localDay, number, weekday } from "../format";
import { useMayDecide } from "../may";
import { fold, type Told } from "../timeline";
import { ConfidenceMeter } from "./Bars";
import { Because } from "./Because";
import { Move } from "./Chips";
import { MoreLines, Nothing, Trouble, Waiting } from "./States";
import { Undo } from "./Undo";
import { Clock } from "./Time";

export function TimelineCard({ id, latest }: { id: string; latest: number | null }) {
  const timeline = useTimeline(id);
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  const undoable = useMayDecide() ? latest : null;
  return (
    <section className="card timeline" aria-labelledby="timeline-title">
      <header className="card-head"><h2 id="timeline-title">Timeline</h2></header>
      {timeline.error && !timeline.data ? <Trouble error={timeline.error} again={() => void timeline.refetch()} />
        : !timeline.data ? <Waiting lines={10} />
        : items.length === 0 ? <Nothing why="Nothing has happened yet.">Events of this customer show here as your site sends them.</Nothing>
        : <Days id={id} items={items} undoable={undoable} />}
      <MoreLines list={timeline} label="Earlier" />
    </section>
  );
}

const Days = ({ id, items, undoable }: { id: string; items: readonly TimelineItem[]; undoable: number | null }) => (
  <div className="timeline-days">
    {[...Map.groupBy(items, (item) => localDay(item.at))].map(([day, happened]) => (
      <section key={day}>
        <h3>{weekday(day)}</h3>
        <ol>{fold(happened).map(({ at, told }, index) => <Item key={`${at}-${index}`} id={id} at={at} told={told} undoable={undoable} />)}</ol>
      </section>
    ))}
  </div>
);

function Item({ id, at, told, undoable }: { id: string; at: string; told: Told; undoable: number | null }) {
  return (
    <li className="happened" data-kind={told.kind}>
      <Clock at={at} />
      <span className="happened-mark" aria-hidden="true" />
      <div>
        {(told.kind === "activity" || told.kind === "other") && (
          <span className="did"><bdi>{activityName(told.name)}</bdi>{told.kind === "activity" && told.times > 1 && <b>× {number(told.times)}</b>}{told.detail && <bdi className="faint">{told.detail}</bdi>}</span>
        )}
        {told.kind === "message" && <span className="did"><span>{told.name}</span><span className="faint">{told.step > 1 ? `${told.channel}, message ${told.step}` : told.channel}</span></span>}
        {told.kind === "move" && <><span className="line"><Move from={told.from} to={told.to} /><ConfidenceMeter value={told.confidence} /></span><Because of={told.row} label={told.label} />{told.row.id === undoable && <Undo id={id} row={told.row} />}</>}
        {told.kind === "note" && <><span className="faint"><b>{told.author}</b> noted</span><p className="note-text" dir="auto">{told.text}</p></>}
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
