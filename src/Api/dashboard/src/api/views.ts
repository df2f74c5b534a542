import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";

/** A saved way to look at the customers. filter is the query string of the page. */
export interface NewView { name: string; filter: string; columns: string[]; shared: boolean }
/** owner is what the person who saved it is called; own, whether the viewer did. */
export type View = NewView & { owner: string; own: boolean; savedAt: string };

const key = ["views"] as const;

export const useViews = (enabled = true) => useQuery({ enabled, queryKey: key, queryFn: ({ signal }) => api.views(signal), staleTime: 30_000, retry: false });

export function useViewActs() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: key });
  return {
    save: useMutation({ mutationFn: (view: NewView) => api.saveView(view), onSuccess }),
    remove: useMutation({ mutationFn: (name: string) => api.removeView(name), onSuccess }),
  };
}
