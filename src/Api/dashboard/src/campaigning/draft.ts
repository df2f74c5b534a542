import type { CampaignDefinition, CampaignRow, CampaignSetRow } from "../api/schema";
import { canonical, listOf, nameOf, type FieldChange, type RuleChange } from "../rules/draft";
import { allTags, isTag } from "../tags";

/** A campaign while it is edited: whatever the JSON says, so that the text can say anything. */
export type DraftCampaign = Record<string, unknown>;

/** Campaigns that are being changed, and the version that they were made from. */
export interface CampaignDraft { base: number; campaigns: DraftCampaign[]; comment: string }

const defaults: Record<string, unknown> = {
  from: [], firstTime: false, audience: null, whenSending: null, holdoutPercent: 0, onceInDays: 30, onHighValueReview: false, variants: [], promoted: null, payload: {}, active: true,
};

export function toDraft(row: CampaignDefinition | CampaignRow): DraftCampaign {
  const { counts, ...definition } = row as CampaignRow;
  return definition;
}
export const draftOf = (set: Pick<CampaignSetRow, "version"> & { campaigns: readonly (CampaignDefinition | CampaignRow)[] }): CampaignDraft =>
  ({ base: set.version, campaigns: set.campaigns.map(toDraft), comment: "" });

export const valueOf = (campaign: DraftCampaign, field: string): unknown => campaign[field] ?? defaults[field] ?? null;

/** What publishing would change; a campaign is known by its name. */
export function campaignChanges(before: readonly DraftCampaign[], after: readonly DraftCampaign[]): RuleChange[] {
  const old = new Map(before.map((campaign) => [nameOf(campaign), campaign]));
  const kept = new Set(after.map(nameOf));
  return [
    ...after.filter((campaign) => !old.has(nameOf(campaign))).map((campaign) => ({ kind: "added" as const, name: nameOf(campaign), fields: [] })),
    ...before.filter((campaign) => !kept.has(nameOf(campaign))).map((campaign) => ({ kind: "removed" as const, name: nameOf(campaign), fields: [] })),
    ...after.filter((campaign) => old.has(nameOf(campaign))).map((campaign) => ({ kind: "changed" as const, name: nameOf(campaign), fields: fieldsOf(old.get(nameOf(campaign))!, campaign) }))
      .filter((change) => change.fields.length > 0),
  ];
}

const fieldsOf = (before: DraftCampaign, after: DraftCampaign): FieldChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].map((field) => ({ field, before: valueOf(before, field), after: valueOf(after, field) }))
    .filter((change) => canonical(change.before) !== canonical(change.after));

export function newCampaign(campaigns: readonly DraftCampaign[]): DraftCampaign {
  const taken = new Set(campaigns.map(nameOf));
  let name = "new_campaign";
  for (let n = 2; taken.has(name); n++) name = `new_campaign_${n}`;
  return { name, on: "ST_004", ...structuredClone(defaults), kind: "marketing", holdoutPercent: 10, steps: [{ number: 1, afterMinutes: 0, channel: "email" }], active: false };
}

/** One message of a campaign while it is edited. */
export interface DraftStep { afterMinutes: number; channel: string }
export interface DraftVariant { name: string; weight: number }

const objectsOf = (campaign: DraftCampaign, field: string) =>
  Array.isArray(campaign[field]) ? campaign[field].filter((item): item is Record<string, unknown> => typeof item === "object" && item !== null) : [];
const figure = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : 0);

export const stepsOf = (campaign: DraftCampaign): DraftStep[] =>
  objectsOf(campaign, "steps").map((step) => ({ afterMinutes: figure(step.afterMinutes), channel: typeof step.channel === "string" ? step.channel : "email" }));
export const variantsOf = (campaign: DraftCampaign): DraftVariant[] =>
  objectsOf(campaign, "variants").map((variant) => ({ name: typeof variant.name === "string" ? variant.name : "", weight: figure(variant.weight) }));

/** Steps are numbered by their place. */
export const withSteps = (campaign: DraftCampaign, steps: readonly DraftStep[]): DraftCampaign =>
  ({ ...campaign, steps: steps.map((step, at) => ({ number: at + 1, ...step })) });

export const variantsMax = 5;

/** A comparison has two contents at least: with one left there is none. While one goes on nobody has won. */
export function withVariants(campaign: DraftCampaign, variants: readonly DraftVariant[]): DraftCampaign {
  const kept = variants.length < 2 ? [] : variants;
  return { ...campaign, variants: kept, ...(kept.length > 0 && campaign.promoted ? { promoted: null } : {}) };
}

/** One variant more, by the first letter that is free. */
export function moreVariants(variants: readonly DraftVariant[]): DraftVariant[] {
  const taken = new Set(variants.map(({ name }) => name));
  const free = ["a", "b", "c", "d", "e"].filter((name) => !taken.has(name));
  const wanted = variants.length === 0 ? 2 : variants.length < variantsMax ? 1 : 0;
  return [...variants, ...free.slice(0, wanted).map((name) => ({ name, weight: 1 }))];
}

const hourMinutes = 60, dayMinutes = 24 * hourMinutes;
export interface Delay { days: number; hours: number; minutes: number }
export const delayOf = (minutes: number): Delay => ({ days: Math.floor(minutes / dayMinutes), hours: Math.floor((minutes % dayMinutes) / hourMinutes), minutes: minutes % hourMinutes });
export const minutesOf = ({ days, hours, minutes }: Delay) => days * dayMinutes + hours * hourMinutes + minutes;

export const fromOf = (campaign: DraftCampaign) => listOf(campaign, "from").filter(isTag);
export const onOf = (campaign: DraftCampaign) => (typeof campaign.on === "string" && isTag(campaign.on) ? campaign.on : null);

/** Campaigns by the tag that starts them, as they stand in the list; those of no known tag last. */
export function byTag(campaigns: readonly DraftCampaign[]): { tag: string | null; places: number[] }[] {
  const of = (tag: string | null) => campaigns.flatMap((campaign, at) => (onOf(campaign) === tag ? [at] : []));
  return [...allTags, null].map((tag) => ({ tag, places: of(tag) })).filter(({ places }) => places.length > 0);
}
