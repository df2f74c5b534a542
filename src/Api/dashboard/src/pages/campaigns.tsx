import { useCampaigns } from "../api/campaigns";
import type { CampaignRow, CampaignSetRow, WhoAmI } from "../api/schema";
import { campaignName, campaignPath, channelsOf, delays, forWhom } from "../campaigns";
import { campaignsTable } from "../campaigning/tables";
import { compact, number } from "../format";
import { rich, t } from "../language";
import { mayDecide } from "../may";
import { TagChip } from "../parts/Chips";
import { CsvButton } from "../parts/CsvButton";
import { Trouble, Waiting } from "../parts/States";
import { Link, navigate, useSearch } from "../router";
import { allTags, tagFacts } from "../tags";
import { useTitle } from "../title";
import { CampaignPage } from "./campaign";
import { CampaignSetPage } from "./campaignSet";

export function CampaignsPage({ role }: { role: WhoAmI["role"] }) {
  const asked = new URLSearchParams(useSearch());
  const [name, edit] = [asked.get("name"), asked.get("edit")];
  const campaigns = useCampaigns();
  if (campaigns.error && !campaigns.data) return <Trouble error={campaigns.error} again={() => void campaigns.refetch()} />;
  if (!campaigns.data) return <div className="card"><Waiting lines={14} /></div>;
  if (edit !== null && mayDecide({ role })) return <CampaignSetPage active={campaigns.data} first={edit} isAdmin={role === "admin"} />;
  if (name === null) return <List set={campaigns.data} mayEdit={mayDecide({ role })} />;
  const campaign = campaigns.data.campaigns.find((each) => each.name === name);
  return campaign ? <CampaignPage key={name} campaign={campaign} role={role} />
    : <div className="notice"><h1>{t("There is no campaign of this name")}</h1><p><Link href="/campaigns">{t("All campaigns")}</Link></p></div>;
}

function List({ set: { version, author, campaigns: all }, mayEdit }: { set: CampaignSetRow; mayEdit: boolean }) {
  useTitle(t("Campaigns"));
  return (
    <section className="card" aria-labelledby="campaigns-title">
      <header className="card-head"><h1 id="campaigns-title">{t("Campaigns")}</h1><span className="faint">{rich("version {n} by {author}", { n: version, author: <bdi>{author}</bdi> })}</span><CsvButton name={["campaigns"]} table={() => campaignsTable(all)} /><span className="line head-links"><Link className="card-more" href="/actions">{t("All actions")}</Link><Link className="card-more" href="/journeys">{t("Preview a journey")}</Link>{mayEdit && <Link className="button" href="/campaigns?edit=">{t("Change campaigns")}</Link>}</span></header>
      <p className="lead">{t("What follows when a learner’s tag moves. Everything is checked again at the moment of sending: the tag, consent, quiet hours and how many messages there were.")}</p>
      <table className="lines campaigns">
        <thead><tr><th scope="col">{t("Campaign")}</th><th scope="col">{t("By")}</th><th scope="col">{t("When")}</th><th scope="col">{t("For whom")}</th><th scope="col" className="amount">{t("Waiting")}</th><th scope="col" className="amount">{t("Sent")}</th><th scope="col" className="amount">{t("Not sent")}</th><th scope="col" className="amount">{t("Failed")}</th></tr></thead>
        {allTags.map((tag) => {
          const group = all.filter(({ on }) => on === tag);
          return group.length > 0 && (
            <tbody key={tag}>
              <tr className="group"><th scope="rowgroup" colSpan={8}><TagChip tag={tag} full /> <span className="faint">{tagFacts[tag].meaning}</span></th></tr>
              {group.map((campaign) => <Row key={campaign.name} campaign={campaign} />)}
            </tbody>
          );
        })}
      </table>
    </section>
  );
}

function Row({ campaign }: { campaign: CampaignRow }) {
  const { name, steps, counts, active, kind } = campaign;
  const open = () => navigate(campaignPath(name));
  return (
    <tr data-campaign={name} onClick={open}>
      <th scope="row" className="campaign-cell"><Link href={campaignPath(name)} onClick={(event) => event.stopPropagation()}><b>{campaignName(name)}</b></Link>{!active && <span className="pill">{t("off")}</span>}{kind === "marketing" && <small>{t("marketing")}</small>}</th>
      <td data-label={t("By")}>{channelsOf(campaign)}</td>
      <td data-label={t("When")} className="muted">{delays(steps.map(({ afterMinutes }) => afterMinutes))}</td>
      <td data-label={t("For whom")} className="muted whom-cell">{forWhom(campaign)}</td>
      <Amount label={t("Waiting")} n={counts.scheduled + counts.held + counts.sending} title={t("{scheduled} {scheduled|action|actions} scheduled, {held} held", { scheduled: counts.scheduled, held: counts.held })} />
      <Amount label={t("Sent")} n={counts.sent} />
      <Amount label={t("Not sent")} n={counts.suppressed + counts.cancelled} title={t("{suppressed} suppressed, {cancelled} cancelled", { suppressed: counts.suppressed, cancelled: counts.cancelled })} />
      <Amount label={t("Failed")} n={counts.failed + counts.uncertain} title={t("{failed} failed, {uncertain} uncertain", { failed: counts.failed, uncertain: counts.uncertain })} bad />
    </tr>
  );
}

const Amount = ({ label, n, title, bad = false }: { label: string; n: number; title?: string; bad?: boolean }) => (
  <td className="amount" data-label={label}><span title={title ?? number(n)} className={n === 0 ? "faint" : bad ? "error" : undefined}>{n === 0 ? "–" : compact(n)}</span></td>
);
