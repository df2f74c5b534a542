import { useMatrix } from "../api/analytics";
import type { Matrix, MatrixCell } from "../api/foreseen";
import { campaignName, campaignPath } from "../campaigns";
import { count, percent } from "../format";
import { t } from "../language";
import { TagChip } from "../parts/Chips";
import { CsvButton } from "../parts/CsvButton";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { Link } from "../router";
import { customersPath } from "../customers/filter";
import { allTags, productNames, tagFacts, tierOfProduct } from "../tags";
import { useTitle } from "../title";

/** Products against status tags: who is where, and the campaign that comes first there. */
export function MatrixPage() {
  useTitle(t("Matrix"));
  const matrix = useMatrix();
  return (
    <div className="analytics">
      <header className="page-head"><h1>{t("Matrix")}</h1></header>
      {matrix.error && !matrix.data ? <section className="card"><Trouble error={matrix.error} again={() => void matrix.refetch()} /></section>
        : !matrix.data ? <section className="card"><Waiting lines={12} /></section>
        : matrix.data.customers === 0 ? <section className="card"><Nothing why={t("There are no customers yet.")} /></section>
        : <Cells matrix={matrix.data} />}
    </div>
  );
}

const productName = (product: string | null) => (product === null ? t("No product") : productNames[product] ?? product);

function Cells({ matrix }: { matrix: Matrix }) {
  const products = [...new Set(matrix.cells.map(({ productTag }) => productTag))].filter((product) => product !== null || matrix.cells.some((cell) => cell.productTag === null && cell.customers > 0));
  const at = (product: string | null, status: string) => matrix.cells.find((cell) => cell.productTag === product && cell.status === status)!;
  const most = Math.max(1, ...matrix.cells.map(({ customers }) => customers));
  const sum = (of: (cell: MatrixCell) => boolean) => matrix.cells.filter(of).reduce((all, { customers }) => all + customers, 0);
  const table = () => ({
    columns: [t("Product"), t("Tag code"), t("Tag"), t("Customers"), t("Priority action")].map((label) => ({ label })),
    rows: matrix.cells.map(({ productTag, status, customers, priorityAction }) => [productName(productTag), status, tagFacts[status].short, customers, priorityAction?.campaign ?? null]),
  });
  return (
    <section className="card" aria-labelledby="matrix-title">
      <header className="card-head"><h2 id="matrix-title">{t("Product and status")}</h2><span className="faint">{t("as of now; the campaigns of version {n}", { n: matrix.campaignSet })}</span><CsvButton name={["matrix", matrix.asOf.slice(0, 10)]} table={table} /></header>
      <div className="matrix-scroll" role="group" tabIndex={0} aria-labelledby="matrix-title">
        <table className="product-matrix">
          <thead>
            <tr><td />{products.map((product) => <th key={product ?? "none"} scope="col">{productName(product)}<small className="faint">{t("{n} {n|customer|customers}", { n: sum((cell) => cell.productTag === product) })}</small></th>)}</tr>
          </thead>
          <tbody>
            {allTags.map((tag) => (
              <tr key={tag}>
                <th scope="row"><TagChip tag={tag} /><small className="faint">{t("{n} {n|customer|customers}", { n: sum((cell) => cell.status === tag) })}</small></th>
                {products.map((product) => <Cell key={product ?? "none"} cell={at(product, tag)} most={most} all={matrix.customers} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ cell: { productTag, status, customers, priorityAction }, most, all }: { cell: MatrixCell; most: number; all: number }) {
  const tier = tierOfProduct[productTag ?? ""];
  const words = t("{n} {n|customer|customers}: {product}, {tag}", { n: customers, product: productName(productTag), tag: tagFacts[status].short });
  return (
    <td data-tag={status}>
      <span className="matrix-count">{tier && customers > 0 ? <Link href={customersPath({ tag: status, tier })} className="behind" aria-label={words}>{count(customers)}</Link> : <b>{count(customers)}</b>}<small className="faint">{percent(customers, all)}</small></span>
      <span className="share-track" aria-hidden="true"><span className="matrix-fill" style={{ width: `${(100 * customers) / most}%` }} /></span>
      {priorityAction && <Link className="matrix-action" href={campaignPath(priorityAction.campaign)} title={t("Priority action of this cell")}>{campaignName(priorityAction.campaign)}</Link>}
    </td>
  );
}
