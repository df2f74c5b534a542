import { allTags, type StatusTag } from "../tags";

/** The page's colours and font, in a form that a picture can hold. */
export interface ChartTheme {
  tag: Record<StatusTag, string>;
  text: string; muted: string; faint: string; line: string; lineStrong: string; surface: string; surface2: string; accent: string; danger: string; warn: string;
  series: { engagement: string; progress: string; community: string; overall: string };
  font: string;
}

export function readTheme(): ChartTheme {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const read = (colour: string, tag?: StatusTag) => {
    if (tag) probe.dataset.tag = tag;
    else delete probe.dataset.tag;
    probe.style.color = colour;
    return plainColour(getComputedStyle(probe).color);
  };
  const of = (name: string) => read(`var(--${name})`);
  const theme: ChartTheme = {
    tag: Object.fromEntries(allTags.map((tag) => [tag, read("oklch(var(--solid-l) var(--c) var(--h))", tag)])) as Record<StatusTag, string>,
    text: of("text"), muted: of("muted"), faint: of("faint"), line: of("line"), lineStrong: of("line-strong"), surface: of("surface"), surface2: of("surface-2"),
    accent: of("accent"), danger: of("danger"), warn: of("chart-warn"),
    series: { engagement: of("engagement"), progress: of("progress"), community: of("community"), overall: of("overall") },
    // A drawing's text puts the names into attributes as they are: double quotes would end them.
    font: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"),
  };
  probe.remove();
  return theme;
}

let pixel: CanvasRenderingContext2D | null = null;

/** Any colour of CSS as #rrggbb: pictures that leave the page know no wide ones. */
function plainColour(colour: string): string {
  pixel ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!pixel) return colour;
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
  return hex(red!, green!, blue!);
}

const hex = (...parts: number[]) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
const parts = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** So much of the second colour in the first. */
export function mix(one: string, other: string, share: number): string {
  const [a, b] = [parts(one), parts(other)];
  return hex(...a.map((part, index) => part + (b[index]! - part) * share));
}

/** Of two inks the one that can be read on the ground: by relative luminance, as WCAG has it. */
export function inkOn(ground: string, ...inks: [string, string]): string {
  const contrast = (ink: string) => {
    const [high, low] = [luminance(ground), luminance(ink)].sort((a, b) => b - a);
    return (high! + 0.05) / (low! + 0.05);
  };
  return contrast(inks[0]) >= contrast(inks[1]) ? inks[0] : inks[1];
}

function luminance(colour: string): number {
  const [red, green, blue] = parts(colour).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
