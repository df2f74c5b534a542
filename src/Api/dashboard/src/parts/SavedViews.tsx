import { useState, type FormEvent } from "react";
import type { CustomerFilter } from "../api/client";
import { useViewActs, useViews, type View } from "../api/views";
import { useSession } from "../api/queries";
import { columnsOf, type ColumnId } from "../customers/columns";
import { asked, customersPath, filterOf } from "../customers/filter";
import { t } from "../language";
import { Link } from "../router";
import { Panel } from "./Panel";
import { Trouble } from "./States";

interface ViewsProps { filter: CustomerFilter; shown: readonly ColumnId[] }

const isSame = (view: View, { filter, shown }: ViewsProps) =>
  customersPath(filterOf(view.filter)) === customersPath(filter) && columnsOf(view.columns).join() === shown.join();

/** Ways to look at the customers that somebody named: opened, saved and removed here. */
export function SavedViews(props: ViewsProps) {
  // A list as it comes by itself is nobody's view: then they are asked for when somebody wants to see them.
  const views = useViews(customersPath(props.filter) !== "/customers");
  const current = views.data?.items.find((view) => isSame(view, props));
  return (
    <Panel label={current ? t("View: {name}", { name: current.name }) : t("Views")} title={t("Saved views")}>
      {(close) => <Saved {...props} close={close} />}
    </Panel>
  );
}

function Saved({ close, ...props }: ViewsProps & { close: () => void }) {
  const views = useViews();
  const items = views.data?.items ?? [];
  return (
    <div className="views">
      {views.error ? <Trouble error={views.error} again={() => void views.refetch()} />
        : views.isSuccess && items.length === 0 ? <p className="muted">{t("No view is saved yet. Set filters, order and columns, then give them a name.")}</p>
        : <ul>{items.map((view) => <Line key={`${view.own} ${view.name}`} view={view} isCurrent={isSame(view, props)} close={close} />)}</ul>}
      <SaveForm {...props} taken={items} />
    </div>
  );
}

function Line({ view, isCurrent, close }: { view: View; isCurrent: boolean; close: () => void }) {
  const { remove } = useViewActs();
  const isAdmin = useSession().data?.role === "admin";
  return (
    <li>
      <Link href={customersPath(filterOf(view.filter), columnsOf(view.columns))} className="view-name" {...(isCurrent ? { "aria-current": "true" as const } : {})} onClick={close}>
        <bdi className="cut">{view.name}</bdi>{view.shared && <span className="pill" title={view.owner}>{t("shared")}</span>}
      </Link>
      {(view.own || isAdmin) && (
        <button type="button" className="quiet" disabled={remove.isPending} title={t("Remove the view {name}", { name: view.name })} aria-label={t("Remove the view {name}", { name: view.name })} onClick={() => remove.mutate(view.name)}>×</button>
      )}
      {remove.error && <p className="problem" role="alert">{remove.error.message}</p>}
    </li>
  );
}

function SaveForm({ filter, shown, taken }: ViewsProps & { taken: readonly View[] }) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const { save } = useViewActs();
  const isTaken = taken.some((view) => view.own && view.name === name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim(), filter: new URLSearchParams(asked(filter)).toString(), columns: [...shown], shared }, { onSuccess: () => setName("") });
  };
  return (
    <form className="act" onSubmit={submit}>
      <label>{t("Save what is shown as")}<input required value={name} maxLength={100} dir="auto" onChange={(event) => setName(event.target.value)} /></label>
      <label className="check"><input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />{t("For everybody")}</label>
      <button type="submit" className="primary" disabled={save.isPending || name.trim() === ""}>{isTaken ? t("Replace the view") : t("Save the view")}</button>
      {save.error && <p className="problem" role="alert">{save.error.message}</p>}
    </form>
  );
}
