export type Cell = string | number | null;
export interface Column { label: string; /** How a number is shown; in the file it stays a number. */ show?: ((value: number) => string) | undefined }
/** What a picture or a list shows, as figures. */
export interface Table { columns: readonly Column[]; rows: readonly (readonly Cell[])[] }

const byteOrderMark = "\uFEFF";
/** A cell that begins so is a formula to a spreadsheet, also in the wide forms of East Asian keyboards. */
const formula = /^[\s\u0000]*[=+\-@\t\r\n＝＋－＠]/u;

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** For spreadsheets: UTF-8 with its mark, and no text of anybody that a spreadsheet would calculate. */
export const csvOf = ({ columns, rows }: Table): string =>
  byteOrderMark + [columns.map(({ label }) => label), ...rows].map((row) => row.map(written).join(",") + "\r\n").join("");
