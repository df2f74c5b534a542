import { useName } from "../names";
import { customerPath, Link } from "../router";

/** A customer by name, in the direction of its own script; the id stands beside it, smaller, or alone where there is no name. */
export const Name = ({ id, name, withId = true }: { id: string; name: string | null; withId?: boolean }) => (
  <span className="person">
    <bdi className="person-name" title={name ?? id}>{name ?? id}</bdi>
    {name && withId && <bdi className="person-id" title={id}>{id}</bdi>}
  </span>
);

export function Person({ id, withId = true }: { id: string; withId?: boolean }) {
  return <Link href={customerPath(id)} className="who"><Name id={id} name={useName(id)} withId={withId} /></Link>;
}
