import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState, type ReactNode } from "react";
import { api, ApiError } from "../api/client";
import type { Customer } from "../api/schema";
import { keys } from "../api/queries";
import { useNow } from "../clock";
import { dateTime, exact, localDay, number, shortDay, weekday } from "../format";
import { rich, t, text, translate, translated } from "../language";
import type { Metric } from "../metrics";
import { navigate, useSearch } from "../router";
import { indicatorName, tagFacts } from "../tags";
import { TagChip } from "./Chips";
import { CsvButton } from "./CsvButton";
import { Trouble, Waiting } from "./States";
import { At } from "./Time";

const dayMs = 86_400_000;
const daysBackMax = 365;
const settleMs = 150;

/** Midday of a calendar day, which is the same day in the viewer's zone whatever its clocks do. */
const midday = (day: string) => new Date(`${day}T12:00:00`).getTime();
export const dayBefore = (today: string, days: number) => localDay(midday(today) - days * dayMs);
export const daysBetween = (from: string, to: string) => Math.round((midday(to) - midday(from)) / dayMs);
/** The last instant of a day where the viewer is. */
export const endOfDay = (day: string) => new Date(new Date(`${dayBefore(day, -1)}T00:00:00`).getTime() - 1).toISOString();

/** The chosen past day of the address; null for now. */
export function chosenDay(search: string, first: string, today: string): string | null {
  const day = new URLSearchParams(search).get("at");
  return day && /^\d{4}-\d{2}-\d{2}$/.test(day) && day >= first && day < today ? day : null;
}

/** The customer as it was known at the end of a past day, beside what it is now. */
export function AsOfCard({ customer }: { customer: Customer }) {
  const today = localDay(useNow());
  const enrolled = localDay(customer.enrolledAt);
  const oldest = dayBefore(today, daysBackMax);
  const first = enrolled > oldest ? enrolled : oldest;
  const days = Math.max(0, daysBetween(first, today));
  const chosen = chosenDay(useSearch(), first, today);
  const [back, setBack] = useState(chosen ? daysBetween(chosen, today) : 0);
  const path = location.pathname;
  useEffect(() => {
    const day = back === 0 ? null : dayBefore(today, back);
    const timer = setTimeout(() => {
      if (day !== chosen) navigate(day ? `${path}?at=${day}` : path, "replace");
    }, settleMs);
    return () => clearTimeout(timer);
  }, [back, today, chosen, path]);
  if (days === 0) return null;
  const shown = back === 0 ? t("Now") : weekday(dayBefore(today, back));
  return (
    <section className="card as-of" aria-labelledby="as-of-title">
      <header className="card-head">
        <h2 id="as-of-title">{t("As it was known")}</h2>
        <span className="faint">{back === 0 ? t("drag to a past day") : back === 1 ? t("at the end of {day}, yesterday", { day: shown }) : t("at the end of {day}, {n} days ago", { day: shown, n: back })}</span>
        {back > 0 && <button type="button" className="quiet" onClick={() => setBack(0)}>{t("Back to now")}</button>}
      </header>
      <input type="range" min={0} max={days} value={days - back} aria-labelledby="as-of-title" aria-valuetext={shown}
        onChange={(event) => setBack(days - Number(event.target.value))} />
      <p className="as-of-ends faint" aria-hidden="true"><span>{shortDay(first)}</span><span>{t("now")}</span></p>
      {chosen && back > 0 && <Then now={customer} day={chosen} />}
    </section>
  );
}

function Then({ now, day }: { now: Customer; day: string }) {
  const at = endOfDay(useDeferredValue(day));
  const then = useQuery({
    queryKey: [...keys.customer(now.id), "at", at], queryFn: ({ signal }) => api.customerAt(now.id, at, signal), staleTime: Infinity,
    placeholderData: keepPreviousData, retry: (times, error) => !(error instanceof ApiError) && times < 2,
  });
  if (then.error instanceof ApiError && then.error.status === 404) return <p className="muted">{t("Nothing was known of this customer yet: its first event came later.")}</p>;
  if (then.error) return <Trouble error={then.error} again={() => void then.refetch()} />;
  if (!then.data) return <Waiting lines={5} />;
  return <Comparison then={then.data} now={now} at={at} stale={then.isPlaceholderData} />;
}

const metrics = [
  ["lessons_completed", text("Lessons ever")], ["modules_completed", text("Modules ever")], ["days_since_login", text("Days since the last login")],
  ["days_since_activity", text("Days since the last activity")],
] as const satisfies readonly (readonly [Metric, string])[];

/** One line of the comparison: what it shows, and what it is in a file. */
interface Line { name: string; then: Side; now: Side }
interface Side { shown: ReactNode; cell: string | number | null }

function Comparison({ then, now, at, stale }: { then: Customer; now: Customer; at: string; stale: boolean }) {
  const line = (name: string, side: (customer: Customer) => Side): Line => ({ name, then: side(then), now: side(now) });
  const names = (customer: Customer) => customer.riskIndicators.map((indicator) => indicatorName(indicator.type)).join(t(", "));
  const lines = [
    line(t("Tag"), ({ tag }) => ({ shown: <TagChip tag={tag} />, cell: tagFacts[tag].name })),
    line(t("Since"), ({ tagSince }) => ({ shown: <At at={tagSince} />, cell: tagSince })),
    ...(["engagement", "progress", "community", "overall"] as const).map((kind) => line(scoreNames[kind], ({ scores }) => figure(round(scores[kind])))),
    ...metrics.map(([metric, name]) => line(translate(name), (customer) => figure(customer.metrics[metric]))),
    line(t("Risk indicators"), (customer) => ({ shown: names(customer) || t("none"), cell: names(customer) })),
  ];
  return (
    <>
      <table className="as-of-table" data-stale={stale}>
        <caption className="faint">{rich("What was known at {time}, beside now", { time: <time dateTime={at} title={exact(at)}>{dateTime(at)}</time> })}</caption>
        <thead><tr><td /><th scope="col">{t("Then")}</th><th scope="col">{t("Now")}</th></tr></thead>
        <tbody>{lines.map((each) => (
          <tr key={each.name} data-differs={each.then.cell !== each.now.cell}><th scope="row">{each.name}</th><td>{each.then.shown}</td><td>{each.now.shown}</td></tr>
        ))}</tbody>
      </table>
      <CsvButton name={["customer", now.id, at.slice(0, 10)]} disabled={stale}
        table={() => ({ columns: ["", at, t("Now")].map((label) => ({ label })), rows: lines.map((each) => [each.name, each.then.cell, each.now.cell]) })} />
    </>
  );
}

const scoreNames = translated({ engagement: "Engagement", progress: "Progress", community: "Community", overall: "Overall health" });
const round = (score: number) => Math.round(score * 10) / 10;
const figure = (value: unknown): Side => (typeof value === "number" ? { shown: number(value), cell: value } : { shown: "–", cell: null });
