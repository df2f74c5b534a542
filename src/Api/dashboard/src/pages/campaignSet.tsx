import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { campaignsKey, useCampaignDraft, useCampaignFindings } from "../api/campaigns";
import type { CampaignSetRow } from "../api/schema";
import { byTag, campaignChanges, draftOf, newCampaign, stepsOf, toDraft, type CampaignDraft, type DraftCampaign } from "../campaigning/draft";
import { draftTable } from "../campaigning/tables";
import { campaignName, channelNames, delays } from "../campaigns";
import { things } from "../format";
import { t } from "../language";
import { Behind } from "../parts/Behind";
import { CampaignEditor } from "../parts/CampaignEditor";
import { CampaignPublish } from "../parts/CampaignPublish";
import { CampaignVersions } from "../parts/CampaignVersions";
import { CsvButton } from "../parts/CsvButton";
import { Wrong } from "../parts/Fields";
import { Trouble } from "../parts/States";
import { Link } from "../router";
import { flagOf, isAt, nameOf, type Finding } from "../rules/draft";
import { toldFindings } from "../rules/findings";
import { isTag, tagFacts } from "../tags";
import { useTitle } from "../title";

const placeOf = (index: number) => `$.campaigns[${index}]`;
const at = (findings: readonly Finding[], index: number) => findings.filter(({ path }) => isAt(path, placeOf(index)));

/** The campaigns while they are changed: the whole set is published as one version, by an admin. */
export function CampaignSetPage({ active, first, isAdmin }: { active: CampaignSetRow; first: string; isAdmin: boolean }) {
  useTitle(t("Change campaigns"));
  const queries = useQueryClient();
  const [draft, setDraft] = useCampaignDraft(active);
  const [chosen, setChosen] = useState(() => Math.max(0, draft.campaigns.findIndex((campaign) => nameOf(campaign) === first)));
  const [textIsJson, setTextIsJson] = useState(true);
  const [refusals, setRefusals] = useState<readonly Finding[]>([]);
  const inForce = useMemo(() => active.campaigns.map(toDraft), [active]);
  const changes = useMemo(() => campaignChanges(inForce, draft.campaigns), [inForce, draft.campaigns]);
  const found = useCampaignFindings(draft.campaigns, changes.length > 0);
  const errors = changes.length === 0 ? [] : toldFindings(refusals.length > 0 ? refusals : found.data?.errors ?? []);
  const warnings = changes.length === 0 ? [] : toldFindings(found.data?.warnings ?? []);
  const sound = textIsJson && errors.length === 0 && changes.length > 0 && found.isSuccess && !found.isPlaceholderData;
  const index = Math.min(chosen, draft.campaigns.length - 1);
  const change = (to: CampaignDraft) => {
    setRefusals([]);
    setDraft(to);
  };
  const begin = (to: CampaignDraft, choose = chosen) => {
    change(to);
    setChosen(choose);
    setTextIsJson(true);
  };
  // Nobody has touched it: it follows what others publish.
  useEffect(() => {
    if (draft.base !== active.version && changes.length === 0) setDraft(draftOf(active));
  }, [active, draft, changes.length, setDraft]);
  const campaign = draft.campaigns[index];
  const list = useRef<HTMLDivElement>(null);
  // The list scrolls by itself: what is open stands in sight when the page does.
  useEffect(() => {
    const line = list.current?.querySelector("[aria-current=true]");
    if (line && list.current) list.current.scrollTop += line.getBoundingClientRect().top - list.current.getBoundingClientRect().top - list.current.clientHeight / 3;
  }, []);
  return (
    <div className="rules-page campaign-set">
      <section className="card" aria-labelledby="campaign-set-title">
        <header className="card-head"><div><p className="crumb"><Link href="/campaigns">{t("Campaigns")}</Link></p><h1 id="campaign-set-title">{t("Change campaigns")}</h1></div><span className="pill" data-testid="version">{t("version {n}", { n: active.version })}</span><CsvButton name={["campaigns", `version-${active.version}${changes.length > 0 ? "-changed" : ""}`]} table={() => draftTable(draft.campaigns)} /></header>
        <p className="lead">{t("All campaigns together are one version: nothing of what you change here takes effect before you publish it.")}</p>
        {draft.base !== active.version && changes.length > 0 && <Behind active={active} base={draft.base} keep={() => change({ ...draft, base: active.version })} take={() => begin(draftOf(active))} />}
        <Wrong list={errors.filter((finding) => !/^\$\.campaigns\[\d+\]/.test(finding.path))} />
        {found.error && <Trouble error={found.error} again={() => void found.refetch()} />}
        <div className="rules-tools">
          <button type="button" onClick={() => begin({ ...draft, campaigns: [...draft.campaigns, newCampaign(draft.campaigns)] }, draft.campaigns.length)}>{t("New campaign")}</button>
          {changes.length > 0 && <button type="button" className="quiet" onClick={() => begin(draftOf(active))}>{t("Discard changes")}</button>}
          <p className="muted" role="status">{changes.length === 0 ? "" : errors.length > 0 ? t("{n} {n|thing|things} to mend", { n: errors.length }) : sound ? t("Nothing stands against publishing.") : found.isFetching ? t("Checking …") : ""}</p>
        </div>
        <div className="rules-columns">
          <div ref={list} className="rule-list" role="group" aria-label={t("Campaigns")}>
            {byTag(draft.campaigns).map(({ tag, places }) => (
              <section key={tag} aria-label={tag && isTag(tag) ? tagFacts[tag].name : t("Without a tag")}>
                <h2 className="rule-list-tag">{tag && isTag(tag) ? tagFacts[tag].name : t("Without a tag")}</h2>
                <ul>{places.map((place) => <CampaignLine key={place} campaign={draft.campaigns[place]!} chosen={place === index} inForce={inForce} errors={at(errors, place).length} warnings={at(warnings, place).length} choose={() => setChosen(place)} />)}</ul>
              </section>
            ))}
          </div>
          {campaign && (
            <div className="rule-pane" key={`${draft.base}/${index}`}>
              <CampaignEditor campaign={campaign} path={placeOf(index)} findings={at(errors, index)} textIsJson={setTextIsJson}
                change={(to) => change({ ...draft, campaigns: draft.campaigns.map((each, place) => (place === index ? to : each)) })} />
              {at(warnings, index).length > 0 && <div className="warned" role="status"><ul>{at(warnings, index).map((warning) => <li key={warning.path + warning.code}>{warning.message}</li>)}</ul></div>}
              {draft.campaigns.length > 1 && <button type="button" className="small remove-rule" onClick={() => begin({ ...draft, campaigns: draft.campaigns.filter((_, place) => place !== index) }, Math.max(0, index - 1))}>{t("Remove this campaign")}</button>}
            </div>
          )}
        </div>
      </section>
      <CampaignPublish draft={draft} active={active} changes={changes} sound={sound} isAdmin={isAdmin} change={change} refused={setRefusals} published={async () => {
        await queries.invalidateQueries({ queryKey: campaignsKey });
        const fresh = queries.getQueryData<CampaignSetRow>(campaignsKey);
        if (fresh) setDraft(draftOf(fresh));
      }} />
      <CampaignVersions active={active} edit={(set) => {
        begin({ base: active.version, campaigns: set.campaigns.map(toDraft), comment: t("As version {n}", { n: set.version }) }, 0);
        window.scrollTo(0, 0);
      }} />
    </div>
  );
}

interface LineProps { campaign: DraftCampaign; chosen: boolean; inForce: readonly DraftCampaign[]; errors: number; warnings: number; choose: () => void }

function CampaignLine({ campaign, chosen, inForce, errors, warnings, choose }: LineProps) {
  const name = nameOf(campaign);
  const before = inForce.find((old) => nameOf(old) === name);
  const mark = before === undefined ? t("new") : campaignChanges([before], [campaign]).length > 0 ? t("changed") : null;
  const steps = stepsOf(campaign);
  const channels = [...new Set(steps.map(({ channel }) => (Object.hasOwn(channelNames, channel) ? channelNames[channel as keyof typeof channelNames] : channel)))].join(t(", "));
  const isActive = flagOf(campaign, "active");
  return (
    <li>
      <button type="button" className="rule-line" aria-current={chosen} data-active={isActive} onClick={choose}>
        <b className="cut" dir="auto">{name ? campaignName(name) : t("Without a name")}</b>
        <span className="faint">{channels} {delays(steps.map(({ afterMinutes }) => afterMinutes))}</span>
        <span className="line marks">
          {mark && <span className="pill">{mark}</span>}
          {!isActive && <span className="pill">{t("off")}</span>}
          {errors > 0 && <span className="pill" data-phase="lost">{things(errors, "error")}</span>}
          {warnings > 0 && <span className="pill warn">{things(warnings, "warning")}</span>}
        </span>
      </button>
    </li>
  );
}
