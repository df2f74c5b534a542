import { createElement, Fragment, useSyncExternalStore, type ReactNode } from "react";

// The English sentence in the code is the key of its translation. What a dictionary does not have is shown in English.
// {name} is a value; {n|customer|customers} chooses by the plural form of n, in the order of the language's own categories.

/** The languages of the dashboard, each under its own name. */
export const languages = { en: "English", ja: "日本語" } as const;
export type Language = keyof typeof languages;
export type LanguageChoice = Language | "browser";
export type Dictionary = Readonly<Record<string, string>>;

const dictionaries: Record<Exclude<Language, "en">, () => Promise<{ default: Dictionary }>> = { ja: () => import("./languages/ja.ts") };

const storedAs = "lstep.language";
const isLanguage = (name: string | null | undefined): name is Language => !!name && Object.hasOwn(languages, name);
const wanted = (): readonly string[] => (typeof navigator === "undefined" ? [] : navigator.languages);

let language: Language = "en";
let dictionary: Dictionary = {};
const listeners = new Set<() => void>();

/** What somebody chose in this browser; without a choice the browser's own language is followed. */
export function languageChoice(): LanguageChoice {
  try {
    const kept = localStorage.getItem(storedAs);
    return isLanguage(kept) ? kept : "browser";
  } catch {
    return "browser";
  }
}

export function chooseLanguage(choice: LanguageChoice): Promise<void> {
  try {
    if (choice === "browser") localStorage.removeItem(storedAs);
    else localStorage.setItem(storedAs, choice);
  } catch {
    // Where nothing may be kept, the choice holds for this page.
  }
  return show(choice);
}

/** The first of the browser's languages that the dashboard has, else English. */
export const languageOf = (choice: LanguageChoice, browser: readonly string[] = wanted()): Language =>
  choice !== "browser" ? choice : browser.map((each) => each.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";

/** Before the first page is drawn: what is shown first is in the right language already. */
export const startLanguage = () => show(languageChoice());

async function show(choice: LanguageChoice) {
  const next = languageOf(choice);
  const words = next === "en" ? {} : await dictionaries[next]().then((file) => file.default, () => null);
  // Without its dictionary the dashboard stays readable, in English.
  speak(words === null ? "en" : next, words ?? {});
}

export function speak(next: Language, words: Dictionary) {
  [language, dictionary] = [next, words];
  if (typeof document !== "undefined") document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
export const useLanguage = () => useSyncExternalStore(subscribe, () => language);

/** The language with the viewer's own region where it has one (en-GB), for dates and numbers. */
export const locale = () => wanted().find((each) => each.slice(0, 2).toLowerCase() === language) ?? language;

/** Something that Intl makes, once a language. */
export function inLanguage<T>(make: (locale: string) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const at = locale();
    if (!made.has(at)) made.set(at, make(at));
    return made.get(at)!;
  };
}

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? (Name extends `${infer Value}|${string}` ? Value : Name) | Names<Rest> : never;
type Values<Text, Value> = [Names<Text>] extends [never] ? [] : [Record<Names<Text>, Value>];

const numbers = inLanguage((at) => new Intl.NumberFormat(at, { maximumFractionDigits: 2 }));
const plurals = inLanguage((at) => new Intl.PluralRules(at));
const categoryOrder = ["zero", "one", "two", "few", "many", "other"];

function form(n: number, forms: readonly string[]): string {
  const of = plurals().resolvedOptions().pluralCategories.toSorted((a, b) => categoryOrder.indexOf(a) - categoryOrder.indexOf(b));
  return forms[of.indexOf(plurals().select(n))] ?? forms.at(-1)!;
}

/** The text between its places, and what stands at them. */
function pieces<Value>(text: string, values: Readonly<Record<string, Value>>): (string | Value)[] {
  const translated = Object.hasOwn(dictionary, text) ? dictionary[text]! : text;
  return translated.split(/(\{[^{}]+\})/).map((piece) => {
    if (!piece.startsWith("{")) return piece;
    const [name, ...forms] = piece.slice(1, -1).split("|");
    const value = values[name!];
    if (value === undefined) return piece;
    if (forms.length > 0) return form(Number(value), forms);
    return typeof value === "number" ? numbers().format(value) : value;
  }).filter((piece) => piece !== "");
}

/** A text that is known only when the page runs: `text(…)` marked it where it was written. */
export const translate = (text: string, values: Readonly<Record<string, string | number>> = {}): string => pieces(text, values).join("");

/** The sentence in the viewer's language, with its values; numbers are written as the language writes them. */
export const t = <Text extends string>(text: Text, ...[values]: Values<Text, string | number>): string => translate(text, values as Record<string, string | number> | undefined);

/** The same with elements at the places. */
export const rich = <Text extends string>(text: Text, ...[values]: Values<Text, ReactNode>): ReactNode =>
  createElement(Fragment, null, ...pieces<ReactNode>(text, (values ?? {}) as Record<string, ReactNode>));

/** Marks an English text that is translated where it is shown. */
export const text = <Text extends string>(english: Text): Text => english;

/** A table of texts, of any depth, that reads in the language of the moment. */
export function translated<Table extends object>(english: Table): Table {
  const table = {};
  for (const [name, value] of Object.entries(english)) {
    const inner: unknown = typeof value === "object" && value !== null ? translated(value as object) : value;
    Object.defineProperty(table, name, { enumerable: true, get: () => (typeof inner === "string" ? translate(inner) : inner) });
  }
  return table as Table;
}
