import { activityName } from "../activities";
import { api } from "../api/client";
import type { TimelineItem } from "../api/schema";
import { useTimeline } from "../api/queries";
import { localDay, number, weekday } from "../format";
import { rich, t } from "../language";
import { useMayDecide } from "../may";
import { reasonSentences } from "../sentences";
import { tagFacts } from "../tags";
import { describe, fold, type Told } from "../timeline";
import { reviewStates } from "../words";
import { ConfidenceMeter } from "./Bars";
import { Because } from "./Because";
import { Move } from "./Chips";
import { CsvOfAll } from "./CsvOfAll";
import { MoreLines, Nothing, Trouble, Waiting } from "./States";
import { Undo } from "./Undo";
import { Clock } from "./Time";

export function TimelineCard({ id, latest }: { id: string; latest: number | null }) {
  const timeline = useTimeline(id);
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  const undoable = useMayDecide() ? latest : null;
  return (
    <section className="card timeline" aria-labelledby="timeline-title">
      <header className="card-head"><h2 id="timeline-title">{t("Timeline")}</h2><CsvOfAll name={["timeline", id]} disabled={items.length === 0} page={(cursor, limit) => api.timeline(id, cursor, undefined, limit)} table={asTable} /></header>
      {timeline.error && !timeline.data ? <Trouble error={timeline.error} again={() => void timeline.refetch()} />
        : !timeline.data ? <Waiting lines={10} />
        : items.length === 0 ? <Nothing why={t("Nothing has happened yet.")}>{t("Events of this customer show here as your site sends them.")}</Nothing>
        : <Days id={id} items={items} undoable={undoable} />}
      <MoreLines list={timeline} label={t("Earlier")} />
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
        {told.kind === "message" && <span className="did"><span>{told.name}</span><span className="faint">{told.step > 1 ? t("{channel}, message {n}", { channel: told.channel, n: told.step }) : told.channel}</span></span>}
        {told.kind === "move" && <><span className="line"><Move from={told.from} to={told.to} /><ConfidenceMeter value={told.confidence} /></span><Because of={told.row} label={told.label} />{told.row.id === undoable && <Undo id={id} row={told.row} />}</>}
        {told.kind === "note" && <><span className="faint">{rich("{author} noted", { author: <b>{told.author}</b> })}</span><p className="note-text" dir="auto">{told.text}</p></>}
        {told.kind === "review" && (
          <>
            <span className="line"><span className="pill warn">{reviewState(told.status)}</span><Move from={told.from} to={told.to} /></span>
            <span className="faint"><b>{told.label}</b>{told.why.length > 0 && `: ${told.why.join(t("; "))}`}</span>
          </>
        )}
      </div>
    </li>
  );
}

/** A state of a newer server is shown by its own name. */
const reviewState = (status: string) => reviewStates[status] ?? t("Review {status}", { status });

/** One line an item, where the page puts the same activity several times in a row into one. */
const asTable = (items: readonly TimelineItem[]) => ({
  columns: [t("At"), t("What"), t("How often"), t("Details"), t("Code before"), t("Code after"), t("Tag after"), t("Confidence"), t("Why")].map((label) => ({ label })),
  rows: items.map((item) => [item.at, ...cells(describe(item))]),
});

function cells(told: Told): (string | number | null)[] {
  switch (told.kind) {
    case "activity": return [activityName(told.name), told.times, told.detail, null, null, null, null, null];
    case "other": return [activityName(told.name), null, told.detail, null, null, null, null, null];
    case "message": return [told.name, null, told.step > 1 ? t("{channel}, message {n}", { channel: told.channel, n: told.step }) : told.channel, null, null, null, null, null];
    case "note": return [t("Note"), null, told.text, null, null, null, null, told.author];
    case "move": return [t("Transition"), null, told.label, told.from, told.to, tagFacts[told.to].name, told.confidence, reasonSentences(told.row.reason).join("; ")];
    case "review": return [reviewState(told.status), null, told.label, told.from, told.to, tagFacts[told.to].name, null, told.why.join("; ")];
  }
}
