import { useState, type FormEvent } from "react";
import { useAddNote, useDecide, useEvaluateNow, useSetTag } from "../api/acts";
import type { Customer } from "../api/schema";
import { rich, t } from "../language";
import { tagFacts, type StatusTag } from "../tags";
import { reviewReasonsOf } from "../words";
import { Move } from "./Chips";
import { Ago } from "./Time";

/** What a person can do about a customer. */
export function ActsCard({ customer }: { customer: Customer }) {
  const evaluate = useEvaluateNow(customer.id);
  return (
    <section className="card acts-card" aria-labelledby="acts-title">
      <header className="card-head">
        <h2 id="acts-title">{t("Decide")}</h2>
        <button type="button" className="small" disabled={evaluate.isPending} onClick={() => evaluate.mutate()}>{t(evaluate.isPending ? "Evaluating …" : "Evaluate now")}</button>
      </header>
      {evaluate.error && <p className="problem" role="alert">{evaluate.error.message}</p>}
      {customer.openReview && <OpenReview key={customer.openReview.id} review={customer.openReview} />}
      <div className="columns acts-forms"><TagForm key={customer.tag} customer={customer} /><NoteForm id={customer.id} /></div>
    </section>
  );
}

function OpenReview({ review }: { review: NonNullable<Customer["openReview"]> }) {
  const [note, setNote] = useState("");
  const decide = useDecide();
  const send = (decision: "approve" | "reject") => decide.mutate({ review, decision, note });
  return (
    <div className="asked">
      <p className="line"><span className="pill warn">{t("waits for a person")}</span><Move from={review.from} to={review.to} /><span className="faint">{rich("opened {time}", { time: <Ago at={review.openedAt} /> })}</span></p>
      <ul className="sentences">{reviewReasonsOf(review.reasons).map((reason) => <li key={reason}>{reason}</li>)}</ul>
      <label>{t("Note")}<input value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} placeholder={t("Optional")} /></label>
      <p className="line acts">
        <button type="button" disabled={decide.isPending} onClick={() => send("approve")}>{t("Approve")}</button>
        <button type="button" disabled={decide.isPending} onClick={() => send("reject")}>{t("Reject")}</button>
      </p>
      {decide.error && <p className="problem" role="alert">{decide.error.message}</p>}
    </div>
  );
}

function TagForm({ customer }: { customer: Customer }) {
  const [tag, setTag] = useState<StatusTag>(customer.tag);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const set = useSetTag(customer.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A lock lasts to the end of its day where the person is.
    set.mutate({ tag, reason, lockedUntil: until ? new Date(`${until}T23:59:59`).toISOString() : null }, { onSuccess: () => setReason("") });
  };
  return (
    <form className="act" onSubmit={submit}>
      <h3>{t("Set the tag by hand")}</h3>
      <label>{t("Tag")}<select aria-label={t("Tag")} value={tag} onChange={(event) => setTag(event.target.value as StatusTag)}>
        {(Object.keys(tagFacts) as StatusTag[]).map((each) => <option key={each} value={each}>{each === customer.tag ? t("{tag} (now)", { tag: tagFacts[each].name }) : tagFacts[each].name}</option>)}
      </select></label>
      <label>{t("Reason")}<input required value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} /></label>
      <label>{t("Lock until")}<input type="date" value={until} onChange={(event) => setUntil(event.target.value)} /></label>
      <p className="faint">{t("Automation leaves it alone for 7 days, or until the lock ends.")}</p>
      <button type="submit" disabled={set.isPending}>{t(tag === customer.tag ? "Change the lock" : "Set the tag")}</button>
      {set.error && <p className="problem" role="alert">{set.error.message}</p>}
    </form>
  );
}

function NoteForm({ id }: { id: string }) {
  const [text, setText] = useState("");
  const add = useAddNote(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(text, { onSuccess: () => setText("") });
  };
  return (
    <form className="act" onSubmit={submit}>
      <h3>{t("Note")}</h3>
      <label>{t("What should others know?")}<textarea required rows={4} value={text} maxLength={8000} onChange={(event) => setText(event.target.value)} /></label>
      <p className="faint">{t("It stands in the timeline with your name.")}</p>
      <button type="submit" disabled={add.isPending}>{t("Add the note")}</button>
      {add.error && <p className="problem" role="alert">{add.error.message}</p>}
    </form>
  );
}
