import { useState } from "react";
import { useAssignTask, useCompleteTask, useTasks, type TaskFilter } from "../api/campaigns";
import type { TaskRow, WhoAmI } from "../api/schema";
import { pressing } from "../campaigns";
import { useNow } from "../clock";
import { plain, things } from "../format";
import { mayDecide } from "../may";
import { Person } from "../parts/Person";
import { MoreLines, Nothing, Trouble, Waiting } from "../parts/States";
import { Ago } from "../parts/Time";
import { useTitle } from "../title";

const teams = ["customer_success", "retention_specialist", "account_team"];

export function TasksPage({ session }: { session: WhoAmI }) {
  useTitle("Tasks");
  const [filter, setFilter] = useState<TaskFilter>({ status: "open" });
  const [said, setSaid] = useState("");
  const tasks = useTasks(filter);
  const rows = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const assignees = [...new Set([session.name, ...teams, ...rows.map(({ assignee }) => assignee)])];
  return (
    <section className="card" aria-labelledby="tasks-title">
      <header className="card-head"><h1 id="tasks-title">Tasks</h1></header>
      <p className="lead">What campaigns ask people to do, the most pressing first.</p>
      <div className="filters">
        <select aria-label="Which tasks" value={filter.status} onChange={(event) => setFilter({ ...filter, status: event.target.value as TaskFilter["status"] })}>
          <option value="open">Open</option><option value="done">Done</option>
        </select>
        <select aria-label="Whose tasks" value={filter.assignee ?? ""} onChange={(event) => setFilter({ ...filter, assignee: event.target.value || undefined })}>
          <option value="">Everybody’s</option>
          {assignees.map((each) => <option key={each} value={each}>{each === session.name ? `Mine (${each})` : plain(each)}</option>)}
        </select>
      </div>
      <p className="sr-only" role="status">{said}</p>
      {tasks.error && !tasks.data ? <Trouble error={tasks.error} again={() => void tasks.refetch()} />
        : !tasks.data ? <Waiting lines={8} />
        : rows.length === 0 ? <Nothing why={filter.status === "open" ? "No task waits." : "No task has been done."}>{filter.status === "open" && "A task comes when a paying learner slips or needs to be won back."}</Nothing>
        : <ul className="rows tasks" data-stale={tasks.isPlaceholderData}>{rows.map((task) => <Task key={task.id} task={task} me={session.name} may={mayDecide(session)} say={setSaid} />)}</ul>}
      <MoreLines list={tasks} label="More tasks" />
      {rows.length > 0 && <p className="sr-only">{things(rows.length, "task")} shown</p>}
    </section>
  );
}

const pressingWords = { overdue: "overdue", soon: "due within a day" } as const;

function Task({ task, me, may, say }: { task: TaskRow; me: string; may: boolean; say: (text: string) => void }) {
  const [completing, setCompleting] = useState(false);
  const [note, setNote] = useState("");
  const [complete, assign] = [useCompleteTask(), useAssignTask()];
  const how = task.completedAt ? null : pressing(task.dueAt, useNow());
  const error = complete.error ?? assign.error;
  return (
    <li className="task" data-task={task.id} data-pressing={how ?? undefined}>
      <span className="line"><b className="task-title" dir="auto">{task.task}</b>{how && <span className={how === "overdue" ? "pill bad" : "pill warn"}>{pressingWords[how]}</span>}{task.priority !== "normal" && <span className="pill" data-priority={task.priority}>{task.priority}</span>}</span>
      <span className="line muted task-facts">
        <Person id={task.customerId} />
        <span>with {task.assignee === me ? "you" : <bdi>{plain(task.assignee)}</bdi>}</span>
        {task.completedAt ? <span>done <Ago at={task.completedAt} /> by <bdi>{task.completedBy}</bdi></span> : task.dueAt ? <span>due <Ago at={task.dueAt} /></span> : <span>since <Ago at={task.createdAt} /></span>}
      </span>
      {task.detail && <details className="task-detail"><summary>What is known</summary><p className="message-text" dir="auto">{task.detail}</p></details>}
      {task.note && <p className="note-text" dir="auto">{task.note}</p>}
      {error && <p className="problem" role="alert">{error.message}</p>}
      {may && !task.completedAt && (completing ? (
        <form className="line acts" onSubmit={(event) => { event.preventDefault(); complete.mutate({ id: task.id, note: note.trim() || undefined }, { onSuccess: () => say(`Done: ${task.task}`) }); }}>
          <input autoFocus aria-label={`What came of it: ${task.task}`} placeholder="What came of it (may stay empty)" maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
          <button type="submit" className="small primary" disabled={complete.isPending}>Complete</button>
          <button type="button" className="small quiet" onClick={() => setCompleting(false)}>Not yet</button>
        </form>
      ) : (
        <span className="line acts">
          <button type="button" className="small" aria-label={`Complete: ${task.task}`} onClick={() => setCompleting(true)}>Complete …</button>
          {task.assignee !== me && <button type="button" className="small quiet" disabled={assign.isPending} aria-label={`Take over: ${task.task}`} onClick={() => assign.mutate({ id: task.id, assignee: me })}>Take over</button>}
        </span>
      ))}
    </li>
  );
}
