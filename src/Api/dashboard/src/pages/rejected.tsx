import { useRejected } from "../api/queries";
import type { RejectedRow } from "../api/schema";
import { Person } from "../parts/Person";
import { MoreLines, Nothing, Trouble, Waiting } from "../parts/States";
import { Ago } from "../parts/Time";
import { useTitle } from "../title";
import { refusals } from "../words";

const pageRows = 50;

export function RejectedPage() {
  useTitle("Rejected events");
  const rejected = useRejected(pageRows);
  const rows = rejected.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="rejected-title">
      <header className="card-head"><h1 id="rejected-title">Rejected events</h1></header>
      <p className="lead">Events that could not be taken, newest first, so that nothing is lost without being seen. Correct the sender; the rest of its batch was taken.</p>
      {rejected.error && !rejected.data ? <Trouble error={rejected.error} again={() => void rejected.refetch()} />
        : !rejected.data ? <Waiting lines={8} />
        : rows.length === 0 ? <Nothing why="No event was rejected.">When one cannot be read, it shows here with the reason and what to do.</Nothing>
        : <ol className="rejections">{rows.map((row) => <Rejection key={row.id} row={row} />)}</ol>}
      <MoreLines list={rejected} label="Earlier" />
    </section>
  );
}

function Rejection({ row }: { row: RejectedRow }) {
  const words = refusals[row.code];
  return (
    <li className="rejection">
      <p className="line"><b>{words?.why ?? row.message}</b><Ago at={row.receivedAt} /></p>
      {words && <p className="muted">{words.next}</p>}
      <details>
        <summary>
          <code>{row.code}</code>
          {row.messageId && <span className="faint">message <bdi>{row.messageId}</bdi></span>}
        </summary>
        <p className="muted" dir="auto">{row.message}</p>
        {row.customerId && <p>Of <Person id={row.customerId} /></p>}
        {row.body && <pre className="snippet" tabIndex={0} aria-label="The event as it came"><code>{row.body}</code></pre>}
      </details>
    </li>
  );
}
