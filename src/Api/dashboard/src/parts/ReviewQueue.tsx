import { useEffect, useRef, useState } from "react";
import { useAssign, useDecide, useDecideAll, type ReviewDecision } from "../api/acts";
import { useSession } from "../api/queries";
import type { ReviewRow } from "../api/schema";
import { confidence } from "../format";
import { rich, t, text, translate } from "../language";
import { mayDecide } from "../may";
import { useName } from "../names";
import { byAge, commandOf, urgencyOf, type Urgency } from "../queue";
import { customerPath, navigate } from "../router";
import { tagFacts } from "../tags";
import { reviewReasonsOf } from "../words";
import { Because } from "./Because";
import { Move } from "./Chips";
import { Person } from "./Person";
import { Ago } from "./Time";

const stepRows = 50;
const urgencies: Record<Urgency, string | null> = { new: null, day: text("waits more than a day"), late: text("waits more than three days") };

/** The reviews as a queue that is worked by keyboard or mouse. */
export function ReviewQueue({ items }: { items: readonly ReviewRow[] }) {
  const [shown, setShown] = useState(stepRows);
  const [at, setAt] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [help, setHelp] = useState(false);
  const [said, setSaid] = useState("");
  const who = useSession().data;
  const may = mayDecide(who);
  const [decide, decideAll, assign] = [useDecide(), useDecideAll(), useAssign()];
  const rows = byAge(items).slice(0, shown);
  const place = Math.max(0, rows.findIndex(({ id }) => id === at));
  const current = rows[place];
  const marked = rows.filter(({ id }) => chosen.has(id));
  const error = decide.error ?? decideAll.error ?? assign.error;

  const one = (review: ReviewRow, decision: ReviewDecision) => {
    // The next one takes the place before the row goes, so that the focus stays in the list.
    setAt((rows[place + 1] ?? rows[place - 1])?.id ?? null);
    decide.mutate({ review, decision }, {
      onSuccess: () => setSaid(t(decision === "approve" ? "Approved: {customer} to {tag}." : "Rejected: {customer} to {tag}.", { customer: review.customerId, tag: tagFacts[review.to].name })),
      onError: (trouble) => setSaid(trouble.message),
    });
  };
  const all = (decision: ReviewDecision) => decideAll.mutate({ reviews: marked, decision }, {
    onSuccess: ({ items: done }) => {
      const missed = done.filter(({ code }) => code).length;
      const n = done.length - missed;
      setSaid(missed === 0 ? t(decision === "approve" ? "{n} {n|review|reviews} approved." : "{n} {n|review|reviews} rejected.", { n })
        : t(decision === "approve" ? "{n} {n|review|reviews} approved; {missed} had been closed before." : "{n} {n|review|reviews} rejected; {missed} had been closed before.", { n, missed }));
      setChosen(new Set());
    },
  });
  const toggle = (id: string) => setChosen((before) => {
    const after = new Set(before);
    if (!after.delete(id)) after.add(id);
    return after;
  });

  const act = useRef<(event: KeyboardEvent) => void>(() => {});
  act.current = (event) => {
    const command = commandOf(event);
    if (command === null || !current) return;
    if (command === "next" || command === "previous") setAt(rows[place + (command === "next" ? 1 : -1)]?.id ?? current.id);
    else if (command === "open") navigate(customerPath(current.customerId));
    else if (command === "help") setHelp(!help);
    else if (!may) return;
    else if (command === "select") toggle(current.id);
    else if (command === "assign") assign.mutate({ review: current, assignee: who!.name });
    else if (marked.length > 0) all(command);
    else one(current, command);
    event.preventDefault();
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act.current(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  return (
    <>
      <div className="queue-tools">
        {may && marked.length > 0
          ? <><span className="muted">{t("{n} {n|review|reviews} chosen", { n: marked.length })}</span>
            <button type="button" className="small" disabled={decideAll.isPending} onClick={() => all("approve")}>{t("Approve them")}</button>
            <button type="button" className="small" disabled={decideAll.isPending} onClick={() => all("reject")}>{t("Reject them")}</button>
            <button type="button" className="small quiet" onClick={() => setChosen(new Set())}>{t("Choose none")}</button></>
          : <span className="faint">{t("Longest waiting first.")}</span>}
        <button type="button" className="small quiet keys-help" aria-expanded={help} onClick={() => setHelp(!help)}>{t("Shortcuts")} <kbd>?</kbd></button>
      </div>
      {help && <Keys may={may} />}
      {error && <p className="problem" role="alert">{error.message}</p>}
      <p className="sr-only" role="status">{said}</p>
      <ul className="reviews queue">
        {rows.map((review) => (
          <Row key={review.id} review={review} may={may} isCurrent={review.id === current?.id} isChosen={chosen.has(review.id)} busy={decide.isPending || decideAll.isPending}
            focus={() => setAt(review.id)} toggle={() => toggle(review.id)} decide={(decision) => one(review, decision)}
            assign={who ? () => assign.mutate({ review, assignee: review.assignee === who.name ? "" : who.name }) : null} mine={review.assignee === who?.name} />
        ))}
      </ul>
      {items.length > shown && <button type="button" className="more-lines" onClick={() => setShown(shown + stepRows)}>{t("More reviews")}</button>}
    </>
  );
}

const Keys = ({ may }: { may: boolean }) => (
  <dl className="keys">
    <div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>{t("next, previous")}</dd></div>
    {may && <><div><dt><kbd>a</kbd></dt><dd>{t("approve")}</dd></div><div><dt><kbd>r</kbd></dt><dd>{t("reject")}</dd></div><div><dt><kbd>x</kbd></dt><dd>{t("choose for several")}</dd></div><div><dt><kbd>m</kbd></dt><dd>{t("assign to me")}</dd></div></>}
    <div><dt><kbd>o</kbd></dt><dd>{t("open the customer")}</dd></div>
  </dl>
);

interface RowProps {
  review: ReviewRow; may: boolean; isCurrent: boolean; isChosen: boolean; busy: boolean; mine: boolean;
  focus: () => void; toggle: () => void; decide: (decision: ReviewDecision) => void; assign: (() => void) | null;
}

function Row({ review, may, isCurrent, isChosen, busy, mine, focus, toggle, decide, assign }: RowProps) {
  const row = useRef<HTMLLIElement>(null);
  const name = useName(review.customerId) ?? review.customerId;
  const late = urgencies[urgencyOf(review)];
  useEffect(() => {
    if (isCurrent && document.activeElement?.closest(".queue")) row.current?.focus();
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    <li className="review" ref={row} data-current={isCurrent} data-chosen={isChosen} tabIndex={isCurrent ? 0 : -1} aria-label={t("{customer}, to {tag}", { customer: name, tag: tagFacts[review.to].name })} onFocus={focus}>
      <span className="line">
        {may && <input type="checkbox" aria-label={t("Choose {customer}", { customer: name })} checked={isChosen} onChange={toggle} />}
        <Person id={review.customerId} /><Move from={review.from} to={review.to} />
      </span>
      <Because of={{ customerId: review.customerId, rule: review.rule, reason: "", decisionId: review.decisionId }} says={reviewReasonsOf(review.reasons)} />
      {review.note && <p className="note-text" dir="auto">{review.note}</p>}
      <span className="line faint">
        <span title={t("From 0.85 on a move is certain enough to be applied without asking.")}>{t("confidence {value}", { value: confidence(review.confidence) })}</span>
        {late && <span className="pill warn">{translate(late)}</span>}
        {review.assignee && <span>{mine ? t("with you") : t("with {who}", { who: review.assignee })}</span>}
        <span>{rich("opened {time}", { time: <Ago at={review.openedAt} /> })}</span>
      </span>
      {may && (
        <span className="line acts">
          <button type="button" className="small" disabled={busy} aria-label={t("Approve {customer}", { customer: name })} onClick={() => decide("approve")}>{t("Approve")}</button>
          <button type="button" className="small" disabled={busy} aria-label={t("Reject {customer}", { customer: name })} onClick={() => decide("reject")}>{t("Reject")}</button>
          {assign && <button type="button" className="small quiet" aria-label={t(mine ? "Give back {customer}" : "Assign to me {customer}", { customer: name })} onClick={assign}>{t(mine ? "Give back" : "Assign to me")}</button>}
        </span>
      )}
    </li>
  );
}
