import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { Simulation } from "../api/simulation";
import { count, things } from "../format";
import { rich, t } from "../language";
import { canonical, type DraftRule } from "../rules/draft";
import { movedTable, movesTable } from "../rules/tables";
import { customerPath, Link } from "../router";
import { Move } from "./Chips";
import { CsvButton } from "./CsvButton";
import { Nothing, Trouble } from "./States";

/** What the rules would do to everybody as they stand now; nothing is written. */
export function DryRun({ rules, sound }: { rules: readonly DraftRule[]; sound: boolean }) {
  const [played, setPlayed] = useState("");
  const run = useMutation({ mutationFn: () => api.simulateRules(rules), onMutate: () => setPlayed(canonical(rules)) });
  const stale = run.data !== undefined && played !== canonical(rules);
  return (
    <section className="card" aria-labelledby="dry-run-title">
      <header className="card-head">
        <h2 id="dry-run-title">{t("Dry run")}</h2>
        <button type="button" disabled={!sound || run.isPending} onClick={() => run.mutate()}>{run.isPending ? t("Playing …") : run.data ? t("Play again") : t("Play over everybody")}</button>
      </header>
      <p className="lead">{t("Everybody is evaluated by these rules as of now, beside the version in force. Nothing is written, nobody is moved.")}</p>
      {stale && <p className="pill warn" role="status">{t("The rules were changed since.")}</p>}
      {run.error ? <Trouble error={run.error} again={() => run.mutate()} /> : run.data && <Outcome found={run.data} />}
    </section>
  );
}

function Outcome({ found }: { found: Simulation }) {
  const moves = found.moves.reduce((sum, move) => sum + move.count, 0);
  return (
    <div className="simulated" role="status">
      <p>{rich("{moves}, {reviews}, {messages}.", { moves: <b>{things(moves, "move")}</b>, reviews: <b>{things(found.reviews, "review")}</b>, messages: <b>{things(found.messages, "message")}</b> })}</p>
      {moves === 0 && found.reviews === 0 && <Nothing why={t("Nobody would be moved, and nobody looked at.")} />}
      {found.moves.length > 0 && (
        <>
        <table className="simulated-moves">
          <thead><tr><th scope="col">{t("Move")}</th><th scope="col" className="amount">{t("Customers")}</th></tr></thead>
          <tbody>{found.moves.map((move) => <tr key={`${move.from}${move.to}`}><td><Move from={move.from} to={move.to} /></td><td className="amount">{count(move.count)}</td></tr>)}</tbody>
        </table>
        <p className="after-lines"><CsvButton name={["dry-run", "moves"]} table={() => movesTable(found)} /></p>
        </>
      )}
      {found.customers.items.length > 0 && (
        <details>
          <summary>{found.customers.next === null ? t("Who: the first {n}", { n: found.customers.items.length }) : t("Who: the first {n} of more", { n: found.customers.items.length })}</summary>
          <ul className="rows">{found.customers.items.map((who) => <li key={who.id} className="line"><Link className="cut" href={customerPath(who.id)}><bdi>{who.id}</bdi></Link><Move from={who.from} to={who.to} /></li>)}</ul>
          <p className="after-lines"><CsvButton name={["dry-run", "customers"]} table={() => movedTable(found)} /></p>
        </details>
      )}
    </div>
  );
}
