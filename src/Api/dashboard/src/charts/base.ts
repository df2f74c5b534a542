import type { EChartsCoreOption } from "echarts/core";
import { compact, shortDay, weekday } from "../format";
import type { ChartTheme } from "./theme";

/** How wide the place is, and in which colours. */
export interface Drawing { theme: ChartTheme; narrow: boolean }
export type Draw<T> = (of: T, drawing: Drawing) => EChartsCoreOption;

export interface TipLine { label: string; value: string; colour?: string | undefined }

/** A tooltip made of elements: no name in it is ever read as markup. */
export function tip(title: string, lines: readonly TipLine[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "chart-tip";
  add(box, "b", title);
  for (const { label, value, colour } of lines) {
    const line = add(box, "span", "");
    const dot = add(line, "i", "");
    if (colour) dot.style.background = colour;
    else dot.remove();
    add(line, "span", label);
    add(line, "b", value);
  }
  return box;
}

function add(to: HTMLElement, kind: string, text: string): HTMLElement {
  const made = document.createElement(kind);
  made.textContent = text;
  to.append(made);
  return made;
}

export const tooltip = ({ theme }: Drawing, more: object) => ({
  confine: true, className: "chart-tooltip", backgroundColor: "transparent", borderWidth: 0, padding: 0, extraCssText: "box-shadow: none", transitionDuration: 0.08,
  axisPointer: { type: "line", lineStyle: { color: theme.lineStrong, type: "solid" }, shadowStyle: { color: theme.line, opacity: 0.5 } }, ...more,
});

export const legend = ({ theme, narrow }: Drawing, more: object = {}) => ({
  top: 0, left: 0, itemWidth: 10, itemHeight: 10, itemGap: narrow ? 10 : 16, icon: "roundRect", type: "plain", inactiveColor: theme.lineStrong,
  textStyle: { color: theme.muted, fontFamily: theme.font, fontSize: 12 }, ...more,
});

const label = (theme: ChartTheme) => ({ color: theme.faint, fontFamily: theme.font, fontSize: 11.5 });

/** Days under a picture: few enough to read, the first and the last among them. */
export const dayAxis = (days: readonly string[], { theme, narrow }: Drawing, boundaryGap: boolean) => ({
  type: "category", data: days, boundaryGap,
  axisLine: { lineStyle: { color: theme.lineStrong } }, axisTick: { show: false },
  axisLabel: { ...label(theme), formatter: (day: string) => shortDay(day), hideOverlap: true, interval: every(days.length, narrow ? 3 : 6), alignMinLabel: "left", alignMaxLabel: "right", margin: 10 },
});

const every = (days: number, labels: number) => {
  const step = Math.max(1, Math.ceil(days / labels));
  return (index: number) => (days - 1 - index) % step === 0;
};

export const valueAxis = ({ theme }: Drawing, show: (value: number) => string = compact, more: object = {}) => ({
  type: "value", splitNumber: 4, minInterval: 0, axisLabel: { ...label(theme), formatter: show, margin: 10 },
  splitLine: { lineStyle: { color: theme.line } }, axisLine: { show: false }, axisTick: { show: false }, ...more,
});

export const axisName = (theme: ChartTheme) => ({ nameTextStyle: { ...label(theme) } });
export const grid = (more: object = {}) => ({ left: 4, right: 8, top: 34, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel", ...more });
export const longDay = (day: string) => weekday(day);
