import { useEffect, useRef, useState } from "react";
import type { FollowerRow, NodeLoadRow, OperationsNow } from "../api/schema";
import { minutesTable, behind, fill, followers, followersTable, fullest, furthest, inQueue, isLate, nodesTable, phases, queueName, queuesTable, rate, waiting, bytes } from "../operations";
import { count, percentOf } from "../format";
import { rich, t } from "../language";
import { CsvButton } from "./CsvButton";
import { Figures } from "./Figures";
import { Sparkline } from "./Measures";
import { Nothing } from "./States";
import { WallAgo } from "./Time";

const keptMax = 120;

/** What a figure was while the page was looked at: the server keeps an hour of what it takes in, and nothing of lags. */
function useSeen(value: number, at: string): readonly number[] {
  const seen = useRef<number[]>([]);
  const [, draw] = useState(0);
  useEffect(() => {
    seen.current = [...seen.current.slice(1 - keptMax), value];
    draw((n) => n + 1);
  }, [value, at]);
  return seen.current;
}

function Figure({ title, value, note, spark, kind, late = false }: { title: string; value: string; note: string; spark: readonly number[]; kind: string; late?: boolean }) {
  return (
    <div className="card figure">
      <dt className="figure-title">{title}</dt>
      <dd className="figure-value" data-late={late}>{value}</dd>
      <dd className="figure-spark" data-tag={kind}><Sparkline values={spark} kind="tag" /></dd>
      <dd className="figure-note">{note}</dd>
    </div>
  );
}

export function LoadFigures({ of }: { of: OperationsNow }) {
  const { perSecond, minutes } = of;
  const most = fullest(of.nodes);
  const last = furthest(of.followers);
  const lags = useSeen(last?.seconds ?? 0, of.asOf);
  return (
    <dl className="cards" aria-label={t("Load")}>
      <Figure title={t("Accepted per second")} value={rate(perSecond.accepted)} spark={minutes.map((minute) => minute.accepted)} kind="ST_002" note={t("the last minute; {n} duplicates per second beside", { n: rate(perSecond.duplicates) })} />
      <Figure title={t("Rejected per second")} value={rate(perSecond.rejected)} spark={minutes.map((minute) => minute.rejected + minute.refused)} kind="ST_004" note={t("and {n} requests per second refused as a whole", { n: rate(perSecond.refused) })} />
      <Figure title={t("Fullest queue")} value={most ? percentOf(Math.round(fill(most.queue))) : "–"} spark={minutes.map((minute) => minute.fullestQueue)} kind="ST_001" note={most ? t("{queue}: {n} of {max}", { queue: queueName(most.queue.name), n: inQueue(most.queue), max: inQueue({ ...most.queue, depth: most.queue.max }) }) : t("No server reports.")} late={!!most && fill(most.queue) >= 80} />
      <Figure title={t("Furthest behind")} value={last ? behind(last.seconds) : "–"} spark={lags} kind="ST_005" note={last && last.seconds >= 1 ? followers[last.name].name : t("Everything has caught up.")} late={!!last && isLate(last)} />
    </dl>
  );
}

/** Who gives no figures: their share is missing in every sum. */
export const Silent = ({ of }: { of: OperationsNow }) =>
  of.silent.length > 0 && <p className="trouble" role="alert">{t("No figures from {servers}: they are lost, still starting, or of the version before. What they take in is missing here.", { servers: of.silent.join(t(", ")) })}</p>;

export const Nodes = ({ of: { nodes, minutes } }: { of: OperationsNow }) => (
  <section className="card" aria-labelledby="nodes-title">
    <header className="card-head"><h2 id="nodes-title">{t("Servers")}</h2><CsvButton name={["servers"]} table={() => nodesTable(nodes)} disabled={nodes.length === 0} /></header>
    {nodes.length === 0 ? <Nothing why={t("No server has reported yet.")}>{t("One that serves is listed within seconds.")}</Nothing> : (
      <div className="figures-scroll wide" role="group" aria-labelledby="nodes-title" tabIndex={0}>
        <table className="matrix nodes">
          <thead><tr><th scope="col">{t("Server")}</th><th scope="col">{t("State")}</th><th scope="col">{t("Accepted per second")}</th><th scope="col">{t("Rejected per second")}</th><th scope="col">{t("Live feed behind")}</th><th scope="col">{t("Customers in memory")}</th><th scope="col">{t("Memory")}</th></tr></thead>
          <tbody>{nodes.map((node) => <Node key={node.id} node={node} />)}</tbody>
        </table>
      </div>
    )}
    <div className="line last-hour"><h3>{t("The last hour, minute by minute")}</h3><CsvButton name={["load"]} table={() => minutesTable(minutes)} /></div>
    <Figures title={t("The last hour, minute by minute")} table={minutesTable(minutes)} />
  </section>
);

const Node = ({ node }: { node: NodeLoadRow }) => (
  <tr data-node={node.id}>
    <th scope="row"><b title={node.id}>{node.id}</b><small className="matrix-by faint">{rich("version {version}, started {ago}", { version: node.version, ago: <WallAgo at={node.startedAt} /> })}</small></th>
    <td><span className="pill" data-phase={node.phase} title={phases[node.phase].what}>{phases[node.phase].name}</span><small className="matrix-by faint"><WallAgo at={node.lastSeenAt} /></small></td>
    <td>{node.perSecond ? rate(node.perSecond.accepted) : "–"}</td>
    <td data-bad={(node.perSecond?.rejected ?? 0) > 0}>{node.perSecond ? rate(node.perSecond.rejected) : "–"}</td>
    <td>{node.feedSeconds === null ? "–" : behind(node.feedSeconds)}</td>
    <td>{node.customers === null ? "–" : count(node.customers)}</td>
    <td>{node.memoryBytes === null ? "–" : bytes(node.memoryBytes)}</td>
  </tr>
);

export function Queues({ nodes }: { nodes: readonly NodeLoadRow[] }) {
  const reporting = nodes.filter(({ queues }) => queues.length > 0);
  const names = [...new Set(reporting.flatMap(({ queues }) => queues.map(({ name }) => name)))];
  return (
    <section className="card" aria-labelledby="queues-title">
      <header className="card-head"><h2 id="queues-title">{t("Queues")}</h2><CsvButton name={["queues"]} table={() => queuesTable(nodes)} disabled={reporting.length === 0} /></header>
      <p className="lead">{t("Every queue has a bound. When one is full, senders are told to come again, and nothing is lost.")}</p>
      {reporting.length === 0 ? <Nothing why={t("No server reports.")} /> : (
        <div className="figures-scroll wide" role="group" aria-labelledby="queues-title" tabIndex={0}>
          <table className="matrix queues">
            <thead><tr><th scope="col">{t("Queue")}</th>{reporting.map(({ id }) => <th key={id} scope="col">{id}</th>)}<th scope="col">{t("Bound")}</th></tr></thead>
            <tbody>{names.map((name) => <Queue key={name} name={name} nodes={reporting} />)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Queue({ name, nodes }: { name: NodeLoadRow["queues"][number]["name"]; nodes: readonly NodeLoadRow[] }) {
  const of = (node: NodeLoadRow) => node.queues.find((queue) => queue.name === name);
  const bound = nodes.map(of).find((queue) => queue);
  return (
    <tr>
      <th scope="row">{queueName(name)}</th>
      {nodes.map((node) => {
        const queue = of(node);
        return (
          <td key={node.id} data-bad={!!queue && fill(queue) >= 80}>
            {queue ? inQueue(queue) : "–"}
            {queue && <span className="share-track" aria-hidden="true"><span className="bar-fill" data-late={fill(queue) >= 80} style={{ width: `${fill(queue)}%` }} /></span>}
          </td>
        );
      })}
      <td className="faint">{bound ? inQueue({ ...bound, depth: bound.max }) : "–"}</td>
    </tr>
  );
}

export const Followers = ({ rows }: { rows: readonly FollowerRow[] }) => (
  <section className="card" aria-labelledby="followers-title">
    <header className="card-head"><h2 id="followers-title">{t("How far behind")}</h2><CsvButton name={["lags"]} table={() => followersTable(rows)} /></header>
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.name} data-follower={row.name}>
          <p className="line"><b>{followers[row.name].name}</b><span className="pill" data-met={row.seconds < 1 ? true : isLate(row) ? false : undefined}>{behind(row.seconds)}</span></p>
          <p className="muted">{followers[row.name].what}{waiting(row) && <> · {waiting(row)}</>}</p>
        </li>
      ))}
    </ul>
  </section>
);

