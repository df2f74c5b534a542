import { useCampaigns } from "../api/campaigns";
import type { CampaignRow } from "../api/schema";
import { campaignName, channelNames, delays, inWords } from "../campaigns";
import { compact, number, things } from "../format";
import { useMayDecide } from "../may";
import { TagChip } from "../parts/Chips";
import { Actions } from "../parts/Messages";
import { Preview } from "../parts/Preview";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { Link, navigate, useSearch } from "../router";
import { allTags, tagFacts } from "../tags";
import { useTitle } from "../title";

const pathOf = (name: string) => `/campaigns?name=${encodeURIComponent(name)}`;

export function CampaignsPage() {
  const name = new URLSearchParams(useSearch()).get("name");
  const campaigns = useCampaigns();
  useTitle(name ? campaignName(name) : "Campaigns");
  if (campaigns.error && !campaigns.data) return <Trouble error={campaigns.error} again={() => void campaigns.refetch()} />;
  if (!campaigns.data) return <div className="card"><Waiting lines={14} /></div>;
  if (name !== null) {
    const campaign = campaigns.data.campaigns.find((each) => each.name === name);
    return campaign ? <OneCampaign key={name} campaign={campaign} />
      : <div className="notice"><h1>There is no campaign of this name</h1><p><Link href="/campaigns">All campaigns</Link></p></div>;
  }
  const { version, author, campaigns: all } = campaigns.data;
  return (
    <section className="card" aria-labelledby="campaigns-title">
      <header className="card-head"><h1 id="campaigns-title">Campaigns</h1><span className="faint">version {version} by <bdi>{author}</bdi></span></header>
      <p className="lead">What follows when a learner’s tag moves. Everything is checked again at the moment of sending: the tag, consent, quiet hours and how many messages there were.</p>
      <table className="lines campaigns">
        <thead><tr><th scope="col">Campaign</th><th scope="col">By</th><th scope="col">When</th><th scope="col">For whom</th><th scope="col" className="amount">Waiting</th><th scope="col" className="amount">Sent</th><th scope="col" className="amount">Not sent</th><th scope="col" className="amount">Failed</th></tr></thead>
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

const forWhom = ({ audience, whenSending, firstTime, from }: CampaignRow) =>
  [inWords(audience), firstTime ? "the first time" : null, from.length > 0 ? `coming from ${from.map((tag) => tagFacts[tag].short).join(", ")}` : null, whenSending ? `if by then ${inWords(whenSending)}` : null]
    .filter((part) => part !== null).join(", ") || "everybody";

const channelsOf = ({ steps }: CampaignRow) => [...new Set(steps.map(({ channel }) => channelNames[channel]))].join(", ");

function Row({ campaign }: { campaign: CampaignRow }) {
  const { name, steps, counts, active, kind } = campaign;
  const open = () => navigate(pathOf(name));
  return (
    <tr data-campaign={name} onClick={open}>
      <th scope="row" className="campaign-cell"><Link href={pathOf(name)} onClick={(event) => event.stopPropagation()}><b>{campaignName(name)}</b></Link>{!active && <span className="pill">off</span>}{kind === "marketing" && <small>marketing</small>}</th>
      <td data-label="By">{channelsOf(campaign)}</td>
      <td data-label="When" className="muted">{delays(steps.map(({ afterMinutes }) => afterMinutes))}</td>
      <td data-label="For whom" className="muted whom-cell">{forWhom(campaign)}</td>
      <Amount label="Waiting" n={counts.scheduled + counts.held + counts.sending} title={`${things(counts.scheduled, "action")} scheduled, ${number(counts.held)} held`} />
      <Amount label="Sent" n={counts.sent} />
      <Amount label="Not sent" n={counts.suppressed + counts.cancelled} title={`${number(counts.suppressed)} suppressed, ${number(counts.cancelled)} cancelled`} />
      <Amount label="Failed" n={counts.failed + counts.uncertain} title={`${number(counts.failed)} failed, ${number(counts.uncertain)} uncertain`} bad />
    </tr>
  );
}

const Amount = ({ label, n, title, bad = false }: { label: string; n: number; title?: string; bad?: boolean }) => (
  <td className="amount" data-label={label}><span title={title ?? number(n)} className={n === 0 ? "faint" : bad ? "error" : undefined}>{n === 0 ? "–" : compact(n)}</span></td>
);

function OneCampaign({ campaign }: { campaign: CampaignRow }) {
  const { name, on, kind, holdoutPercent, onceInDays, steps, variants, payload } = campaign;
  const may = useMayDecide();
  const given = Object.keys(payload as object).length > 0;
  return (
    <article className="campaign-page" aria-labelledby="campaign-name">
      <header className="card head" data-tag={on}>
        <div className="head-name"><p className="crumb"><Link href="/campaigns">Campaigns</Link></p><h1 id="campaign-name">{campaignName(name)}</h1><p className="muted">{forWhom(campaign)}</p></div>
        <div className="head-tag"><span className="muted">on</span><TagChip tag={on} full /></div>
        <dl className="facts">
          <div><dt>By</dt><dd>{channelsOf(campaign)}</dd></div>
          <div><dt>When</dt><dd>{delays(steps.map(({ afterMinutes }) => afterMinutes))}</dd></div>
          <div><dt>Kind</dt><dd title={kind === "marketing" ? "Consent, the frequency cap and quiet hours hold for it." : "It is never held back by consent, cap or quiet hours."}>{kind}</dd></div>
          <div><dt>Holdout</dt><dd>{holdoutPercent === 0 ? "none" : `${holdoutPercent}%`}</dd></div>
          <div><dt>Starts once in</dt><dd>{things(onceInDays, "day")}</dd></div>
          {variants.length > 0 && <div><dt>Compares</dt><dd>{variants.map(({ name: variant, weight }) => `${variant} (${weight})`).join(", ")}</dd></div>}
          {given && <div className="payload"><dt>Payload</dt><dd><code>{JSON.stringify(payload)}</code></dd></div>}
        </dl>
      </header>
      <div className="columns campaign-columns">
        {may ? <Preview campaign={campaign} /> : <section className="card"><Nothing why="A preview shows what is known of a customer.">Those who work with customers can look at it.</Nothing></section>}
        <section className="card" aria-labelledby="last-title">
          <header className="card-head"><h2 id="last-title">Last actions</h2></header>
          <Actions filter={{ campaign: name }} by="customer" limit={20}><Nothing why="Nobody has been given it yet." /></Actions>
        </section>
      </div>
    </article>
  );
}
