import { useState } from "react";
import type { Journey, JourneyItem } from "../api/journeys";
import { fateOf, reviewWords, titleOf, type Fate } from "../campaigning/journey";
import { campaignPath } from "../campaigns";
import { localDay, things, weekday } from "../format";
import { Link } from "../router";
import { ConfidenceMeter } from "./Bars";
import { Move } from "./Chips";
import { MessageView } from "./MessageView";
import { Nothing } from "./States";
import { At, Clock } from "./Time";

/** A path day by day: moves, reviews, and messages with what becomes of them. */
export function JourneyView({ journey: { items, at, until, truncated } }: { journey: Journey }) {
  const messages = items.filter(({ kind }) => kind === "message" || kind === "action");
  const count = (tone: Fate["tone"]) => messages.filter((item) => fateOf(item).tone === tone).length;
  return (
    <>
      <p className="lead" role="status">From <At at={at} /> until <At at={until} />: {things(items.filter(({ kind }) => kind === "transition").length, "move")}, {things(count("sent"), "message")} sent{count("not") > 0 && `, ${count("not")} not sent`}.</p>
      {items.length === 0 && <Nothing why="Nothing would happen in this time.">A longer time or another beginning may show more.</Nothing>}
      <div className="timeline-days">
        {[...Map.groupBy(items, (item) => localDay(item.at))].map(([day, happened]) => (
          <section key={day}><h3>{weekday(day)}</h3><ol>{happened.map((item, index) => <Item key={index} item={item} />)}</ol></section>
        ))}
      </div>
      {truncated && <p className="faint">There is more: only the first of it is shown.</p>}
    </>
  );
}

const marks: Record<JourneyItem["kind"], string> = { transition: "move", review: "review", message: "message", action: "message" };

const Item = ({ item }: { item: JourneyItem }) => (
  <li className="happened" data-kind={marks[item.kind]} data-fate={item.campaign ? fateOf(item).tone : undefined}>
    <Clock at={item.at} />
    <span className="happened-mark" aria-hidden="true" />
    <div>{item.campaign ? <Message item={item} /> : <Moved item={item} />}</div>
  </li>
);

const Moved = ({ item: { kind, status, from, to, rule, confidence, reason } }: { item: JourneyItem }) => (
  <>
    <span className="line">{kind === "review" && <span className="pill warn">{status === "open" || !status ? "asks a person" : `review ${status}`}</span>}{to && <Move from={from ?? null} to={to} />}<ConfidenceMeter value={confidence ?? null} /></span>
    <span className="faint">{rule ?? (from ? "Begins" : "First assignment")}{kind === "review" && reason && `: ${reviewWords(reason)}`}</span>
  </>
);

function Message({ item }: { item: JourneyItem }) {
  const [open, setOpen] = useState(false);
  const [{ name, more }, fate] = [titleOf(item), fateOf(item)];
  const words = (
    <>
      <span className="line"><b>{name}</b><span className="faint">{more}</span><span className="pill" data-fate={fate.tone}>{fate.word}</span></span>
      {(fate.why || item.heldUntil) && <span className="faint">{fate.why}{item.heldUntil && <>{fate.why ? ", " : ""}until <At at={item.heldUntil} /></>}</span>}
    </>
  );
  if (!item.message) return <>{words}</>;
  const { to, attachments } = item.message;
  return (
    <details className="journey-message" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words}</summary>
      {open && (
        <div className="journey-read">
          <p className="line muted">{to && <bdi className="break">{to}</bdi>}<Link className="card-more" href={campaignPath(item.campaign!)}>The campaign</Link></p>
          <MessageView message={item.message} />
          {attachments.length > 0 && <p className="faint">With {attachments.join(", ")}</p>}
        </div>
      )}
    </details>
  );
}
