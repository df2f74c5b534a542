import type { ReactNode } from "react";
import { useOperations } from "../api/operations";
import { areSettled, useBatches, useFlags, useRules } from "../api/queries";
import { things } from "../format";
import { rich, t } from "../language";
import { BatchesCard, batchesShown } from "../parts/Batches";
import { CardsCard } from "../parts/Cards";
import { KeysCard } from "../parts/Keys";
import { Followers, LoadFigures, Nodes, Queues, Silent } from "../parts/Load";
import { Trouble, Waiting } from "../parts/States";
import { Switches } from "../parts/Switches";
import { At } from "../parts/Time";
import { Link } from "../router";
import { useTitle } from "../title";

export function OperationsPage({ isAdmin }: { isAdmin: boolean }) {
  useTitle(t("Operations"));
  const load = useOperations();
  const settled = areSettled(load, useRules(), useFlags(), useBatches(batchesShown));
  return (
    <div className="operations">
      <header className="page-head">
        <h1>{t("Operations")}</h1>
        <nav className="page-links" aria-label={t("More of operations")}><Link href="/rejected" className="card-more">{t("What was refused")}</Link>{isAdmin && <Link href="/audit" className="card-more">{t("What people changed")}</Link>}</nav>
      </header>
      {!settled ? <section className="card"><Waiting lines={16} /></section> : (
        <>
          {load.data ? (
            <>
              {load.error && <p className="trouble" role="alert">{rich("These figures are old: {why}", { why: load.error.message })}</p>}
              <div className="stack" data-stale={load.isError}>
                <Silent of={load.data} /><LoadFigures of={load.data} /><Nodes of={load.data} />
                <div className="columns even"><div className="stack"><Queues nodes={load.data.nodes} /><RulesCard /></div><Followers rows={load.data.followers} /></div>
              </div>
            </>
          ) : <><section className="card"><Trouble error={load.error!} again={() => void load.refetch()} /></section><RulesCard /></>}
          <BatchesCard isAdmin={isAdmin} />
          {isAdmin ? <div className="columns"><FlagsCard isAdmin /><CardsCard /></div> : <FlagsCard isAdmin={false} />}
          {isAdmin && <KeysCard />}
        </>
      )}
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

const RulesCard = () => (
  <Card id="rules-title" title={t("Rules")} asked={useRules()}>
    {(set) => (
      <>
        <p className="muted">
          {rich("Version {version} of the rules, with {rules}, published by {author} on {at}.", { version: set.version, rules: things(set.rules.filter((rule) => rule.active).length, "active rule"), author: <bdi>{set.author}</bdi>, at: <At at={set.publishedAt} /> })}
          {" "}<Link href="/rules">{t("Look at the rules")}</Link>
        </p>
        {set.comment && <p dir="auto" className="faint break">{set.comment}</p>}
      </>
    )}
  </Card>
);

const FlagsCard = ({ isAdmin }: { isAdmin: boolean }) => (
  <Card id="flags-title" title={t("Flags")} asked={useFlags()}>{({ items }) => <Switches flags={items} isAdmin={isAdmin} />}</Card>
);
