import { useSyncExternalStore } from "react";
import { api } from "./api/client";

// Most answers give customers by id. Their names are asked for together, at most so many at once, and kept for a while.
const gatherMs = 40;
const idsPerCallMax = 500;
const keptMax = 10_000;
const freshMs = 5 * 60_000;
const retryMs = 10_000;

interface Known { name: string | null; until: number }

const known = new Map<string, Known>();
const wanted = new Set<string>();
const listeners = new Set<() => void>();
let gathering: ReturnType<typeof setTimeout> | undefined;

/** What another answer said anyway. */
export function learnName(id: string, name: string | null) {
  const before = known.get(id);
  keep(id, name, performance.now() + freshMs);
  if (before?.name !== name) tell();
}

/** Nobody else's names after another person signed in. */
export function forgetNames() {
  known.clear();
  wanted.clear();
  tell();
}

function keep(id: string, name: string | null, until: number) {
  known.delete(id);
  known.set(id, { name, until });
  if (known.size > keptMax) known.delete(known.keys().next().value!);
}

const tell = () => listeners.forEach((listener) => listener());

function want(id: string) {
  const found = known.get(id);
  if (wanted.has(id) || (found && found.until > performance.now())) return;
  wanted.add(id);
  gathering ??= setTimeout(() => void ask(), gatherMs);
}

async function ask() {
  gathering = undefined;
  const ids = [...wanted].slice(0, idsPerCallMax);
  const answer = await api.names(ids).catch(() => null);
  const found = new Map(answer?.items.map(({ id, name }) => [id, name]));
  const until = performance.now() + (answer ? freshMs : retryMs);
  for (const id of ids) {
    wanted.delete(id);
    keep(id, answer ? (found.get(id) ?? null) : (known.get(id)?.name ?? null), until);
  }
  tell();
  if (wanted.size > 0) gathering ??= setTimeout(() => void ask(), gatherMs);
}

/** The names of these customers for a file: they are asked for whether they are known or not, and nothing is kept. */
export async function namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, string | null>> {
  const all = [...new Set(ids)];
  const names = new Map<string, string | null>();
  for (let from = 0; from < all.length; from += idsPerCallMax)
    for (const { id, name } of (await api.names(all.slice(from, from + idsPerCallMax))).items) names.set(id, name);
  return names;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The customer's name; null while it is not known, and for one without a name. */
export function useName(id: string): string | null {
  const name = useSyncExternalStore(subscribe, () => known.get(id)?.name ?? null);
  want(id);
  return name;
}
