// The only file that names ECharts' code: it is loaded on demand, in a chunk of its own.
import { BarChart, HeatmapChart, LineChart, SankeyChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapContinuousComponent } from "echarts/components";
import { init, use, type ECharts, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, HeatmapChart, LineChart, SankeyChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapContinuousComponent, SVGRenderer]);

export const draw = (place: HTMLElement): ECharts => init(place, null, { renderer: "svg" });

/** The picture as a text, at a size of its own, without a place on the page. */
export function svgOf(option: EChartsCoreOption, width: number, height: number): string {
  const picture = init(null, null, { renderer: "svg", ssr: true, width, height });
  picture.setOption({ ...option, animation: false });
  const text = picture.renderToSVGString();
  picture.dispose();
  return text;
}
