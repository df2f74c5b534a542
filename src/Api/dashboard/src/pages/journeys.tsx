import { useState } from "react";
import { ApiError } from "../api/client";
import { useJourney } from "../api/journeys";
import type { JourneyRequest } from "../api/schema";
import { emptyForm, requestOf, type JourneyForm } from "../campaigning/journey";
import { zone } from "../format";
import { useMayDecide } from "../may";
import { ChooseCustomer } from "../parts/ChooseCustomer";
import { Wrong } from "../parts/Fields";
import { Invented } from "../parts/Invented";
import { JourneyView } from "../parts/JourneyView";
import { Person } from "../parts/Person";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { journeyPath, Link, navigate, useSearch } from "../router";
import { allTags, tagFacts, type StatusTag } from "../tags";
import { useTitle } from "../title";

/** What would happen to a customer from a moment on: nothing is written, and nothing is sent. */
export function JourneysPage() {
  useTitle("Journeys");
  const customer = new URLSearchParams(useSearch()).get("customer");
  if (!useMayDecide()) return <section className="card"><Nothing why="A journey shows what is known of a customer.">Those who work with customers can look at it.</Nothing></section>;
  return <Journeys key={customer ?? ""} customer={customer} />;
}

function Journeys({ customer }: { customer: string | null }) {
  const [form, setForm] = useState<JourneyForm>(() => ({ ...emptyForm(zone()), customerId: customer }));
  const [asked, setAsked] = useState<JourneyRequest | null>(() => requestOf({ ...emptyForm(zone()), customerId: customer }));
  const journey = useJourney(asked);
  const ready = requestOf(form);
  const set = (to: Partial<JourneyForm>) => setForm({ ...form, ...to });
  return (
    <div className="journeys">
      <section className="card" aria-labelledby="journeys-title">
        <header className="card-head"><div><p className="crumb"><Link href="/campaigns">Campaigns</Link></p><h1 id="journeys-title">Journey preview</h1></div></header>
        <p className="lead">The whole path of a customer: which tags and messages come when, and what would be held back and why. Nothing is written or sent.</p>
        <form className="journey-form" onSubmit={(event) => {
          event.preventDefault();
          setAsked(ready);
        }}>
          <fieldset className="journey-who">
            <legend className="sr-only">Whose journey</legend>
            {(["known", "invented"] as const).map((who) => <label key={who} className="check"><input type="radio" name="who" checked={form.who === who} onChange={() => set({ who })} />{who === "known" ? "A customer" : "Somebody invented"}</label>)}
          </fieldset>
          {form.who === "known" ? (
            <div className="line journey-known">{form.customerId && <Person id={form.customerId} />}<ChooseCustomer label="Whose journey" placeholder={form.customerId ? "Another customer …" : "Name or id …"} choose={(id) => navigate(journeyPath(id), "replace")} /></div>
          ) : <Invented of={form.invented} change={(invented) => set({ invented })} />}
          <div className="journey-fields">
            <label>From<input type="datetime-local" value={form.at} onChange={(event) => set({ at: event.target.value })} /><small>empty: from now on</small></label>
            <label>For<select value={form.days} onChange={(event) => set({ days: Number(event.target.value) })}>{[14, 30, 60, 120, 365].map((days) => <option key={days} value={days}>{days} days</option>)}</select></label>
            <label>Beginning with<select value={form.tag} onChange={(event) => set({ tag: event.target.value as StatusTag | "" })}><option value="">{form.who === "known" ? "the tag as it stands" : "the first tag"}</option>{allTags.map((tag) => <option key={tag} value={tag}>{tagFacts[tag].short}</option>)}</select></label>
            <label>Language<select value={form.locale} onChange={(event) => set({ locale: event.target.value })}><option value="">their own</option><option value="en">English</option><option value="ja">日本語</option></select></label>
            <button type="submit" className="primary" disabled={ready === null || journey.isFetching}>{journey.isFetching ? "Playing …" : "Show the journey"}</button>
          </div>
        </form>
      </section>
      <section className="card" aria-labelledby="path-title">
        <header className="card-head"><h2 id="path-title">What would happen</h2></header>
        {asked === null ? <Nothing why="Choose a customer, or invent one.">Then the path shows here, day by day.</Nothing>
          : journey.error ? <><Trouble error={journey.error} again={() => void journey.refetch()} />{journey.error instanceof ApiError && journey.error.errors.length > 1 && <Wrong list={journey.error.errors} />}</>
          : !journey.data ? <Waiting lines={8} /> : <JourneyView journey={journey.data} />}
      </section>
    </div>
  );
}
