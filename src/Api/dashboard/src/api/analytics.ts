import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Range } from "../analytics/range";
import type { CohortBy, Ranged } from "../analytics/sets";
import { learnNow } from "../clock";
import { api } from "./client";
import type { CostsOfSends, NewKpiGoal } from "./schema";

export const analyticsKey = ["analytics"] as const;
const everyMs = 20_000;

/** Figures of a range; those of the range before stay in sight, marked, until the new ones are there. */
function useAnalytics<T extends Ranged>(name: string, range: Range | null, ask: (signal: AbortSignal) => Promise<T>, more: readonly unknown[] = [], everyOther = 1) {
  return useQuery<T, Error, T>({
    queryKey: [...analyticsKey, name, range, ...more],
    queryFn: async ({ signal }) => {
      const answer = await ask(signal);
      learnNow(answer.asOf);
      return answer;
    },
    placeholderData: keepPreviousData,
    refetchInterval: everyMs * everyOther,
  });
}

export const useOverview = (range: Range | null) => useAnalytics("overview", range, (signal) => api.overview(range, signal));
export const useDistributionDays = (range: Range | null) => useAnalytics("distribution", range, (signal) => api.distribution(signal, range));
export const useFlow = (range: Range | null) => useAnalytics("flow", range, (signal) => api.flow(range, signal));
export const useCohorts = (range: Range | null, by: CohortBy) => useAnalytics("cohorts", range, (signal) => api.cohorts(range, by, signal), [by], 3);
export const useRisks = (range: Range | null) => useAnalytics("risks", range, (signal) => api.risks(range, signal));
export const useAutomation = (range: Range | null) => useAnalytics("automation", range, (signal) => api.automation(range, signal));
export const useMatrix = () =>
  useQuery({
    queryKey: [...analyticsKey, "matrix"], refetchInterval: everyMs,
    queryFn: async ({ signal }) => {
      const answer = await api.matrix(signal);
      learnNow(answer.asOf);
      return answer;
    },
  });
export const useWeekly = (range: Range | null) => useAnalytics("weekly", range, (signal) => api.weekly(range, signal), [], 3);
export const useKpis = (range: Range | null) => useAnalytics("kpis", range, (signal) => api.kpis(range, signal));

/** What a person set as the goal and the baseline of one. */
export function useSetKpi(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (to: NewKpiGoal) => api.setKpi(name, to),
    onSettled: () => queries.invalidateQueries({ queryKey: [...analyticsKey, "kpis"] }),
  });
}

export const useCustomerValue = (range: Range | null) => useAnalytics("value", range, (signal) => api.value(range, signal), [], 3);

export const useCampaignCosts = () => useQuery({ queryKey: [...analyticsKey, "costs"], queryFn: ({ signal }) => api.campaignCosts(signal) });

/** What sends cost, all at once. */
export function useSetCampaignCosts() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (to: CostsOfSends) => api.setCampaignCosts(to),
    onSettled: () => queries.invalidateQueries({ queryKey: analyticsKey }),
  });
}
