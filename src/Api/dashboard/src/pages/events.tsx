import { useMutation, useQueryClient } from "@tanstack/react-query";
import { activityName, activityNames } from "../activities";
import { api } from "../api/client";
import type { DecidedBy, EventFilter, EventShow } from "../api/events";
import { keys, useEvents } from "../api/queries";
import type { EventEntry } from "../api/schema";
import { compact, dateTime, exact, number } from "../format";
import { rich, t, translated } from "../language";
import { CsvOfAll } from "../parts/CsvOfAll";
import { SearchBox } from "../parts/SearchBox";
import { MoreLines, Nothing, Trouble, Waiting } from "../parts/States";
import { Ago } from "../parts/Time";
import { navigate, useSearch } from "../router";
import { useTitle } from "../title";

const shows: Record<EventShow, string> = translated({
  all: "All names", unknown: "Unknown only", suggested: "Close to a known name", changed: "Changed by a person",
});

export function filterOf(search: string): EventFilter {
  const set = new URLSearchParams(search);
  const show = set.get("show");
  return { show: show && show !== "all" && Object.hasOwn(shows, show) ? (show as EventShow) : undefined, q: set.get("q") || undefined };
}

function addressOf({ show, q }: EventFilter): string {
  const set = new URLSearchParams({ ...(show && show !== "all" ? { show } : {}), ...(q ? { q } : {}) });
  return set.size > 0 ? `/events?${set}` : "/events";
}

export function EventsPage({ isAdmin }: { isAdmin: boolean }) {
  useTitle(t("Event names"));
  const filter = filterOf(useSearch());
  const events = useEvents(filter);
  const lines = events.data?.pages.flatMap((page) => page.items) ?? [];
  const others = events.data?.pages[0]?.others;
  const change = (part: EventFilter) => navigate(addressOf({ ...filter, ...part }), "replace");
  return (
    <section className="card" aria-labelledby="events-title">
      <header className="card-head"><h1 id="events-title">{t("Event names")}</h1><CsvOfAll name={["events"]} disabled={lines.length === 0} page={(cursor, limit) => api.events(filter, cursor, undefined, limit)} table={asTable} /></header>
      <p className="lead">{isAdmin
        ? t("Every event name that was sent, and what it counts as. An unknown name counts as a learner activity of no kind; map it to the activity it means, or take it out. A change counts for events that come from then on.")
        : t("Every event name that was sent, and what it counts as. An unknown name counts as a learner activity of no kind; an admin can map it to the activity it means, or take it out. A change counts for events that come from then on.")}</p>
      <div className="filters" role="search">
        <SearchBox label={t("Search event names")} placeholder={t("Part of a name")} value={filter.q ?? ""} change={(q) => change({ q: q || undefined })} />
        <select aria-label={t("Which names")} value={filter.show ?? "all"} onChange={(event) => change({ show: event.target.value as EventShow })}>
          {Object.entries(shows).map(([show, label]) => <option key={show} value={show}>{label}</option>)}
        </select>
        {(filter.q || filter.show) && <button type="button" className="quiet" onClick={() => navigate("/events", "replace")}>{t("Clear")}</button>}
      </div>
      {events.error && !events.data ? <Trouble error={events.error} again={() => void events.refetch()} />
        : events.isPending ? <Waiting lines={8} />
        : lines.length === 0 ? <NoNames filter={filter} />
        : <Table lines={lines} isAdmin={isAdmin} stale={events.isPlaceholderData} />}
      <p className="sr-only" role="status">{events.isPending ? "" : t("{n} event {n|name|names} shown", { n: lines.length })}</p>
      <MoreLines list={events} label={t("More names")} />
      {others && <p className="faint after-lines">{t("{n} further {n|event|events} had names that came when the list was full; they count like every unknown name.", { n: others.count })}</p>}
    </section>
  );
}

function NoNames({ filter }: { filter: EventFilter }) {
  if (filter.q) return <Nothing why={t("No event name has this in it.")}>{t("Capitals, spaces, “_” and “-” do not matter; a part of the name is enough.")}</Nothing>;
  if (filter.show === "unknown") return <Nothing why={t("Every name that was sent is known.")}>{t("There is nothing to do here.")}</Nothing>;
  if (filter.show === "suggested") return <Nothing why={t("No unknown name is close to a known one.")}>{t("Names that mean nothing here can still be mapped by hand: look at the unknown ones.")}</Nothing>;
  if (filter.show === "changed") return <Nothing why={t("Nobody has mapped a name or taken one out.")}>{t("Choose under “Counts as” what a name means.")}</Nothing>;
  return <Nothing why={t("No event has come yet.")}>{t("Names show here with the first track call. The overview has a snippet to send one.")}</Nothing>;
}

const Table = ({ lines, isAdmin, stale }: { lines: readonly EventEntry[]; isAdmin: boolean; stale: boolean }) => (
  <table className="lines events" data-stale={stale}>
    <thead><tr><th scope="col">{t("Event name")}</th><th scope="col" className="amount">{t("Count")}</th><th scope="col">{t("Last seen")}</th><th scope="col">{t("Counts as")}</th><th scope="col">{t("Learner activity")}</th><th scope="col">{t("Decided by")}</th></tr></thead>
    <tbody>{lines.map((line) => <Row key={line.name} line={line} isAdmin={isAdmin} />)}</tbody>
  </table>
);

const asTable = (lines: readonly EventEntry[]) => ({
  columns: [
    t("Event name"), t("Count"), t("First seen"), t("Last seen"), t("Activity code"), t("Counts as"), t("Learner activity"), t("Decided by"), t("Close to"), t("Changed"), t("Changed by"),
  ].map((label) => ({ label })),
  rows: lines.map((line) => [
    line.name, line.count, line.firstSeenAt, line.lastSeenAt, line.activity, activityName(line.activity), yesNo(line.learnerActivity),
    deciders[line.decidedBy]?.label ?? line.decidedBy, line.suggestion?.name ?? null, line.changedAt, line.changedBy,
  ]),
});

const yesNo = (is: boolean) => t(is ? "Yes" : "No");

const deciders: Record<DecidedBy, { label: string; title: string }> = translated({
  table: { label: "Known name", title: "One of the product’s own event names." },
  rule: { label: "First word", title: "Names that begin with Email, Push, Invoice, Subscription and the like are what others do to a learner." },
  unknown: { label: "Unknown", title: "No known name: it counts as a learner activity of no kind." },
  operator: { label: "A person", title: "Somebody has decided it." },
});

function Row({ line, isAdmin }: { line: EventEntry; isAdmin: boolean }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (activity: string | null) => (activity === null ? api.unmapEvent(line.name) : api.mapEvent(line.name, activity)),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.events }),
  });
  const { suggestion } = line;
  const decider = deciders[line.decidedBy] ?? { label: line.decidedBy, title: "" };
  return (
    <tr data-event={line.name} data-decided-by={line.decidedBy}>
      <th scope="row" className="event-cell">
        <bdi title={line.name}>{line.name}</bdi>
        {suggestion && (
          <small className="suggestion">{rich("Close to “{name}”.", { name: suggestion.name })}{isAdmin && <button type="button" className="small" disabled={change.isPending} onClick={() => change.mutate(suggestion.activity)}>{t("Map to {activity}", { activity: activityName(suggestion.activity).toLowerCase() })}</button>}</small>
        )}
        {change.error && <small className="error" role="alert">{change.error.message}</small>}
      </th>
      <td className="amount" data-label={t("Count")}><span title={number(line.count)}>{compact(line.count)}</span></td>
      <td data-label={t("Last seen")} className="quiet-cell"><Ago at={line.lastSeenAt} /></td>
      <td data-label={t("Counts as")} className="choice-cell">{isAdmin ? <Choice line={line} busy={change.isPending} choose={(activity) => change.mutate(activity)} /> : activityName(line.activity)}</td>
      <td data-label={t("Learner activity")}><span className="yes-no" data-yes={line.learnerActivity}>{yesNo(line.learnerActivity)}</span></td>
      <td data-label={t("Decided by")} className="quiet-cell">
        {line.decidedBy === "operator"
          ? <span title={line.changedAt ? `${dateTime(line.changedAt)} · ${exact(line.changedAt)}` : undefined}><bdi>{line.changedBy ?? t("A person")}</bdi>{isAdmin && <button type="button" className="small" disabled={change.isPending} onClick={() => change.mutate(null)}>{t("Take back")}</button>}</span>
          : <span title={decider.title}>{decider.label}</span>}
      </td>
    </tr>
  );
}

/** A known name has its activity already: it is shown, and can be changed like any other. */
const Choice = ({ line, busy, choose }: { line: EventEntry; busy: boolean; choose: (activity: string) => void }) => (
  <select aria-label={t("What {event} counts as", { event: line.name })} value={line.activity} disabled={busy} onChange={(event) => choose(event.target.value)}>
    {!Object.hasOwn(activityNames, line.activity) && <option value={line.activity}>{activityName(line.activity)}</option>}
    {Object.entries(activityNames).map(([activity, label]) => <option key={activity} value={activity}>{label}</option>)}
  </select>
);
