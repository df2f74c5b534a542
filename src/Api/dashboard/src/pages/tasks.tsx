import { useState } from "react";
import { api } from "../api/client";
import { useAssignTask, useCompleteTask, useTasks, type TaskFilter } from "../api/campaigns";
import type { TaskRow, WhoAmI } from "../api/schema";
import { pressing } from "../campaigns";
import { useNow } from "../clock";
import { plain } from "../format";
import { rich, t, translated } from "../language";
import { mayDecide } from "../may";
import { namesOf } from "../names";
import { CsvOfAll } from "../parts/CsvOfAll";
import { Person } from "../parts/Person";
import { MoreLines, Nothing, Trouble, Waiting } from "../parts/States";
import { Ago } from "../parts/Time";
import { navigate, tasksPath, useSearch } from "../router";
import { useTitle } from "../title";
import { priorityNames, teamNames } from "../words";

const teams = Object.keys(teamNames);
const assigneeName = (name: string) => teamNames[name] ?? plain(name);

export function TasksPage({ session }: { session: WhoAmI }) {
  useTitle(t("Tasks"));
  const asked = new URLSearchParams(useSearch());
  const filter: TaskFilter = { status: asked.get("status") === "done" ? "done" : "open", assignee: asked.get("assignee")?.slice(0, 200) || undefined };
  const setFilter = (to: TaskFilter) => navigate(tasksPath(to), "replace");
  const [said, setSaid] = useState("");
  const tasks = useTasks(filter);
  const rows = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const assignees = [...new Set([session.name, ...teams, ...(filter.assignee ? [filter.assignee] : []), ...rows.map(({ assignee }) => assignee)])];
  return (
    <section className="card" aria-labelledby="tasks-title">
      <header className="card-head"><h1 id="tasks-title">{t("Tasks")}</h1><CsvOfAll name={["tasks", filter.status]} disabled={rows.length === 0} page={(cursor, limit) => api.tasks(filter, cursor, undefined, limit)} table={asTable} /></header>
      <p className="lead">{t("What campaigns ask people to do, the most pressing first.")}</p>
      <div className="filters">
        <select aria-label={t("Which tasks")} value={filter.status} onChange={(event) => setFilter({ ...filter, status: event.target.value as TaskFilter["status"] })}>
          <option value="open">{t("Open")}</option><option value="done">{t("Done")}</option>
        </select>
        <select aria-label={t("Whose tasks")} value={filter.assignee ?? ""} onChange={(event) => setFilter({ ...filter, assignee: event.target.value || undefined })}>
          <option value="">{t("Everybody’s")}</option>
          {assignees.map((each) => <option key={each} value={each}>{each === session.name ? t("Mine ({name})", { name: each }) : assigneeName(each)}</option>)}
        </select>
      </div>
      <p className="sr-only" role="status">{said}</p>
      {tasks.error && !tasks.data ? <Trouble error={tasks.error} again={() => void tasks.refetch()} />
        : !tasks.data ? <Waiting lines={8} />
        : rows.length === 0 ? <Nothing why={t(filter.status === "open" ? "No task waits." : "No task has been done.")}>{filter.status === "open" && t("A task comes when a paying learner slips or needs to be won back.")}</Nothing>
        : <ul className="rows tasks" data-stale={tasks.isPlaceholderData}>{rows.map((task) => <Task key={task.id} task={task} me={session.name} may={mayDecide(session)} say={setSaid} />)}</ul>}
      <MoreLines list={tasks} label={t("More tasks")} />
      {rows.length > 0 && <p className="sr-only">{t("{n} {n|task|tasks} shown", { n: rows.length })}</p>}
    </section>
  );
}

async function asTable(rows: readonly TaskRow[]) {
  const names = await namesOf(rows.map(({ customerId }) => customerId));
  return {
    columns: [
      t("Task id"), t("Task"), t("Customer id"), t("Name"), t("Assignee"), t("Priority"), t("Created"), t("Due"), t("Completed"), t("Completed by"), t("Note"), t("What is known"),
    ].map((label) => ({ label })),
    rows: rows.map(({ id, task, customerId, assignee, priority, createdAt, dueAt, completedAt, completedBy, note, detail }) =>
      [id, task, customerId, names.get(customerId) ?? null, assigneeName(assignee), priorityNames[priority] ?? priority, createdAt, dueAt, completedAt, completedBy, note, detail]),
  };
}

const pressingWords = translated({ overdue: "overdue", soon: "due within a day" });

function Task({ task, me, may, say }: { task: TaskRow; me: string; may: boolean; say: (text: string) => void }) {
  const [completing, setCompleting] = useState(false);
  const [note, setNote] = useState("");
  const [complete, assign] = [useCompleteTask(), useAssignTask()];
  const now = useNow();
  const how = task.completedAt ? null : pressing(task.dueAt, now);
  const error = complete.error ?? assign.error;
  return (
    <li className="task" data-task={task.id} data-pressing={how ?? undefined}>
      <span className="line"><b className="task-title" dir="auto">{task.task}</b>{how && <span className={how === "overdue" ? "pill bad" : "pill warn"}>{pressingWords[how]}</span>}{task.priority !== "normal" && <span className="pill" data-priority={task.priority}>{priorityNames[task.priority] ?? task.priority}</span>}</span>
      <span className="line muted task-facts">
        <Person id={task.customerId} />
        <span>{task.assignee === me ? t("with you") : rich("with {who}", { who: <bdi>{assigneeName(task.assignee)}</bdi> })}</span>
        {task.completedAt ? <span>{rich("done {time} by {who}", { time: <Ago at={task.completedAt} />, who: <bdi>{task.completedBy}</bdi> })}</span> : task.dueAt ? <span>{rich("due {time}", { time: <Ago at={task.dueAt} /> })}</span> : <span>{rich("since {time}", { time: <Ago at={task.createdAt} /> })}</span>}
      </span>
      {task.detail && <details className="task-detail"><summary>{t("What is known")}</summary><p className="message-text" dir="auto">{task.detail}</p></details>}
      {task.note && <p className="note-text" dir="auto">{task.note}</p>}
      {error && <p className="problem" role="alert">{error.message}</p>}
      {may && !task.completedAt && (completing ? (
        <form className="line acts" onSubmit={(event) => { event.preventDefault(); complete.mutate({ id: task.id, note: note.trim() || undefined }, { onSuccess: () => say(t("Done: {task}", { task: task.task })) }); }}>
          <input autoFocus aria-label={t("What came of it: {task}", { task: task.task })} placeholder={t("What came of it (may stay empty)")} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
          <button type="submit" className="small primary" disabled={complete.isPending}>{t("Complete")}</button>
          <button type="button" className="small quiet" onClick={() => setCompleting(false)}>{t("Not yet")}</button>
        </form>
      ) : (
        <span className="line acts">
          <button type="button" className="small" aria-label={t("Complete: {task}", { task: task.task })} onClick={() => setCompleting(true)}>{t("Complete …")}</button>
          {task.assignee !== me && <button type="button" className="small quiet" disabled={assign.isPending} aria-label={t("Take over: {task}", { task: task.task })} onClick={() => assign.mutate({ id: task.id, assignee: me })}>{t("Take over")}</button>}
        </span>
      ))}
    </li>
  );
}
