import type { ECharts } from "echarts/core";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import type { Table } from "../analytics/csv";
import { fileName, save } from "../analytics/save";
import type { Draw } from "../charts/base";
import { pngFile, svgFile, wholeSvg } from "../charts/picture";
import { readTheme } from "../charts/theme";
import { t, useLanguage } from "../language";
import { useTheme } from "../theme";
import { saveCsv } from "./CsvButton";
import { Figures } from "./Figures";
import { Menu } from "./Menu";
import { Nothing } from "./States";

type Engine = typeof import("../charts/engine");
const narrowBelow = 540;
const exportHeightMin = 440;

export interface ChartProps<T> {
  title: string;
  /** What a file of it is called, after the product's name. */
  file: readonly string[];
  /** Said after the title, and in the pictures that leave the page. */
  note: string;
  /** The picture in a sentence, for those who do not see it. */
  summary: string;
  table: Table;
  /** What is drawn: the same object means the same picture. */
  of: T;
  draw: Draw<T>;
  height: number;
  /** Why there is nothing to draw. */
  none?: string | null;
  level?: 2 | 3;
  tools?: ReactNode;
  children?: ReactNode;
  className?: string;
}

/** A picture with its title, its figures and its files. The drawing code comes when the first picture does. */
export function Chart<T>({ title, file, note, summary, table, of, draw, height, none = null, level = 2, tools, children, className = "" }: ChartProps<T>) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const engine = useEngine();
  const Heading = level === 2 ? "h2" : "h3";
  const asPicture = async (kind: "svg" | "png") => {
    try {
      const { svgOf } = engine.loaded ?? (await import("../charts/engine"));
      const theme = readTheme();
      const whole = wholeSvg(svgOf, draw(of, { theme, narrow: false }), Math.max(exportHeightMin, height), { title, note }, theme);
      save(fileName(file, kind), kind === "svg" ? svgFile(whole.text) : await pngFile(whole));
      setProblem(null);
    } catch {
      setProblem(t("The picture could not be saved."));
    }
  };
  return (
    <section className={`${level === 2 ? "card " : ""}chart ${className}`} aria-labelledby={id}>
      <header className="card-head">
        <Heading id={id}>{title}</Heading>
        <span className="faint chart-note">{note}</span>
        <span className="chart-tools">
          {tools}
          {none === null && <Menu label={t("Save “{title}”", { title })} choices={[
            { label: t("Picture (PNG)"), does: () => void asPicture("png") }, { label: t("Drawing (SVG)"), does: () => void asPicture("svg") }, { label: t("Figures (CSV)"), does: () => saveCsv(file, table) },
          ]} />}
        </span>
      </header>
      {children}
      {none !== null ? <Nothing why={none} />
        : engine.failed ? <p className="trouble" role="alert">{t("The picture could not be loaded. Its figures are below.")}<button type="button" onClick={engine.again}>{t("Try again")}</button></p>
        : <Plot engine={engine.loaded} of={of} draw={draw} height={height} summary={summary} />}
      {problem && <p className="problem" role="alert">{problem}</p>}
      {none === null && <Figures table={table} title={title} open={engine.failed} />}
    </section>
  );
}

const isNarrow = (place: HTMLElement) => place.clientWidth < narrowBelow;

function Plot<T>({ engine, of, draw, height, summary }: { engine: Engine | null; of: T; draw: Draw<T>; height: number; summary: string }) {
  const place = useRef<HTMLDivElement>(null);
  const picture = useRef<ECharts | null>(null);
  const [narrow, setNarrow] = useState<boolean | null>(null);
  const theme = useTheme();
  const language = useLanguage();
  useEffect(() => {
    if (!engine || !place.current) return;
    const box = place.current;
    const drawn = engine.draw(box);
    picture.current = drawn;
    const watch = new ResizeObserver(() => {
      setNarrow(isNarrow(box));
      if (box.clientWidth > 0) drawn.resize();
    });
    watch.observe(box);
    return () => {
      watch.disconnect();
      picture.current = null;
      drawn.dispose();
    };
  }, [engine]);
  useEffect(() => {
    if (!picture.current || !place.current) return;
    picture.current.resize();
    // Figures that come again every few seconds are exchanged, not played: nothing moves by itself.
    picture.current.setOption({ ...draw(of, { theme: readTheme(), narrow: isNarrow(place.current) }), animation: false }, { notMerge: true });
  }, [engine, of, draw, narrow, theme, language, height]);
  return (
    <div className="plot" style={{ height }} data-drawn={engine !== null}>
      <div ref={place} role="img" aria-label={summary} className="plot-place" />
    </div>
  );
}

let turn: Promise<unknown> = Promise.resolve();
/** Pictures are drawn one after the other, each in a task of its own: the page answers in between. */
const inTurn = () => (turn = turn.then(() => new Promise((next) => setTimeout(next))));

function useEngine(): { loaded: Engine | null; failed: boolean; again: () => void } {
  const [loaded, setLoaded] = useState<Engine | null>(null);
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    import("../charts/engine").then((engine) => inTurn().then(() => !gone && setLoaded(engine)), () => !gone && setFailed(true));
    return () => void (gone = true);
  }, [tries]);
  return { loaded, failed, again: () => { setFailed(false); setTries(tries + 1); } };
}
