import { useState } from "react";
import { usePromote, useReport } from "../api/campaigns";
import type { CampaignRow } from "../api/schema";
import { percent } from "../format";

/** The contents that are compared; one of them can be made the winner. */
export function Variants({ campaign, isAdmin }: { campaign: CampaignRow; isAdmin: boolean }) {
  const leader = useReport(campaign.name, null).data?.leader ?? null;
  const all = campaign.variants.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <section className="card" aria-labelledby="variants-title">
      <header className="card-head"><h2 id="variants-title">Contents that are compared</h2></header>
      <p className="lead">{leader ? `Variant ${leader} does better for certain.` : "Each customer keeps the one they were drawn for. No winner is certain yet."}</p>
      <ul className="rows">
        {campaign.variants.map(({ name, weight }) => (
          <li key={name} data-variant={name}>
            <span className="line"><b dir="auto">Variant {name}</b><span className="faint">{percent(weight, all)} of the customers</span>{leader === name && <span className="pill" data-on="true">leads</span>}</span>
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
  if (!asked) return <button type="button" className="small promote" onClick={() => setAsked(true)}>Make variant {variant} the winner …</button>;
  return (
    <form className="asked" onSubmit={(event) => {
      event.preventDefault();
      promote.mutate({ variant, comment: comment.trim() }, { onSuccess: () => setAsked(false) });
    }}>
      <p>From now on everybody gets variant {variant}. The comparison ends. It is published as a new version, so that it can be taken back.</p>
      <label>Why (may stay empty)<input autoFocus maxLength={1000} value={comment} onChange={(event) => setComment(event.target.value)} /></label>
      {promote.error && <p className="problem" role="alert">{promote.error.message}</p>}
      <p className="line"><button type="submit" className="primary" disabled={promote.isPending}>Make variant {variant} the winner</button><button type="button" className="quiet" onClick={() => setAsked(false)}>Not yet</button></p>
    </form>
  );
}
