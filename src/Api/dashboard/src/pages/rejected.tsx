import { api } from "../api/client";
import { useRejected } from "../api/queries";
import type { RejectedRow } from "../api/schema";
import { rich, t } from "../language";
import { CsvOfAll } from "../parts/CsvOfAll";
import { Person } from "../parts/Person";
import { MoreLines, Nothing, Trouble, Waiting } from "../parts/States";
import { Ago } from "../parts/Time";
import { useTitle } from "../title";
import { refusals } from "../words";

const pageRows = 50;

export function RejectedPage() {
  useTitle(t("Rejected events"));
  const rejected = useRejected(pageRows);
  const rows = rejected.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card" aria-labelledby="rejected-title">
      <header className="card-head"><h1 id="rejected-title">{t("Rejected events")}</h1><CsvOfAll name={["rejected"]} disabled={rows.length === 0} page={(cursor, limit) => api.rejected(limit, cursor)} table={asTable} /></header>
      <p className="lead">{t("Events that could not be taken, newest first, so that nothing is lost without being seen. Correct the sender; the rest of its batch was taken.")}</p>
      {rejected.error && !rejected.data ? <Trouble error={rejected.error} again={() => void rejected.refetch()} />
        : !rejected.data ? <Waiting lines={8} />
        : rows.length === 0 ? <Nothing why={t("No event was rejected.")}>{t("When one cannot be read, it shows here with the reason and what to do.")}</Nothing>
        : <ol className="rejections">{rows.map((row) => <Rejection key={row.id} row={row} />)}</ol>}
      <MoreLines list={rejected} label={t("Earlier")} />
    </section>
  );
}

const asTable = (rows: readonly RejectedRow[]) => ({
  columns: [t("Received"), t("Code"), t("Why"), t("Message"), t("Message id"), t("Customer id"), t("The event as it came")].map((label) => ({ label })),
  rows: rows.map(({ receivedAt, code, message, messageId, customerId, body }) => [receivedAt, code, refusals[code]?.why ?? null, message, messageId, customerId, body]),
});

function Rejection({ row }: { row: RejectedRow }) {
  const words = refusals[row.code];
  return (
    <li className="rejection">
      <p className="line"><b>{words?.why ?? row.message}</b><Ago at={row.receivedAt} /></p>
      {words && <p className="muted">{words.next}</p>}
      <details>
        <summary>
          <code>{row.code}</code>
          {row.messageId && <span className="faint">{rich("message {id}", { id: <bdi>{row.messageId}</bdi> })}</span>}
        </summary>
        <p className="muted" dir="auto">{row.message}</p>
        {row.customerId && <p>{rich("Of {customer}", { customer: <Person id={row.customerId} /> })}</p>}
        {row.body && <pre className="snippet" tabIndex={0} aria-label={t("The event as it came")}><code>{row.body}</code></pre>}
      </details>
    </li>
  );
}
