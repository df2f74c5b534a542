import { csvOf, type Table } from "../analytics/csv";
import { fileName, save } from "../analytics/save";
import { t } from "../language";

export const saveCsv = (name: readonly string[], table: Table) => save(fileName(name, "csv"), new Blob([csvOf(table)], { type: "text/csv;charset=utf-8" }));

/** What a table shows, as a file. */
export const CsvButton = ({ name, table, disabled = false }: { name: readonly string[]; table: () => Table; disabled?: boolean }) => (
  <button type="button" className="small csv" disabled={disabled} onClick={() => saveCsv(name, table())}>
    <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2.5v7.5M4.8 7.2 8 10.4l3.2-3.2M3 13.2h10" /></svg>{t("CSV")}<span className="sr-only"> {t("of this table")}</span>
  </button>
);
