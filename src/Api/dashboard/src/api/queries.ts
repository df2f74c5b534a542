import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { amountsAreIn, dayOf } from "../format";
import { learnNow, serverNow } from "../clock";
import { learnName } from "../names";
import { api, type AuditFilter, type CustomerFilter, type Instant, type ReviewFilter } from "./client";
import type { EventFilter } from "./events";
import { useFindings } from "./findings";
import { draftOf, toDraft, type Draft, type DraftRule } from "../rules/draft";
import type { Clause, DailyMetricsRow, RuleRow, RuleSetRow } from "./schema";

export const keys = {
  session: ["session"] as const,
  distribution: ["distribution"] as const,
  reviews: ["reviews"] as const,
  customers: ["customers"] as const,
  customer: (id: string) => ["customer", id] as const,
  events: ["events"] as const,
  rejected: ["rejected"] as const,
  rules: ["rules"] as const,
  flags: ["flags"] as const,
  keys: ["keys"] as const,
};

// The line says when something changed; these are for what it cannot say: time that passed, and a line that is down.
const slowMs = 30_000;
const quickMs = 5_000;

export const daysShown = 30;
const dayMs = 86_400_000;

export const useSession = () =>
  useQuery({
    queryKey: keys.session,
    queryFn: async ({ signal }) => {
      const session = await api.session(signal);
      learnNow(session.now, session.simulated);
      amountsAreIn(session.currency);
      return session;
    },
    staleTime: slowMs,
    refetchInterval: slowMs,
    retry: false,
  });

export const useDistribution = (live: boolean, emptyMs: number) =>
  useQuery({
    queryKey: keys.distribution,
    queryFn: async ({ signal }) => {
      const distribution = await api.distribution(signal);
      learnNow(distribution.at);
      return distribution;
    },
    // Whoever waits for the very first customer looks on.
    refetchInterval: ({ state }) => (state.data && Object.values(state.data.counts).every((n) => n === 0) ? emptyMs : live ? slowMs : quickMs),
  });

const everyReview: ReviewFilter = {};
export const useOpenReviews = (live: boolean, filter: ReviewFilter = everyReview) =>
  useQuery({ queryKey: [...keys.reviews, filter], queryFn: ({ signal }) => api.openReviews(filter, signal), refetchInterval: live ? slowMs : quickMs, placeholderData: keepPreviousData });

export const rowsPerPage = 200;

/** How soon what is still being counted is asked for again, and of how many pages at most. */
export const behindMs = 2_000;
const pagesAskedAgainMax = 3;

export const useCustomers = (filter: CustomerFilter, limit = 50) =>
  useInfiniteQuery({
    queryKey: [...keys.customers, filter, limit],
    queryFn: async ({ pageParam, signal }) => {
      const page = await api.customers(filter, limit, pageParam, signal);
      for (const { id, name } of page.items) learnName(id, name);
      return page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // Who came a moment ago is not missing for long.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= pagesAskedAgainMax && state.data?.pages.at(-1)?.behind ? behindMs : false),
    placeholderData: (before) => before,
  });

export const useCustomer = (id: string) =>
  useQuery({ queryKey: [...keys.customer(id), "snapshot"], queryFn: ({ signal }) => api.customer(id, signal), refetchInterval: quickMs });

/** What a decision record tells here; it never changes. */
export interface DecisionRecord { rules: { name: string; clauses: Clause[] }[] }

export const useDecision = (id: string, number: number) =>
  useQuery({
    queryKey: ["decision", id, number],
    queryFn: async ({ signal }) => (await api.decision(id, number, signal)).record as unknown as DecisionRecord,
    staleTime: Infinity,
  });

export const useEvents = (filter: EventFilter) =>
  useInfiniteQuery({
    queryKey: [...keys.events, filter],
    queryFn: ({ pageParam, signal }) => api.events(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    refetchInterval: quickMs * 2,
  });

export const useRejected = (limit: number, everyMs = quickMs * 2) =>
  useInfiniteQuery({
    queryKey: [...keys.rejected, limit],
    queryFn: ({ pageParam, signal }) => api.rejected(limit, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: everyMs,
  });

export const useKeys = () =>
  useInfiniteQuery({
    queryKey: keys.keys,
    queryFn: ({ pageParam, signal }) => api.keys(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: slowMs,
  });

export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam, signal }) => api.audit(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    refetchInterval: slowMs,
  });

export const useProviders = () => useQuery({ queryKey: ["providers"], queryFn: ({ signal }) => api.providers(signal), staleTime: Infinity, retry: false });

export const useFlags = () => useQuery({ queryKey: keys.flags, queryFn: ({ signal }) => api.flags(signal), refetchInterval: slowMs });
export const useBatches = (limit: number) => useQuery({ queryKey: ["batches", limit], queryFn: ({ signal }) => api.batches(limit, signal), refetchInterval: quickMs });
export const useRules = () => useQuery({ queryKey: keys.rules, queryFn: ({ signal }) => api.rules(signal), refetchInterval: quickMs * 2 });

export const useBatch = (id: string) =>
  useQuery({ queryKey: ["batches", id], queryFn: ({ signal }) => api.batch(id, signal), refetchInterval: ({ state }) => (state.data?.finishedAt ? false : 1_000) });

export const useRuleSetVersions = () =>
  useInfiniteQuery({
    queryKey: [...keys.rules, "versions"],
    queryFn: ({ pageParam, signal }) => api.ruleSets(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: slowMs,
  });

export const useRuleSetVersion = (version: number, against: number | null) =>
  useQuery({ queryKey: [...keys.rules, "version", version, against], queryFn: ({ signal }) => api.ruleSet(version, against, signal), staleTime: Infinity });

/** Rules that are being changed: they outlive a look at another page, and end with the session as every answer does. */
export function useRuleDraft(active: RuleSetRow): [Draft, (to: Draft) => void] {
  const queries = useQueryClient();
  const { data } = useQuery<Draft>({ queryKey: draftKey, queryFn: () => draftOf(active), enabled: false, gcTime: Infinity, staleTime: Infinity });
  const set = useCallback((to: Draft) => void queries.setQueryData(draftKey, to), [queries]);
  const untouched = useMemo(() => draftOf(active), [active]);
  return [data ?? untouched, set];
}

const draftKey = ["rules-draft"] as const;

/** Rules that somebody proposes, as the draft of the rules page; what was there before is replaced. */
export const proposeRules = (queries: QueryClient, base: number, rules: readonly object[], comment: string) =>
  void queries.setQueryData<Draft>(draftKey, { base, rules: rules.map((rule) => toDraft(rule as RuleRow)), comment });

/** What publishing would refuse and warn of. */
export const useRuleFindings = (rules: readonly DraftRule[], wanted: boolean) => useFindings("rules", rules, wanted, api.checkRules);

export const useEvaluation = (id: string) =>
  useQuery({
    queryKey: [...keys.customer(id), "evaluation"],
    queryFn: async ({ signal }) => {
      const evaluation = await api.evaluation(id, signal);
      learnNow(evaluation.at);
      return evaluation;
    },
    refetchInterval: quickMs * 2,
  });

/** Each has its first answer, or has failed once: cards that come one after the other would push each other down. */
export const areSettled = (...asked: readonly { data: unknown; failureCount: number }[]) =>
  asked.every(({ data, failureCount }) => data !== undefined || failureCount > 0);

/** The customer was active on the last day shown, and that day has no row yet. */
export const isUncounted = (days: readonly DailyMetricsRow[], last: string, lastActive: Instant) =>
  lastActive.slice(0, 10) === last && !days.some((day) => day.date.slice(0, 10) === last);

export const useDays = (id: string, lastActive: Instant | null) =>
  useQuery({
    queryKey: [...keys.customer(id), "days"],
    queryFn: async ({ signal }) => {
      const now = serverNow();
      const to = dayOf(now);
      const { items } = await api.days(id, dayOf(now - (daysShown - 1) * dayMs), to, signal);
      return { to, items };
    },
    // Daily rows trail behind by up to a minute: while one is missing, look again soon.
    refetchInterval: ({ state }) => (state.data && lastActive && isUncounted(state.data.items, state.data.to, lastActive) ? quickMs : slowMs),
  });

export const useTimeline = (id: string) =>
  useInfiniteQuery({
    queryKey: [...keys.customer(id), "timeline"],
    queryFn: ({ pageParam, signal }) => api.timeline(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: slowMs,
  });
