import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { draftOf, type CampaignDraft, type DraftCampaign } from "../campaigning/draft";
import { api } from "./client";
import { useFindings } from "./findings";
import { behindMs } from "./queries";
import type { CampaignSetRow, PreviewRequest, TestSendRequest } from "./schema";

export interface ActionFilter { status?: string | undefined; campaign?: string | undefined; customer?: string | undefined }
export interface TaskFilter { status: "open" | "done"; assignee?: string | undefined; customer?: string | undefined }

const everyMs = 10_000;
const countsEveryMs = 30_000;
export const tasksKey = ["tasks"] as const;
const draftKey = ["campaigns-draft"] as const;
export const actionsKey = ["actions"] as const;

export const campaignsKey = ["campaigns"] as const;
export const useCampaigns = () => useQuery({ queryKey: campaignsKey, queryFn: ({ signal }) => api.campaigns(signal), refetchInterval: countsEveryMs });

export const useActions = (filter: ActionFilter, limit = 20) =>
  useInfiniteQuery({
    queryKey: [...actionsKey, filter, limit],
    queryFn: ({ pageParam, signal }) => api.actions(filter, limit, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: everyMs,
  });

/** Campaigns that are being changed: they outlive a look at another page, as rules do. */
export function useCampaignDraft(active: CampaignSetRow): [CampaignDraft, (to: CampaignDraft) => void] {
  const queries = useQueryClient();
  const { data } = useQuery<CampaignDraft>({ queryKey: draftKey, queryFn: () => draftOf(active), enabled: false, gcTime: Infinity, staleTime: Infinity });
  const set = useCallback((to: CampaignDraft) => void queries.setQueryData(draftKey, to), [queries]);
  const untouched = useMemo(() => draftOf(active), [active]);
  return [data ?? untouched, set];
}

export const useCampaignFindings = (campaigns: readonly DraftCampaign[], wanted: boolean) => useFindings("campaigns", campaigns, wanted, api.checkCampaigns);

export const useCampaignSets = () =>
  useInfiniteQuery({
    queryKey: [...campaignsKey, "versions"],
    queryFn: ({ pageParam, signal }) => api.campaignSets(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: countsEveryMs,
  });

export const useCampaignSet = (version: number, against: number | null) =>
  useQuery({ queryKey: [...campaignsKey, "version", version, against], queryFn: ({ signal }) => api.campaignSet(version, against, signal), staleTime: Infinity });

export const useReport = (name: string, from: string | null) =>
  useQuery({ queryKey: ["report", name, from], queryFn: ({ signal }) => api.report(name, from, signal), refetchInterval: ({ state }) => (state.data?.behind ? behindMs : countsEveryMs), placeholderData: (before) => before });

/** A winner is a new version of the set. */
export function usePromote(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ variant, comment }: { variant: string; comment?: string }) => api.promote(name, variant, comment),
    onSettled: () => queries.invalidateQueries({ queryKey: campaignsKey }),
  });
}

export const useTestSend = (name: string) => useMutation({ mutationFn: (of: TestSendRequest) => api.testSend(name, of) });

export const usePreview = (campaign: string, of: PreviewRequest | null) =>
  useQuery({
    queryKey: ["preview", campaign, of],
    queryFn: () => api.preview(campaign, of!),
    enabled: of !== null, retry: false, placeholderData: (before) => before,
  });

export const useTasks = (filter: TaskFilter) =>
  useInfiniteQuery({
    queryKey: [...tasksKey, filter],
    queryFn: ({ pageParam, signal }) => api.tasks(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    refetchInterval: everyMs,
  });

/** Asked for again also when it was refused: somebody else was there first. */
function useTaskAct<T>(act: (what: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => queries.invalidateQueries({ queryKey: tasksKey }) });
}

export const useCompleteTask = () => useTaskAct(({ id, note }: { id: number; note?: string | undefined }) => api.completeTask(id, note));
export const useAssignTask = () => useTaskAct(({ id, assignee }: { id: number; assignee: string }) => api.assignTask(id, assignee));

export function useActionAct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, act }: { id: number; act: "cancel" | "replay" }) => api.actOn(id, act),
    onSettled: () => Promise.all([actionsKey, campaignsKey].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** What sinks kept, and which channels have one. */
export const useMailbox = (enabled = true) =>
  useInfiniteQuery({
    queryKey: ["mailbox"],
    queryFn: ({ pageParam, signal }) => api.mailbox(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: everyMs, enabled,
  });

/** Whether anything is kept instead of sent: it stays so while the server runs. */
export const useHasMailbox = () =>
  useQuery({ queryKey: ["mailbox-channels"], queryFn: async ({ signal }) => (await api.mailbox(null, signal, 1)).channels.length > 0, staleTime: Infinity }).data ?? false;

export const useMailboxMessage = (key: string | null) =>
  useQuery({ queryKey: ["mailbox-message", key], queryFn: ({ signal }) => api.mailboxMessage(key!, signal), enabled: key !== null, staleTime: Infinity, retry: false, placeholderData: (before) => before });
