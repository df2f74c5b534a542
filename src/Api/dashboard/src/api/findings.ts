import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { canonical, type Finding } from "../rules/draft";

const typingPauseMs = 350;
const freshMs = 30_000;

/** What publishing a list would refuse and warn of, once typing pauses; of what was checked last until then. */
export function useFindings<T extends object>(what: string, list: readonly T[], wanted: boolean, check: (list: readonly T[], signal: AbortSignal) => Promise<{ errors: Finding[]; warnings: Finding[] }>) {
  const [settled, setSettled] = useState(list);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(list), typingPauseMs);
    return () => clearTimeout(timer);
  }, [list]);
  const checked = useQuery({
    queryKey: [`${what}-check`, canonical(settled)],
    queryFn: ({ signal }) => check(settled, signal),
    enabled: wanted, staleTime: freshMs, gcTime: freshMs, placeholderData: (before) => before,
  });
  return { ...checked, isPlaceholderData: checked.isPlaceholderData || settled !== list };
}
