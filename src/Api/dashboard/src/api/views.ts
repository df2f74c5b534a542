import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";

/** A saved way to look at the customers: what the address asks, and the columns. */
export interface View { name: string; filter: Record<string, string>; columns: string[]; shared: boolean; owner?: string; mine?: boolean }

const key = ["views"] as const;

export const useViews = () => useQuery({ queryKey: key, queryFn: ({ signal }) => api.views(signal), staleTime: 30_000, retry: false });

export function useViewActs() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: key });
  return {
    save: useMutation({ mutationFn: (view: View) => api.saveView(view), onSuccess }),
    remove: useMutation({ mutationFn: (name: string) => api.removeView(name), onSuccess }),
  };
}
