import type { CardBin, CardPart } from "../api/predictions";
import { count, number } from "../format";
import { t } from "../language";
import { aucOf, shareOf } from "../predictions/words";
import { axisName, grid, legend, tip, tooltip, valueAxis, type Draw } from "./base";

interface Hovered { dataIndex: number; seriesName?: string }

/** Where a scale of shares ends: a rare outcome would lie in a corner of 0 to 1. */
export const shareEnd = (highest: number) => [0.05, 0.1, 0.2, 0.4, 0.6, 0.8].find((end) => highest <= end) ?? 1;

/** What was predicted against what came true; on the line they are the same. */
export const drawCalibration: Draw<readonly CardBin[]> = (bins, drawing) => {
  const { theme, narrow } = drawing;
  const end = shareEnd(Math.max(0, ...bins.flatMap(({ predicted, observed }) => [predicted, observed])));
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  const axis = (name: string, more: object) => valueAxis(drawing, shareOf0, { min: 0, max: end, interval: end / 4, name, ...axisName(theme), ...more });
  return {
    grid: grid({ top: 30, right: 14, bottom: 22 }), legend: legend(drawing),
    tooltip: tooltip(drawing, {
      trigger: "item",
      formatter: ({ dataIndex, seriesName }: Hovered) => {
        const bin = bins[dataIndex];
        if (!bin || seriesName !== t("Model")) return "";
        return tip(t("{from} to {to}", { from: shareOf(bin.from), to: shareOf(bin.to) }), [
          { label: t("Predicted on average"), value: shareOf(bin.predicted) }, { label: t("Came true"), value: shareOf(bin.observed), colour: theme.accent }, { label: t("Rows"), value: count(bin.rows) },
        ]);
      },
    }),
    xAxis: axis(t("Predicted on average"), { nameLocation: "middle", nameGap: 26 }), yAxis: axis("", {}),
    series: [
      { type: "line", name: t("As it should be"), data: [[0, 0], [end, end]], symbol: "none", silent: true, color: theme.faint, lineStyle: { width: 1, type: [4, 4], color: theme.faint } },
      {
        type: "line", name: t("Model"), data: bins.map(({ predicted, observed }) => [predicted, observed]), color: theme.accent, symbol: "circle",
        symbolSize: (_: unknown, { dataIndex }: Hovered) => (narrow ? 5 : 6) + 8 * Math.sqrt((bins[dataIndex]?.rows ?? 0) / most), showSymbol: true, lineStyle: { width: 1.5 }, emphasis: { scale: false },
      },
    ],
  };
};

const shareOf0 = (value: number) => `${Math.round(value * 1000) / 10}%`;

/** How well it does in each part, with what comes true there: a high AUC of few is told by its rows. */
export const drawParts: Draw<readonly CardPart[]> = (parts, drawing) => {
  const { theme } = drawing;
  // Weeks follow each other; tiers do not.
  const joined = parts.every(({ key }) => Number.isFinite(Number(key)));
  return {
    grid: grid({ top: 34 }), legend: legend(drawing),
    tooltip: tooltip(drawing, {
      trigger: "axis",
      formatter: ([first]: Hovered[]) => {
        const part = parts[first!.dataIndex]!;
        return tip(part.key, [
          { label: "AUC", colour: theme.accent, value: part.auc === null ? "–" : aucOf(part.auc) }, { label: t("Accuracy"), colour: theme.series.engagement, value: shareOf(part.accuracy) },
          { label: t("Base rate"), colour: theme.lineStrong, value: shareOf(part.baseRate) }, { label: t("Rows"), value: count(part.rows) },
        ]);
      },
    }),
    xAxis: { type: "category", data: parts.map(({ key }) => key), axisLine: { lineStyle: { color: theme.lineStrong } }, axisTick: { show: false }, axisLabel: { color: theme.faint, fontFamily: theme.font, fontSize: 11.5, hideOverlap: true, margin: 10 } },
    yAxis: valueAxis(drawing, number, { min: 0, max: 1, interval: 0.25 }),
    series: [
      { type: "bar", name: t("Base rate"), color: theme.lineStrong, data: parts.map(({ baseRate }) => baseRate), barMaxWidth: 26, emphasis: { disabled: true } },
      { type: "line", name: t("Accuracy"), color: theme.series.engagement, data: parts.map(({ accuracy }) => accuracy), symbol: "circle", symbolSize: joined ? 5 : 10, showSymbol: parts.length < 30, lineStyle: { width: joined ? 1.5 : 0 }, emphasis: { disabled: true } },
      { type: "line", name: "AUC", color: theme.accent, data: parts.map(({ auc }) => auc), symbol: "circle", symbolSize: joined ? 5 : 10, showSymbol: parts.length < 30, lineStyle: { width: joined ? 2 : 0 }, emphasis: { disabled: true } },
    ],
  };
};
