import { useState } from "react";
import type { Journey, JourneyItem } from "../api/journeys";
import { fateOf, reviewWords, titleOf, type Fate } from "../campaigning/journey";
import { campaignPath } from "../campaigns";
import { localDay, things, weekday } from "../format";
import { rich, t, translated } from "../language";
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
  const told = { at: <At at={at} />, until: <At at={until} />, moves: things(items.filter(({ kind }) => kind === "transition").length, "move"), n: count("sent") };
  return (
    <>
      <p className="lead" role="status">{count("not") > 0 ? rich("From {at} until {until}: {moves}, {n} {n|message|messages} sent, {not} not sent.", { ...told, not: String(count("not")) }) : rich("From {at} until {until}: {moves}, {n} {n|message|messages} sent.", told)}</p>
      {items.length === 0 && <Nothing why={t("Nothing would happen in this time.")}>{t("A longer time or another beginning may show more.")}</Nothing>}
      <div className="timeline-days">
        {[...Map.groupBy(items, (item) => localDay(item.at))].map(([day, happened]) => (
          <section key={day}><h3>{weekday(day)}</h3><ol>{happened.map((item, index) => <Item key={index} item={item} />)}</ol></section>
        ))}
      </div>
      {truncated && <p className="faint">{t("There is more: only the first of it is shown.")}</p>}
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

const reviewEnds: Record<string, string> = translated({
  approved: "review approved", rejected: "review rejected", expired: "review expired", superseded: "review superseded", withdrawn: "review withdrawn",
});
const begins = (from: JourneyItem["from"]) => (from ? t("Begins") : t("First assignment"));

const Moved = ({ item: { kind, status, from, to, rule, confidence, reason } }: { item: JourneyItem }) => (
  <>
    <span className="line">{kind === "review" && <span className="pill warn">{status === "open" || !status ? t("asks a person") : reviewEnds[status] ?? status}</span>}{to && <Move from={from ?? null} to={to} />}<ConfidenceMeter value={confidence ?? null} /></span>
    <span className="faint">{kind === "review" && reason ? t("{rule}: {why}", { rule: rule ?? begins(from), why: reviewWords(reason) }) : rule ?? begins(from)}</span>
  </>
);

function Message({ item }: { item: JourneyItem }) {
  const [open, setOpen] = useState(false);
  const [{ name, more }, fate] = [titleOf(item), fateOf(item)];
  const words = (
    <>
      <span className="line"><b>{name}</b><span className="faint">{more}</span><span className="pill" data-fate={fate.tone}>{fate.word}</span></span>
      {(fate.why || item.heldUntil) && <span className="faint">{!item.heldUntil ? fate.why : fate.why ? rich("{why}, until {at}", { why: fate.why, at: <At at={item.heldUntil} /> }) : rich("until {at}", { at: <At at={item.heldUntil} /> })}</span>}
    </>
  );
  if (!item.message) return <>{words}</>;
  const { to, attachments } = item.message;
  return (
    <details className="journey-message" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words}</summary>
      {open && (
        <div className="journey-read">
          <p className="line muted">{to && <bdi className="break">{to}</bdi>}<Link className="card-more" href={campaignPath(item.campaign!)}>{t("The campaign")}</Link></p>
          <MessageView message={item.message} />
          {attachments.length > 0 && <p className="faint">{t("With {attachments}", { attachments: attachments.join(t(", ")) })}</p>}
        </div>
      )}
    </details>
  );
}
