import { useState } from "react";
import { ApiError } from "../api/client";
import { useJourney } from "../api/journeys";
import type { JourneyRequest } from "../api/schema";
import { emptyForm, requestOf, type JourneyForm } from "../campaigning/journey";
import { journeyTable } from "../campaigning/tables";
import { things, zone } from "../format";
import { t } from "../language";
import { useMayDecide } from "../may";
import { ChooseCustomer } from "../parts/ChooseCustomer";
import { CsvButton } from "../parts/CsvButton";
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
  useTitle(t("Journeys"));
  const customer = new URLSearchParams(useSearch()).get("customer");
  if (!useMayDecide()) return <section className="card"><Nothing why={t("A journey shows what is known of a customer.")}>{t("Those who work with customers can look at it.")}</Nothing></section>;
  return <Journeys key={customer ?? ""} customer={customer} />;
}

function Journeys({ customer }: { customer: string | null }) {
  const [form, setForm] = useState<JourneyForm>(() => ({ ...emptyForm(zone()), customerId: customer }));
  const [asked, setAsked] = useState<JourneyRequest | null>(() => requestOf({ ...emptyForm(zone()), customerId: customer }));
  const journey = useJourney(asked);
  const ready = requestOf(form);
  const played = journey.data;
  const set = (to: Partial<JourneyForm>) => setForm({ ...form, ...to });
  return (
    <div className="journeys">
      <section className="card" aria-labelledby="journeys-title">
        <header className="card-head"><div><p className="crumb"><Link href="/campaigns">{t("Campaigns")}</Link></p><h1 id="journeys-title">{t("Journey preview")}</h1></div></header>
        <p className="lead">{t("The whole path of a customer: which tags and messages come when, and what would be held back and why. Nothing is written or sent.")}</p>
        <form className="journey-form" onSubmit={(event) => {
          event.preventDefault();
          setAsked(ready);
        }}>
          <fieldset className="journey-who">
            <legend className="sr-only">{t("Whose journey")}</legend>
            {(["known", "invented"] as const).map((who) => <label key={who} className="check"><input type="radio" name="who" checked={form.who === who} onChange={() => set({ who })} />{who === "known" ? t("A customer") : t("Somebody invented")}</label>)}
          </fieldset>
          {form.who === "known" ? (
            <div className="line journey-known">{form.customerId && <Person id={form.customerId} />}<ChooseCustomer label={t("Whose journey")} placeholder={form.customerId ? t("Another customer …") : t("Name or id …")} choose={(id) => navigate(journeyPath(id), "replace")} /></div>
          ) : <Invented of={form.invented} change={(invented) => set({ invented })} />}
          <div className="journey-fields">
            <label>{t("From")}<input type="datetime-local" value={form.at} onChange={(event) => set({ at: event.target.value })} /><small>{t("empty: from now on")}</small></label>
            <label>{t("How long")}<select value={form.days} onChange={(event) => set({ days: Number(event.target.value) })}>{[14, 30, 60, 120, 365].map((days) => <option key={days} value={days}>{things(days, "day")}</option>)}</select></label>
            <label>{t("Beginning with")}<select value={form.tag} onChange={(event) => set({ tag: event.target.value as StatusTag | "" })}><option value="">{form.who === "known" ? t("the tag as it stands") : t("the first tag")}</option>{allTags.map((tag) => <option key={tag} value={tag}>{tagFacts[tag].short}</option>)}</select></label>
            <label>{t("Language of the messages")}<select value={form.locale} onChange={(event) => set({ locale: event.target.value })}><option value="">{t("their own")}</option><option value="en">English</option><option value="ja">日本語</option></select></label>
            <button type="submit" className="primary" disabled={ready === null || journey.isFetching}>{journey.isFetching ? t("Playing …") : t("Show the journey")}</button>
          </div>
        </form>
      </section>
      <section className="card" aria-labelledby="path-title">
        <header className="card-head"><h2 id="path-title">{t("What would happen")}</h2>{played && <CsvButton name={["journey", played.customerId ?? "invented"]} disabled={played.items.length === 0} table={() => journeyTable(played)} />}</header>
        {asked === null ? <Nothing why={t("Choose a customer, or invent one.")}>{t("Then the path shows here, day by day.")}</Nothing>
          : journey.error ? <><Trouble error={journey.error} again={() => void journey.refetch()} />{journey.error instanceof ApiError && journey.error.errors.length > 1 && <Wrong list={journey.error.errors} />}</>
          : !played ? <Waiting lines={8} /> : <JourneyView journey={played} />}
      </section>
    </div>
  );
}
