import { useState } from "react";
import type { Instant } from "../api/client";
import type { DailyMetricsRow } from "../api/schema";
import { daysShown, isUncounted, useDays } from "../api/queries";
import { dayOf, number, shortDay, weekday } from "../format";
import { rich, t, text, translate } from "../language";
import { indicatorName } from "../tags";
import { CsvButton } from "./CsvButton";
import { Trouble, Waiting } from "./States";

const dayMs = 86_400_000;

export interface Slot { date: string; day: DailyMetricsRow | null }

/** One slot per calendar day up to the last; a day without a row was silent. */
export function slotsUpTo(last: string, days: readonly DailyMetricsRow[]): Slot[] {
  const byDate = new Map(days.map((day) => [day.date.slice(0, 10), day]));
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: daysShown }, (_, index) => {
    const date = dayOf(end - (daysShown - 1 - index) * dayMs);
    return { date, day: byDate.get(date) ?? null };
  });
}

const series = [
  { kind: "overall", label: text("Overall"), value: (day: DailyMetricsRow) => day.overallHealthScore },
  { kind: "engagement", label: text("Engagement"), value: (day: DailyMetricsRow) => day.engagementScore },
  { kind: "progress", label: text("Progress"), value: (day: DailyMetricsRow) => day.progressScore },
  { kind: "community", label: text("Community"), value: (day: DailyMetricsRow) => day.communityScore },
] as const;

export function DaysCard({ id, lastActive }: { id: string; lastActive: Instant | null }) {
  const days = useDays(id, lastActive);
  const [chosen, setChosen] = useState<number | null>(null);
  const slots = days.data ? slotsUpTo(days.data.to, days.data.items) : [];
  const uncounted = days.data !== undefined && lastActive !== null && isUncounted(days.data.items, days.data.to, lastActive);
  const active = slots.filter((slot) => slot.day).length;
  return (
    <section className="card" aria-labelledby="days-title">
      <header className="card-head"><h2 id="days-title">{t("Last 30 days")}</h2>{days.data && <><span className="faint">{t("active on {n} {n|day|days}", { n: active })} · <span className="days-legend"><i aria-hidden="true" /> {t("silent on {n}", { n: daysShown - active })}</span></span><CsvButton name={["days", id, days.data.to]} table={() => asTable(slots)} /></>}</header>
      {days.error && !days.data ? <Trouble error={days.error} again={() => void days.refetch()} />
        : !days.data ? <Waiting lines={6} />
        : <>
            <div className="days" onMouseLeave={() => setChosen(null)}>
              {series.map((each) => <Strip key={each.kind} {...each} slots={slots} chosen={chosen} choose={setChosen} />)}
              <Axis slots={slots} />
            </div>
            <DayFacts slot={slots[chosen ?? slots.length - 1]!} uncounted={uncounted && (chosen ?? slots.length - 1) === slots.length - 1} />
            <DaysTable slots={slots} />
          </>}
    </section>
  );
}

interface StripProps {
  kind: string; label: string; value: (day: DailyMetricsRow) => number; slots: readonly Slot[]; chosen: number | null; choose: (index: number) => void;
}

const stripHeight = 50, barWidth = 7, pitch = 11;

function Strip({ kind, label, value, slots, chosen, choose }: StripProps) {
  return (
    <div className="strip" data-kind={kind}>
      <span className="strip-label">{translate(label)}</span>
      <svg viewBox={`0 0 ${daysShown * pitch} ${stripHeight}`} preserveAspectRatio="none" aria-hidden="true">
        <line className="grid" x1="0" x2={daysShown * pitch} y1={stripHeight / 2} y2={stripHeight / 2} />
        <line className="base" x1="0" x2={daysShown * pitch} y1={stripHeight - 0.5} y2={stripHeight - 0.5} />
        {slots.map(({ date, day }, index) => {
          const height = day ? Math.max(1.5, (value(day) / 100) * (stripHeight - 2)) : 0;
          return (
            <g key={date} className="slot" data-chosen={chosen === index} onMouseEnter={() => choose(index)} onClick={() => choose(index)}>
              {!day && <rect className="quiet-day" x={index * pitch + 0.75} y="0" width={pitch - 1.5} height={stripHeight} />}
              <rect className="hit" x={index * pitch} y="0" width={pitch} height={stripHeight} />
              {day
                ? <rect className="bar" x={index * pitch + 2} y={stripHeight - height} width={barWidth} height={height} rx="1" />
                : <rect className="silent" x={index * pitch + 3.5} y={stripHeight - 3} width={4} height={2} rx="1" />}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const Axis = ({ slots }: { slots: readonly Slot[] }) => (
  <div className="axis faint" aria-hidden="true">
    {[0, 7, 14, 21, daysShown - 1].map((index) => <span key={index} style={{ left: `${((index + 0.5) / daysShown) * 100}%` }}>{shortDay(slots[index]!.date)}</span>)}
  </div>
);

function DayFacts({ slot: { date, day }, uncounted }: { slot: Slot; uncounted: boolean }) {
  if (!day) return <p className="day-facts"><strong>{weekday(date)}</strong> <span className="faint">{t(uncounted ? "active; the day is still being counted" : "silent: no learner activity")}</span></p>;
  const facts: [number, string][] = [
    [day.sessionsCount, text("{n} {n|session|sessions}")], [Math.round(day.totalSessionMinutes), text("{n} {n|minute|minutes}")], [day.pagesViewed, text("{n} {n|page|pages}")],
    [day.featuresUsed, text("{n} {n|feature|features}")], [day.lessonsCompleted, text("{n} {n|lesson|lessons}")], [day.assessmentsTaken, text("{n} {n|assessment|assessments}")],
    [day.modulesCompleted, text("{n} {n|module|modules}")], [day.forumPosts + day.commentsMade + day.questionsAsked + day.answersGiven, text("{n} {n|contribution|contributions}")],
  ];
  const indicators = day.riskIndicators.map(indicatorName);
  return (
    <p className="day-facts">
      <strong>{weekday(date)}</strong>
      {facts.filter(([n]) => n > 0).map(([n, what]) => <span key={what}>{translate(what, { n })}</span>)}
      {day.assessmentAvgScore !== null && <span>{rich("score {n}", { n: <b>{number(day.assessmentAvgScore)}</b> })}</span>}
      {indicators.length > 0 && <span className="faint">{indicators.join(t(", "))}</span>}
    </p>
  );
}

const figures: readonly (readonly [string, (day: DailyMetricsRow) => number | null])[] = [
  ...series.map(({ label, value }) => [label, value] as const),
  [text("Sessions"), (day) => day.sessionsCount], [text("Minutes"), (day) => day.totalSessionMinutes], [text("Pages viewed"), (day) => day.pagesViewed], [text("Features used"), (day) => day.featuresUsed],
  [text("Lessons completed"), (day) => day.lessonsCompleted], [text("Assessments taken"), (day) => day.assessmentsTaken], [text("Mean assessment score"), (day) => day.assessmentAvgScore],
  [text("Modules completed"), (day) => day.modulesCompleted], [text("Forum posts"), (day) => day.forumPosts], [text("Comments"), (day) => day.commentsMade], [text("Questions"), (day) => day.questionsAsked], [text("Answers"), (day) => day.answersGiven],
];

/** A silent day is a line without figures. */
const asTable = (slots: readonly Slot[]) => ({
  columns: [t("Day"), ...figures.map(([label]) => translate(label)), t("Risk indicators")].map((label) => ({ label })),
  rows: slots.map(({ date, day }) => [date, ...figures.map(([, value]) => day && value(day)), day && day.riskIndicators.map(indicatorName).join("; ")]),
});

/** The same picture for those who do not see it. */
const DaysTable = ({ slots }: { slots: readonly Slot[] }) => (
  <div className="sr-only">
    <table>
      <caption>{t("Daily scores of the last 30 days")}</caption>
      <thead><tr><th scope="col">{t("Day")}</th>{series.map(({ kind, label }) => <th key={kind} scope="col">{translate(label)}</th>)}</tr></thead>
      <tbody>
        {slots.map(({ date, day }) => (
          <tr key={date}><th scope="row">{weekday(date)}</th>{series.map(({ kind, value }) => <td key={kind}>{day ? value(day) : t("silent")}</td>)}</tr>
        ))}
      </tbody>
    </table>
  </div>
);
