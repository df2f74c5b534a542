import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { campaignsKey } from "../api/campaigns";
import { api, ApiError } from "../api/client";
import type { CampaignSetRow, PublishedCampaignSet } from "../api/schema";
import type { CampaignDraft } from "../campaigning/draft";
import { campaignName } from "../campaigns";
import { rich, t } from "../language";
import type { Finding, RuleChange } from "../rules/draft";
import { toldFinding } from "../rules/findings";
import { RuleChanges } from "./RuleChanges";
import { Nothing } from "./States";
import { At } from "./Time";

interface PublishProps { draft: CampaignDraft; active: CampaignSetRow; changes: readonly RuleChange[]; sound: boolean; isAdmin: boolean; change: (to: CampaignDraft) => void; published: () => Promise<void>; refused: (findings: readonly Finding[]) => void }

/** What would change, and the button that makes it so. */
export function CampaignPublish({ draft, active, changes, sound, isAdmin, change, published, refused }: PublishProps) {
  const queries = useQueryClient();
  const [done, setDone] = useState<PublishedCampaignSet | null>(null);
  const publish = useMutation({
    mutationFn: () => api.publishCampaigns({ campaigns: draft.campaigns, comment: draft.comment, baseVersion: draft.base }),
    onSuccess: async (set) => {
      await published();
      setDone(set);
    },
    onError: (error) => {
      if (error instanceof ApiError) refused(error.errors);
      void queries.invalidateQueries({ queryKey: campaignsKey });
    },
  });
  const stale = draft.base !== active.version;
  return (
    <section className="card" aria-labelledby="publish-title">
      <header className="card-head"><h2 id="publish-title">{t("Publish")}</h2>{changes.length > 0 && <span className="pill">{t("{n} {n|campaign|campaigns} changed", { n: changes.length })}</span>}</header>
      {done && changes.length === 0 && (
        <div className="published" role="status">
          <p>{rich("{version} since {at}.", { version: <b>{t("Version {n} is in force", { n: done.version })}</b>, at: <At at={done.publishedAt} /> })} {t("What is scheduled already is checked by it when it is due.")}</p>
          {done.warnings.length > 0 && <ul className="sentences">{done.warnings.map((warning) => <li key={warning.path + warning.code}>{toldFinding(warning)}</li>)}</ul>}
        </div>
      )}
      {changes.length === 0 ? !done && <Nothing why={t("These are the campaigns in force.")}>{t("Change one, and what is different shows here.")}</Nothing>
        : <RuleChanges changes={changes.map((each) => ({ ...each, name: campaignName(each.name) }))} name={["campaigns", `changes-against-${active.version}`]} />}
      {!isAdmin && changes.length > 0 && <p className="muted">{t("An admin can publish these campaigns.")}</p>}
      {isAdmin && changes.length > 0 && (
        <form className="publish-form" onSubmit={(event) => {
          event.preventDefault();
          publish.mutate();
        }}>
          <label htmlFor="publish-comment">{t("Why, for those who read the history")}</label>
          <input id="publish-comment" value={draft.comment} maxLength={1000} onChange={(event) => change({ ...draft, comment: event.target.value })} />
          {publish.error && <p className="wrong" role="alert">{publish.error.message}</p>}
          {stale && <p className="muted">{t("Decide above whose changes to go on with.")}</p>}
          <button type="submit" className="primary" disabled={!sound || publish.isPending || stale}>{publish.isPending ? t("Publishing …") : t("Publish as version {n}", { n: active.version + 1 })}</button>
        </form>
      )}
    </section>
  );
}
