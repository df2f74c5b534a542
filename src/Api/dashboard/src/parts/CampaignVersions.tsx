import { useMutation } from "@tanstack/react-query";
import { useCampaignSet, useCampaignSets } from "../api/campaigns";
import { api } from "../api/client";
import type { CampaignSetVersion } from "../api/schema";
import { campaignName } from "../campaigns";
import { t } from "../language";
import { SetVersions } from "./SetVersions";

/** The list tells who published when and why; the campaigns of a version are asked for when it is taken up. */
export function CampaignVersions({ active, edit }: { active: { version: number }; edit: ((set: CampaignSetVersion) => void) | null }) {
  const takeUp = useMutation({ mutationFn: (version: number) => api.campaignSet(version, null), onSuccess: (set) => edit?.(set) });
  return (
    <>
      <SetVersions versions={useCampaignSets()} active={active} what="campaigns" page={api.campaignSets} counted={t("Campaigns")} size={({ count }) => count} useDifference={useCampaignSet} nameOf={campaignName} edit={edit ? ({ version }) => takeUp.mutate(version) : null} />
      {takeUp.error && <p className="problem" role="alert">{takeUp.error.message}</p>}
    </>
  );
}
