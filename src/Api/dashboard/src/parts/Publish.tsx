import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ApiError } from "../api/client";
import { keys, useBatch } from "../api/queries";
import type { PublishedRuleSet, RuleSetRow } from "../api/schema";
import { percent, things } from "../format";
import { rich, t } from "../language";
import type { Draft, Finding, RuleChange } from "../rules/draft";
import { toldFinding } from "../rules/findings";
import { RuleChanges } from "./RuleChanges";
import { Nothing } from "./States";
import { At } from "./Time";

interface PublishProps { draft: Draft; active: RuleSetRow; changes: readonly RuleChange[]; sound: boolean; isAdmin: boolean; change: (to: Draft) => void; published: (set: PublishedRuleSet) => void; refused: (findings: readonly Finding[]) => void }

/** What would change, and the button that makes it so. */
export function Publish({ draft, active, changes, sound, isAdmin, change, published, refused }: PublishProps) {
  const queries = useQueryClient();
  const [done, setDone] = useState<PublishedRuleSet | null>(null);
  const publish = useMutation({
    mutationFn: () => api.publishRules({ rules: draft.rules, comment: draft.comment, baseVersion: draft.base }),
    onSuccess: (set) => {
      setDone(set);
      published(set);
    },
    onError: (error) => {
      if (error instanceof ApiError) refused(error.errors);
      void queries.invalidateQueries({ queryKey: keys.rules });
    },
  });
  return (
    <section className="card" aria-labelledby="publish-title">
      <header className="card-head"><h2 id="publish-title">{t("Publish")}</h2>{changes.length > 0 && <span className="pill">{t("{n} {n|rule|rules} changed", { n: changes.length })}</span>}</header>
      {done && changes.length === 0 && <Published set={done} />}
      {changes.length === 0 ? !done && <Nothing why={t("These are the rules in force.")}>{t("Change one, and what is different shows here.")}</Nothing> : <RuleChanges changes={changes} name={["rules", `changes-against-${active.version}`]} />}
      {isAdmin && changes.length > 0 && (
        <form className="publish-form" onSubmit={(event) => {
          event.preventDefault();
          publish.mutate();
        }}>
          <label htmlFor="publish-comment">{t("Why, for those who read the history")}</label>
          <input id="publish-comment" value={draft.comment} maxLength={1000} onChange={(event) => change({ ...draft, comment: event.target.value })} />
          {publish.error && <p className="wrong" role="alert">{publish.error.message}</p>}
          <button type="submit" className="primary" disabled={!sound || publish.isPending || draft.base !== active.version}>{publish.isPending ? t("Publishing …") : t("Publish as version {n}", { n: active.version + 1 })}</button>
        </form>
      )}
      {!isAdmin && changes.length > 0 && <p className="muted">{t("An admin can publish these rules; you can play them over everybody.")}</p>}
    </section>
  );
}

const resultsOf = ({ transitions, reviews, errors }: { transitions: number; reviews: number; errors: number }) =>
  [things(transitions, "move"), things(reviews, "review"), ...(errors > 0 ? [things(errors, "error")] : [])].join(t(", "));

/** The batch that looks at everybody again, until it is over. */
function Published({ set }: { set: PublishedRuleSet }) {
  const batch = useBatch(set.batchId).data;
  return (
    <div className="published" role="status">
      <p>{rich("{version} since {at}.", { version: <b>{t("Version {n} is in force", { n: set.version })}</b>, at: <At at={set.publishedAt} /> })}</p>
      {batch && <p className="muted">{batch.finishedAt ? t("Everybody was looked at again: {results}.", { results: resultsOf(batch) }) : t("Everybody is looked at again: {share}: {results}.", { share: percent(batch.evaluated, batch.total), results: resultsOf(batch) })}</p>}
      {set.warnings.length > 0 && <ul className="sentences">{set.warnings.map((warning) => <li key={warning.path + warning.code}>{toldFinding(warning)}</li>)}</ul>}
    </div>
  );
}
