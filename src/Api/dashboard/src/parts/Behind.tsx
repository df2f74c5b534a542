interface BehindProps { active: { version: number; author: string }; base: number; keep: () => void; take: () => void }

/** Somebody else published meanwhile: what is to become of one's own changes. */
export const Behind = ({ active, base, keep, take }: BehindProps) => (
  <div className="wrong" role="alert">
    <p>Version {active.version} was published by <bdi>{active.author}</bdi> while you changed version {base}. What is different from it shows below.</p>
    <p><button type="button" className="small" onClick={keep}>Keep mine, on top of it</button><button type="button" className="small" onClick={take}>Take theirs</button></p>
  </div>
);
