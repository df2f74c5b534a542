import type { ReactNode } from "react";
import { areSettled, useBatches, useFlags, useNodes, useRules } from "../api/queries";
import type { BatchRow, NodeRow } from "../api/schema";
import { count, percent, sentence, things } from "../format";
import { CardsCard } from "../parts/Cards";
import { KeysCard } from "../parts/Keys";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { Switches } from "../parts/Switches";
import { Ago, At } from "../parts/Time";
import { Link } from "../router";
import { useTitle } from "../title";

const batchesShown = 10;

export function OperationsPage({ isAdmin }: { isAdmin: boolean }) {
  useTitle("Operations");
  if (!areSettled(useNodes(), useRules(), useFlags(), useBatches(batchesShown)))
    return <div className="operations"><h1>Operations</h1><div className="card"><Waiting lines={12} /></div></div>;
  return (
    <div className="operations">
      <h1>Operations</h1>
      <div className="columns">
        <div className="stack"><NodesCard /><RulesCard /></div>
        <FlagsCard isAdmin={isAdmin} />
      </div>
      <BatchesCard />
      {isAdmin && <KeysCard />}
      {isAdmin && <CardsCard />}
    </div>
  );
}

interface Asked<T> { data: T | undefined; error: Error | null; refetch: () => unknown }

function Card<T>({ id, title, asked, children }: { id: string; title: string; asked: Asked<T>; children: (data: T) => ReactNode }) {
  return (
    <section className="card" aria-labelledby={id}>
      <header className="card-head"><h2 id={id}>{title}</h2></header>
      {asked.error && !asked.data ? <Trouble error={asked.error} again={() => void asked.refetch()} /> : asked.data ? children(asked.data) : <Waiting lines={3} />}
    </section>
  );
}

const phases: Record<NodeRow["phase"], string> = {
  starting: "Starting: it takes no requests yet.",
  serving: "Serving.",
  draining: "Draining: it finishes what it has and takes nothing new.",
  stopping: "Stopping.",
  lost: "Lost: no report for 15 seconds. Others have taken over its customers.",
};

const NodesCard = () => (
  <Card id="nodes-title" title="Servers" asked={useNodes()}>
    {({ items }) => items.length === 0 ? <Nothing why="No server has reported yet.">One that serves is listed within seconds.</Nothing> : (
      <ul className="rows">
        {items.map((node) => (
          <li key={node.id}>
            <p className="line"><b className="cut" title={node.id}>{node.id}</b><span className="pill" data-phase={node.phase}>{node.phase}</span></p>
            <p className="muted">{phases[node.phase]} Version {node.version}, started <Ago at={node.startedAt} />, last report <Ago at={node.lastSeenAt} />.</p>
          </li>
        ))}
      </ul>
    )}
  </Card>
);

const RulesCard = () => (
  <Card id="rules-title" title="Rules" asked={useRules()}>
    {(set) => (
      <>
        <p className="muted">Version {set.version} of the rules, with {things(set.rules.filter((rule) => rule.active).length, "active rule")}, published by <bdi>{set.author}</bdi> on <At at={set.publishedAt} />. <Link href="/rules">Look at the rules</Link></p>
        {set.comment && <p dir="auto" className="faint break">{set.comment}</p>}
      </>
    )}
  </Card>
);

const FlagsCard = ({ isAdmin }: { isAdmin: boolean }) => (
  <Card id="flags-title" title="Flags" asked={useFlags()}>{({ items }) => <Switches flags={items} isAdmin={isAdmin} />}</Card>
);

const BatchesCard = () => (
  <Card id="batches-title" title="Evaluations of everybody" asked={useBatches(batchesShown)}>
    {({ items }) => items.length === 0 ? <Nothing why="Nobody was evaluated as a whole yet.">It happens at every business midnight, and when somebody asks for it.</Nothing>
      : <ul className="rows batches">{items.map((batch) => <Batch key={batch.id} batch={batch} />)}</ul>}
  </Card>
);

const scopes: Record<BatchRow["scope"], string> = {
  daily: "Daily evaluation", requested: "Requested evaluation", tag: "Requested evaluation of a tag", customers: "Requested evaluation of a list", rules: "Evaluation by new rules", flags: "Evaluation after a flag was changed", bulk: "Change of some customers at once",
};

const Batch = ({ batch }: { batch: BatchRow }) => (
  <li>
    <p className="line">
      <b title={batch.id}>{scopes[batch.scope] ?? sentence(batch.scope)}</b>
      <span className="muted">started <Ago at={batch.startedAt} /></span>
      <span className="pill" data-on={batch.finishedAt !== null}>{batch.finishedAt ? "finished" : `${percent(batch.evaluated, batch.total)} done`}</span>
    </p>
    <p className="muted">{count(batch.evaluated)} of {things(batch.total, "customer")} evaluated: {things(batch.transitions, "move")}, {things(batch.reviews, "review")}{batch.errors > 0 && <>, <b className="error">{things(batch.errors, "error")}</b>: the log names them</>}.</p>
  </li>
);
