import type { EChartsCoreOption } from "echarts/core";
import type { ChartTheme } from "./theme";

const width = 1200;
const headHeight = 84;
const margin = 32;
const pixelsPerUnit = 2;

interface Words { title: string; note: string }
type SvgOf = (option: EChartsCoreOption, width: number, height: number) => string;

const escaped = (text: string) => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The picture by itself: with its title, on a ground, at a size that suits a page or a slide. */
export function wholeSvg(svgOf: SvgOf, option: EChartsCoreOption, plotHeight: number, { title, note }: Words, theme: ChartTheme): { text: string; width: number; height: number } {
  const height = headHeight + plotHeight + margin;
  const plot = svgOf(option, width - 2 * margin, plotHeight).replace(/^<svg /, `<svg x="${margin}" y="${headHeight}" `);
  const font = escaped(theme.font);
  const text = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`
    + `<rect width="100%" height="100%" fill="${theme.surface}"/>`
    + `<text x="${margin}" y="44" font-family="${font}" font-size="20" font-weight="600" fill="${theme.text}">${escaped(title)}</text>`
    + `<text x="${margin}" y="66" font-family="${font}" font-size="13" fill="${theme.muted}">${escaped(note)}</text>${plot}</svg>`;
  return { text, width, height };
}

export const svgFile = (text: string) => new Blob([text], { type: "image/svg+xml" });

export async function pngFile({ text, width: wide, height }: { text: string; width: number; height: number }): Promise<Blob> {
  const address = URL.createObjectURL(svgFile(text));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [wide * pixelsPerUnit, height * pixelsPerUnit];
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((file) => (file ? resolve(file) : reject(new Error("The picture could not be written."))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
