import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { Simulation } from "../api/simulation";
import { count, things } from "../format";
import { canonical, type DraftRule } from "../rules/draft";
import { customerPath, Link } from "../router";
import { Move } from "./Chips";
import { Nothing, Trouble } from "./States";

/** What the rules would do to everybody as they stand now; nothing is written. */
export function DryRun({ rules, sound }: { rules: readonly DraftRule[]; sound: boolean }) {
  const [played, setPlayed] = useState("");
  const run = useMutation({ mutationFn: () => api.simulateRules(rules), onMutate: () => setPlayed(canonical(rules)) });
  const stale = run.data !== undefined && played !== canonical(rules);
  return (
    <section className="card" aria-labelledby="dry-run-title">
      <header className="card-head">
        <h2 id="dry-run-title">Dry run</h2>
        <button type="button" disabled={!sound || run.isPending} onClick={() => run.mutate()}>{run.isPending ? "Playing …" : run.data ? "Play again" : "Play over everybody"}</button>
      </header>
      <p className="lead">Everybody is evaluated by these rules as of now, beside the version in force. Nothing is written, nobody is moved.</p>
      {stale && <p className="pill warn" role="status">The rules were changed since.</p>}
      {run.error ? <Trouble error={run.error} again={() => run.mutate()} /> : run.data && <Outcome found={run.data} />}
    </section>
  );
}

function Outcome({ found }: { found: Simulation }) {
  const moves = found.moves.reduce((sum, move) => sum + move.count, 0);
  return (
    <div className="simulated" role="status">
      <p><b>{things(moves, "move")}</b>, <b>{things(found.reviews, "review")}</b>, <b>{things(found.messages, "message")}</b>.</p>
      {moves === 0 && found.reviews === 0 && <Nothing why="Nobody would be moved, and nobody looked at." />}
      {found.moves.length > 0 && (
        <table className="simulated-moves">
          <thead><tr><th scope="col">Move</th><th scope="col" className="amount">Customers</th></tr></thead>
          <tbody>{found.moves.map((move) => <tr key={`${move.from}${move.to}`}><td><Move from={move.from} to={move.to} /></td><td className="amount">{count(move.count)}</td></tr>)}</tbody>
        </table>
      )}
      {found.customers.items.length > 0 && (
        <details>
          <summary>Who: the first {count(found.customers.items.length)}{found.customers.next !== null && " of more"}</summary>
          <ul className="rows">{found.customers.items.map((who) => <li key={who.id} className="line"><Link className="cut" href={customerPath(who.id)}><bdi>{who.id}</bdi></Link><Move from={who.from} to={who.to} /></li>)}</ul>
        </details>
      )}
    </div>
  );
}
