// Whether somebody is at the page. What it asks by itself while nobody is there does not keep the session from ending idle.
const unattendedAfterMs = 60_000;

let lastInputAt = 0;

/** Milliseconds since the page was loaded; the load itself is somebody's doing. */
export function isUnattended(now = performance.now()): boolean {
  return now - lastInputAt > unattendedAfterMs;
}

export function noticeInput(now = performance.now()): void {
  lastInputAt = now;
}

/** On the way down, so that nothing on the page keeps it from hearing. */
export function watchInput(target: Pick<Window, "addEventListener">): void {
  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const)
    target.addEventListener(kind, () => noticeInput(), { capture: true, passive: true });
}
