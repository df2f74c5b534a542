import { rich, t } from "../language";

interface BehindProps { active: { version: number; author: string }; base: number; keep: () => void; take: () => void }

/** Somebody else published meanwhile: what is to become of one's own changes. */
export const Behind = ({ active, base, keep, take }: BehindProps) => (
  <div className="wrong" role="alert">
    <p>{rich("Version {version} was published by {author} while you changed version {base}. What is different from it shows below.", { version: String(active.version), author: <bdi>{active.author}</bdi>, base: String(base) })}</p>
    <p><button type="button" className="small" onClick={keep}>{t("Keep mine, on top of it")}</button><button type="button" className="small" onClick={take}>{t("Take theirs")}</button></p>
  </div>
);
