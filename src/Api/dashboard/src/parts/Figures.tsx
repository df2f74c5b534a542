import type { Cell, Column, Table } from "../analytics/csv";
import { number } from "../format";
import { t } from "../language";

/** The figures of a picture, for whoever would rather read them. */
export const Figures = ({ table, title, open = false }: { table: Table; title: string; open?: boolean }) => (
  <details className="chart-figures" open={open}>
    <summary>{t("Figures")}</summary>
    <div className="figures-scroll" role="group" aria-label={t("Figures of “{title}”", { title })} tabIndex={0}>
      <table>
        <thead><tr>{table.columns.map(({ label }) => <th key={label} scope="col">{label}</th>)}</tr></thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line}>{row.map((cell, at) => (at === 0 ? <th key={at} scope="row">{shown(cell, table.columns[at])}</th> : <td key={at} data-number={typeof cell === "number" || cell === null}>{shown(cell, table.columns[at])}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  </details>
);

const shown = (cell: Cell, column: Column | undefined) => (cell === null ? "–" : typeof cell === "number" ? (column?.show ?? number)(cell) : cell);
