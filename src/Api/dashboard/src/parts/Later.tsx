import { useEffect, useState, type ReactNode } from "react";

const waitMsMax = 500;

/** What lies beneath the first screen: asked for and drawn in a task of its own, once the browser has nothing more urgent to do. */
export function Later({ children }: { children: ReactNode }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    // Not every browser tells when it is idle.
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(() => setDue(true), waitMsMax / 2);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(() => setDue(true), { timeout: waitMsMax });
    return () => cancelIdleCallback(idle);
  }, []);
  return due && children;
}
