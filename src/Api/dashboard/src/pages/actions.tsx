import { useCampaigns } from "../api/campaigns";
import type { ActionRow } from "../api/schema";
import { campaignName, statusNames } from "../campaigns";
import { t } from "../language";
import { ChooseCustomer } from "../parts/ChooseCustomer";
import { Actions, ActionsCsv } from "../parts/Messages";
import { Person } from "../parts/Person";
import { Nothing } from "../parts/States";
import { actionsPath, Link, navigate, useSearch } from "../router";
import { useTitle } from "../title";

const statuses = Object.keys(statusNames) as ActionRow["status"][];

/** Everything that campaigns have to do, did, and did not do and why. */
export function ActionsPage() {
  useTitle(t("Actions"));
  const asked = new URLSearchParams(useSearch());
  const get = (name: string) => asked.get(name) ?? undefined;
  const status = statuses.find((each) => each === get("status"));
  const filter = { status, campaign: get("campaign"), customer: get("customer") };
  const campaigns = useCampaigns().data?.campaigns ?? [];
  const put = (to: Partial<typeof filter>) => navigate(actionsPath({ ...filter, ...to }), "replace");
  return (
    <section className="card" aria-labelledby="actions-title">
      <header className="card-head"><div><p className="crumb"><Link href="/campaigns">{t("Campaigns")}</Link></p><h1 id="actions-title">{t("Actions")}</h1></div><ActionsCsv name={["actions", ...[filter.status, filter.campaign, filter.customer].filter((part) => part !== undefined)]} filter={filter} /></header>
      <p className="lead">{t("One line a message: when, to whom, and what became of it. What was not sent says why.")}</p>
      <div className="filters">
        <select aria-label={t("State")} value={status ?? ""} onChange={(event) => put({ status: statuses.find((each) => each === event.target.value) })}>
          <option value="">{t("In any state")}</option>{statuses.map((each) => <option key={each} value={each}>{statusNames[each]}</option>)}
        </select>
        <select aria-label={t("Campaign")} value={filter.campaign ?? ""} onChange={(event) => put({ campaign: event.target.value || undefined })}>
          <option value="">{t("Of any campaign")}</option>
          {filter.campaign && !campaigns.some(({ name }) => name === filter.campaign) && <option value={filter.campaign}>{campaignName(filter.campaign)}</option>}
          {campaigns.map(({ name }) => <option key={name} value={name}>{campaignName(name)}</option>)}
        </select>
        {filter.customer ? <span className="line"><Person id={filter.customer} /><button type="button" className="quiet" onClick={() => put({ customer: undefined })}>{t("Of anybody")}</button></span>
          : <ChooseCustomer label={t("Of which customer")} placeholder={t("Of one customer …")} choose={(customer) => put({ customer })} />}
      </div>
      <Actions filter={filter} by="both" limit={50}><Nothing why={t("No action is like that.")}>{(status || filter.campaign || filter.customer) && t("Other filters may find some.")}</Nothing></Actions>
    </section>
  );
}
