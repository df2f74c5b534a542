import type { BoundedFigure } from "../api/schema";
import { t } from "../language";

/** A figure with its 95% interval beneath it. */
export const Within = ({ figure, show }: { figure: BoundedFigure | null; show: (n: number) => string }) => (figure === null ? <>–</> : (
  <>{show(figure.value)}<small className="within"><span className="sr-only">{t("95% between ")}</span>{t("{low} to {high}", { low: show(figure.low), high: show(figure.high) })}</small></>
));
