import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import type { PreviewRequest } from "./schema";

export interface ActionFilter { status?: string | undefined; campaign?: string | undefined; customer?: string | undefined }
export interface TaskFilter { status: "open" | "done"; assignee?: string | undefined; customer?: string | undefined }

const everyMs = 10_000;
const countsEveryMs = 30_000;
export const tasksKey = ["tasks"] as const;
export const actionsKey = ["actions"] as const;

export const useCampaigns = () => useQuery({ queryKey: ["campaigns"], queryFn: ({ signal }) => api.campaigns(signal), refetchInterval: countsEveryMs });

export const useActions = (filter: ActionFilter, limit = 20) =>
  useInfiniteQuery({
    queryKey: [...actionsKey, filter, limit],
    queryFn: ({ pageParam, signal }) => api.actions(filter, limit, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: everyMs,
  });

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
    onSettled: () => queries.invalidateQueries({ queryKey: actionsKey }),
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
