import { useState } from "react";
import type { Table } from "../analytics/csv";
import { allOf } from "../customers/bulk";
import { t } from "../language";
import { saveCsv } from "./CsvButton";

/** What a file has at most. */
const rowsInFileMax = 10_000;
/** The most that the lists of the API give at once. */
const rowsPerCall = 500;

interface CsvOfAllProps<Row> {
  name: readonly string[]; disabled?: boolean;
  /** A page of the list, of so many lines at most. */
  page: (cursor: string | null, limit: number) => Promise<{ items: readonly Row[]; next: string | null }>;
  table: (rows: readonly Row[]) => Table | Promise<Table>;
}

/** Everything of a list that fits its filters, as a file, not only what is loaded. */
export function CsvOfAll<Row>({ name, disabled = false, page, table }: CsvOfAllProps<Row>) {
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    try {
      const rows = await allOf((cursor) => page(cursor, rowsPerCall), rowsInFileMax, (n) => setSaid(t("{n} rows …", { n })));
      saveCsv(name, await table(rows));
      setSaid(rows.length >= rowsInFileMax ? t("The file has the first {n} rows.", { n: rows.length }) : "");
    } catch (trouble) {
      setSaid(trouble instanceof Error ? trouble.message : t("That did not work."));
    }
    setBusy(false);
  };
  return (
    <span className="csv-all">
      <span className="faint" role="status">{said}</span>
      <button type="button" className="small csv" disabled={disabled || busy} title={t("All that fit the filters, also those that are not loaded: at most {n}", { n: rowsInFileMax })} onClick={() => void write()}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2.5v7.5M4.8 7.2 8 10.4l3.2-3.2M3 13.2h10" /></svg>{t("CSV")}<span className="sr-only"> {t("of this list")}</span>
      </button>
    </span>
  );
}
