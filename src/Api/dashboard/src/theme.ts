import { useSyncExternalStore } from "react";
import { text } from "./language";

// public/theme.js puts the theme on the page before anything is drawn; here it is chosen and read.
export const themes = { light: text("Light"), dark: text("Dark"), system: text("System") } as const;
export type ThemeChoice = keyof typeof themes;

const storedAs = "lstep.theme";

export function themeChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(storedAs);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

export function chooseTheme(choice: ThemeChoice) {
  try {
    if (choice === "system") localStorage.removeItem(storedAs);
    else localStorage.setItem(storedAs, choice);
  } catch {
    // The event below carries it.
  }
  window.dispatchEvent(new CustomEvent("lstep:theme", { detail: choice }));
}

const subscribe = (listener: () => void) => {
  window.addEventListener("lstep:themed", listener);
  return () => window.removeEventListener("lstep:themed", listener);
};

/** What is shown: charts are drawn anew when it changes. */
export const useTheme = () => useSyncExternalStore(subscribe, () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light"));
export const useThemeChoice = () => useSyncExternalStore(subscribe, themeChoice);
