import { useCampaigns } from "../api/campaigns";
import type { ActionRow, CampaignRow, WhoAmI } from "../api/schema";
import { campaignName, channelNames, channelsOf, delays, forWhom, kindNames, statusNames } from "../campaigns";
import { actionsTable, deadLettersPage } from "../campaigning/tables";
import { compact, number, percentOf, things } from "../format";
import { t } from "../language";
import { mayDecide } from "../may";
import { TagChip } from "../parts/Chips";
import { CsvButton } from "../parts/CsvButton";
import { CsvOfAll } from "../parts/CsvOfAll";
import { Actions, ActionsCsv } from "../parts/Messages";
import { Preview } from "../parts/Preview";
import { Report } from "../parts/Report";
import { Nothing } from "../parts/States";
import { Variants } from "../parts/Variants";
import { actionsPath, Link } from "../router";
import { useTitle } from "../title";

/** What a campaign is, what it did, and what its messages look like. */
export function CampaignPage({ campaign, role }: { campaign: CampaignRow; role: WhoAmI["role"] }) {
  const { name, variants, counts } = campaign;
  const isAdmin = role === "admin";
  useTitle(campaignName(name));
  return (
    <article className="campaign-page" aria-labelledby="campaign-name">
      <Definition campaign={campaign} mayEdit={mayDecide({ role })} />
      <Report campaign={name} />
      <div className="columns campaign-columns">
        <div className="stack">
          {mayDecide({ role }) ? <Preview campaign={campaign} /> : <section className="card"><Nothing why={t("A preview shows what is known of a customer.")}>{t("Those who work with customers can look at it.")}</Nothing></section>}
        </div>
        <div className="stack">
          {variants.length > 0 && <Variants campaign={campaign} isAdmin={isAdmin} />}
          <States campaign={campaign} />
          {counts.failed + counts.uncertain > 0 && <DeadLetters campaign={campaign} />}
          <section className="card" aria-labelledby="last-title">
            <header className="card-head"><h2 id="last-title">{t("Last actions")}</h2><Link className="card-more" href={actionsPath({ campaign: name })}>{t("All of them")}</Link><ActionsCsv name={["actions", name]} filter={{ campaign: name }} /></header>
            <Actions filter={{ campaign: name }} by="customer"><Nothing why={t("Nobody has been given it yet.")} /></Actions>
          </section>
        </div>
      </div>
    </article>
  );
}

function Definition({ campaign, mayEdit }: { campaign: CampaignRow; mayEdit: boolean }) {
  const { name, on, kind, holdoutPercent, onceInDays, onHighValueReview, steps, variants, promoted, payload, active } = campaign;
  const version = useCampaigns().data?.version;
  const given = Object.keys(payload as object).length > 0;
  return (
    <header className="card head" data-tag={on}>
      <div className="head-name"><p className="crumb"><Link href="/campaigns">{t("Campaigns")}</Link></p><h1 id="campaign-name">{campaignName(name)} {!active && <span className="pill">{t("off")}</span>}</h1><p className="muted">{onHighValueReview ? t("For {whom}, also when a review of a high-value customer opens", { whom: forWhom(campaign) }) : t("For {whom}", { whom: forWhom(campaign) })}</p></div>
      <div className="head-tag"><span className="muted">{t("starts on")}</span><TagChip tag={on} full />{mayEdit && <Link className="button" href={`/campaigns?edit=${encodeURIComponent(name)}`}>{t("Change it")}</Link>}</div>
      <dl className="facts">
        <div><dt>{t("By")}</dt><dd>{channelsOf(campaign)}</dd></div>
        <div><dt>{t("Kind")}</dt><dd title={kind === "marketing" ? t("Consent, the frequency cap and quiet hours hold for it.") : t("It is never held back by consent, cap or quiet hours.")}>{kindNames[kind] ?? kind}</dd></div>
        <div><dt>{t("Holdout")}</dt><dd>{holdoutPercent === 0 ? t("none") : percentOf(holdoutPercent)}</dd></div>
        <div><dt>{t("Starts once in")}</dt><dd>{things(onceInDays, "day")}</dd></div>
        {variants.length > 0 && <div><dt>{t("Compares")}</dt><dd>{variants.map(({ name: variant, weight }) => `${variant} (${number(weight)})`).join(t(", "))}</dd></div>}
        {promoted !== null && <div><dt>{t("Winner")}</dt><dd>{t("variant {name}", { name: promoted })}</dd></div>}
        {version !== undefined && <div><dt>{t("Version")}</dt><dd>{version}</dd></div>}
        {steps.length === 1 && <div><dt>{t("When")}</dt><dd>{delays([steps[0]!.afterMinutes])}</dd></div>}
        {given && <div className="payload"><dt>{t("Payload")}</dt><dd><code>{JSON.stringify(payload)}</code></dd></div>}
        {steps.length > 1 && <div className="steps-line"><dt>{t("Messages")}</dt><dd><ol>{steps.map(({ number: step, afterMinutes, channel }) => <li key={step}><span className="faint">{step}</span> {channelNames[channel]} <span className="muted">{delays([afterMinutes])}</span></li>)}</ol></dd></div>}
      </dl>
    </header>
  );
}

const order: ActionRow["status"][] = ["scheduled", "held", "sending", "sent", "suppressed", "cancelled", "failed", "uncertain"];

/** How many actions stand how, each a way to them. */
function States({ campaign: { name, counts } }: { campaign: CampaignRow }) {
  const all = order.reduce((sum, status) => sum + counts[status], 0);
  return (
    <section className="card" aria-labelledby="states-title">
      <header className="card-head"><h2 id="states-title">{t("Actions")}</h2><span className="faint" title={number(all)}>{t("{n} in all", { n: compact(all) })}</span><CsvButton name={["actions-by-state", name]} disabled={all === 0} table={() => ({ columns: [{ label: t("State") }, { label: t("Actions") }], rows: order.map((status) => [statusNames[status], counts[status]]) })} /></header>
      {all === 0 ? <Nothing why={t("Nobody has been given it yet.")} /> : (
        <ul className="states">{order.filter((status) => counts[status] > 0).map((status) => (
          <li key={status}><Link href={actionsPath({ campaign: name, status })}><span className="pill" data-action-status={status}>{statusNames[status]}</span><b title={number(counts[status])}>{compact(counts[status])}</b></Link></li>
        ))}</ul>
      )}
    </section>
  );
}

/** What did not arrive for certain, each with what its receiver said, to be sent again. */
function DeadLetters({ campaign: { name, counts } }: { campaign: CampaignRow }) {
  return (
    <section className="card" aria-labelledby="dead-title">
      <header className="card-head"><h2 id="dead-title">{t("Dead letters")}</h2><CsvOfAll name={["dead-letters", name]} page={deadLettersPage(name)} table={actionsTable} /></header>
      <p className="lead">{t("Tried and not delivered, or uncertain: sent again only by a person. Every check is made once more, under the same key.")}</p>
      {counts.failed > 0 && <Actions filter={{ campaign: name, status: "failed" }} by="customer" limit={5}>{null}</Actions>}
      {counts.uncertain > 0 && <Actions filter={{ campaign: name, status: "uncertain" }} by="customer" limit={5}>{null}</Actions>}
    </section>
  );
}
