import { useState } from "react";
import { usePromote, useReport } from "../api/campaigns";
import type { CampaignRow } from "../api/schema";
import { percent } from "../format";
import { t } from "../language";
import { CsvButton } from "./CsvButton";

/** The contents that are compared; one of them can be made the winner. */
export function Variants({ campaign, isAdmin }: { campaign: CampaignRow; isAdmin: boolean }) {
  const leader = useReport(campaign.name, null).data?.leader ?? null;
  const all = campaign.variants.reduce((sum, { weight }) => sum + weight, 0);
  const table = () => ({
    columns: [t("Variant"), t("Weight"), t("Share in %"), t("leads")].map((label) => ({ label })),
    rows: campaign.variants.map(({ name, weight }) => [name, weight, all === 0 ? null : Math.round((1000 * weight) / all) / 10, leader === name ? t("yes") : t("no")]),
  });
  return (
    <section className="card" aria-labelledby="variants-title">
      <header className="card-head"><h2 id="variants-title">{t("Contents that are compared")}</h2><CsvButton name={["variants", campaign.name]} table={table} /></header>
      <p className="lead">{leader ? t("Variant {name} does better for certain.", { name: leader }) : t("Each customer keeps the one they were drawn for. No winner is certain yet.")}</p>
      <ul className="rows">
        {campaign.variants.map(({ name, weight }) => (
          <li key={name} data-variant={name}>
            <span className="line"><b dir="auto">{t("Variant {name}", { name })}</b><span className="faint">{t("{share} of the customers", { share: percent(weight, all) })}</span>{leader === name && <span className="pill" data-on="true">{t("leads")}</span>}</span>
            {isAdmin && <Promote campaign={campaign.name} variant={name} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** After a second press: everybody gets it from then on. */
function Promote({ campaign, variant }: { campaign: string; variant: string }) {
  const [asked, setAsked] = useState(false);
  const [comment, setComment] = useState("");
  const promote = usePromote(campaign);
  if (!asked) return <button type="button" className="small promote" onClick={() => setAsked(true)}>{t("Make variant {name} the winner …", { name: variant })}</button>;
  return (
    <form className="asked" onSubmit={(event) => {
      event.preventDefault();
      promote.mutate({ variant, comment: comment.trim() }, { onSuccess: () => setAsked(false) });
    }}>
      <p>{t("From now on everybody gets variant {name}. The comparison ends. It is published as a new version, so that it can be taken back.", { name: variant })}</p>
      <label>{t("Why (may stay empty)")}<input autoFocus maxLength={1000} value={comment} onChange={(event) => setComment(event.target.value)} /></label>
      {promote.error && <p className="problem" role="alert">{promote.error.message}</p>}
      <p className="line"><button type="submit" className="primary" disabled={promote.isPending}>{t("Make variant {name} the winner", { name: variant })}</button><button type="button" className="quiet" onClick={() => setAsked(false)}>{t("Leave it")}</button></p>
    </form>
  );
}
