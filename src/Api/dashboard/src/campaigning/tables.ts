import type { Table } from "../analytics/csv";
import { api } from "../api/client";
import type { Journey, JourneyItem } from "../api/journeys";
import type { ActionRow, CampaignReport, CampaignRow } from "../api/schema";
import { campaignName, channelNames, channelsOf, delays, forWhom, inWords, kindNames, listed, reasonOf, statusNames } from "../campaigns";
import { t } from "../language";
import { flagOf, nameOf } from "../rules/draft";
import { columns, tagsText, tagText, yesNo } from "../rules/tables";
import { fromOf, onOf, stepsOf, valueOf, variantsOf, type DraftCampaign } from "./draft";
import { fateOf, reviewWords } from "./journey";
import { allMeasures, comparesOf, groupName, measures, whyNoUplift } from "./report";

type Page = { items: readonly ActionRow[]; next: string | null };

/** Those that failed, and after them those that are uncertain, as one list. */
export const deadLettersPage = (campaign: string) => async (cursor: string | null, limit: number): Promise<Page> => {
  const status = cursor?.startsWith("uncertain ") ? "uncertain" : "failed";
  const { items, next } = await api.actions({ campaign, status }, limit, cursor?.slice(status.length + 1) || null);
  return { items, next: next !== null ? `${status} ${next}` : status === "failed" ? "uncertain " : null };
};

export const actionsTable = (rows: readonly ActionRow[]): Table => ({
  columns: columns([
    t("Action id"), t("Customer id"), t("Campaign"), t("Message"), t("Variant"), t("Channel"), t("Status"), t("Why"), t("Planned for"), t("Due"), t("Sent at"), t("Tries"), t("Transition id"),
  ]),
  rows: rows.map((row) => [
    row.id, row.customerId, campaignName(row.campaign), row.step, row.variant, channelNames[row.channel] ?? row.channel, statusNames[row.status] ?? row.status,
    row.reason && reasonOf(row.reason), row.scheduledFor, row.dueAt, row.sentAt, row.tries, row.transitionId,
  ]),
});

export const campaignsTable = (campaigns: readonly CampaignRow[]): Table => ({
  columns: columns([
    t("Campaign"), t("Starts when the tag becomes"), t("In use"), t("Kind"), t("Channels"), t("When"), t("For whom"), t("Holdout (%)"), t("Starts once in (days)"),
    ...Object.values(statusNames),
  ]),
  rows: campaigns.map((campaign) => [
    campaignName(campaign.name), tagText(campaign.on), yesNo(campaign.active), kindNames[campaign.kind] ?? campaign.kind, channelsOf(campaign),
    delays(campaign.steps.map(({ afterMinutes }) => afterMinutes)), forWhom(campaign), campaign.holdoutPercent, campaign.onceInDays,
    ...(Object.keys(statusNames) as ActionRow["status"][]).map((status) => campaign.counts[status]),
  ]),
});

const figure = (value: unknown) => (typeof value === "number" ? value : null);

/** The campaigns as they stand while they are changed. */
export const draftTable = (campaigns: readonly DraftCampaign[]): Table => ({
  columns: columns([
    t("Campaign"), t("Starts when the tag becomes"), t("Moves from"), t("In use"), t("Kind"), t("Messages"), t("Contents that are compared"), t("For whom"),
    t("Looked at when a message is due"), t("Holdout (%)"), t("Starts once in (days)"),
  ]),
  rows: campaigns.map((campaign) => [
    campaignName(nameOf(campaign)), tagText(onOf(campaign)), tagsText(fromOf(campaign)), yesNo(flagOf(campaign, "active")), kindNames[String(campaign.kind)] ?? String(campaign.kind),
    stepsOf(campaign).map(({ channel, afterMinutes }) => t("{channel}, {when}", { channel: channelNames[channel as ActionRow["channel"]] ?? channel, when: delays([afterMinutes]) })).join("; "),
    listed(variantsOf(campaign).map(({ name }) => name), "and"), inWords(valueOf(campaign, "audience")), inWords(valueOf(campaign, "whenSending")),
    figure(valueOf(campaign, "holdoutPercent")), figure(valueOf(campaign, "onceInDays")),
  ]),
});

const percent = (share: number | undefined) => (share === undefined ? null : Math.round(1000 * share) / 10);

/** One line a group: counts, the rates with their intervals, and the difference from the holdout, in percent. */
export const reportTable = (report: CampaignReport): Table => ({
  columns: columns([
    t("Group"), t("People"), t("Sent"), t("Delivered"), t("Bounced"), t("Complained"), t("Unsubscribed"),
    ...allMeasures.flatMap((measure) => [
      measures[measure], t("{measure}: rate (%)", { measure: measures[measure] }), t("{measure}: 95% interval from (%)", { measure: measures[measure] }),
      t("{measure}: 95% interval up to (%)", { measure: measures[measure] }),
    ]),
    ...(["converted", "recovered"] as const).map((measure) => t("{measure}: points more than without it", { measure: measures[measure] })), t("Why there is no difference"),
  ]),
  rows: report.groups.map((group) => [
    groupName(group, comparesOf(report)), group.customers, group.sent, group.delivered, group.bounced, group.complained, group.unsubscribed,
    ...allMeasures.flatMap((measure) => [group[measure], percent(group.rates[measure]?.value), percent(group.rates[measure]?.low), percent(group.rates[measure]?.high)]),
    percent(group.uplift.converted?.difference), percent(group.uplift.recovered?.difference), group.whyNoUplift && whyNoUplift(group.whyNoUplift),
  ]),
});

const kinds = (kind: JourneyItem["kind"]) => (kind === "transition" ? t("Move") : kind === "review" ? t("Review") : t("Message"));

export const journeyTable = ({ items }: Journey): Table => ({
  columns: columns([
    t("At"), t("What happens"), t("Moves from"), t("Moves to"), t("Rule"), t("Confidence"), t("Campaign"), t("Message"), t("Channel"), t("Variant"), t("What becomes of it"), t("Why"),
    t("Held until"), t("Address"), t("Subject"),
  ]),
  rows: items.map((item) => [
    item.at, kinds(item.kind), tagText(item.from), tagText(item.to), item.rule ?? null, item.confidence ?? null, item.campaign ? campaignName(item.campaign) : null, item.step ?? null,
    item.channel ? channelNames[item.channel] : null, item.variant ?? null, item.campaign ? fateOf(item).word : null,
    item.campaign ? fateOf(item).why : item.reason ? reviewWords(item.reason) : null, item.heldUntil ?? null, item.message?.to ?? null, item.message?.subject ?? null,
  ]),
});
