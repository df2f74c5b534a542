import type { ReactNode } from "react";
import { tagFacts, type StatusTag } from "../tags";

// The emoji of the tags, drawn: they look alike on every machine, also on those without an emoji font.
const drawings: Record<StatusTag, ReactNode> = {
  ST_001: (
    <>
      <path d="M9.2 18.2V10" stroke="#2e8b47" strokeWidth="2" strokeLinecap="round" fill="none" />
      <path d="M9.4 10.9C9.4 6.4 12.6 3.6 18 3.6c.2 4.8-2.9 8.2-8.6 7.3Z" fill="#57b947" />
      <path d="M9 12.4C8.4 8.7 5.9 6.9 1.8 7c-.1 3.9 2.6 6.3 7.2 5.4Z" fill="#7ccf5a" />
    </>
  ),
  ST_002: (
    <>
      <rect x="2.4" y="13.2" width="15.2" height="4.4" rx="1.2" fill="#d64545" />
      <path d="M5 14.5h12.6v1.8H5z" fill="#fff" />
      <rect x="3.6" y="8" width="14" height="4.4" rx="1.2" fill="#3d7dd8" />
      <path d="M3.6 9.3h11.6v1.8H3.6z" fill="#fff" />
      <rect x="2.4" y="2.8" width="13.6" height="4.4" rx="1.2" fill="#3fa35b" />
      <path d="M5 4.1h11v1.8H5z" fill="#fff" />
    </>
  ),
  ST_003: (
    <>
      <path d="M5.4 4.2H2.6c0 3.6 1.2 5.4 4 5.6M14.6 4.2h2.8c0 3.6-1.2 5.4-4 5.6" fill="none" stroke="#d99a16" strokeWidth="1.5" />
      <path d="M5 2.4h10v5c0 3.3-2 5.4-5 5.4s-5-2.1-5-5.4Z" fill="#f2b632" />
      <path d="M7 4v3.4c0 1.6.5 2.7 1.4 3.4" fill="none" stroke="#ffe08a" strokeWidth="1.4" strokeLinecap="round" />
      <path d="M9 12.5h2v2.5H9z" fill="#d99a16" />
      <rect x="5.8" y="15" width="8.4" height="2.8" rx=".9" fill="#8a5a2b" />
    </>
  ),
  ST_004: (
    <>
      <path d="M8.7 2.9 1.5 15.6c-.6 1 .1 2.2 1.3 2.2h14.4c1.2 0 1.9-1.2 1.3-2.2L11.3 2.9c-.6-1-2-1-2.6 0Z" fill="#f4b62c" />
      <path d="M10 7.4v4.8" stroke="#3a2a06" strokeWidth="2" strokeLinecap="round" />
      <circle cx="10" cy="15" r="1.2" fill="#3a2a06" />
    </>
  ),
  ST_005: (
    <>
      <rect x="1.8" y="1.8" width="16.4" height="16.4" rx="4" fill="#e8703a" />
      <path d="M5.6 9.3A4.5 4.5 0 0 1 13.5 7M14.4 10.7A4.5 4.5 0 0 1 6.5 13" fill="none" stroke="#fff" strokeWidth="1.7" strokeLinecap="round" />
      <path d="M14.3 4.6v3h-3zM5.7 15.4v-3h3z" fill="#fff" stroke="#fff" strokeWidth=".8" strokeLinejoin="round" />
    </>
  ),
  ST_006: (
    <>
      <path d="M2.2 11.4h4.6c.4 1.6 1.6 2.5 3.2 2.5s2.8-.9 3.2-2.5h4.6v5a1.6 1.6 0 0 1-1.6 1.6H3.8a1.6 1.6 0 0 1-1.6-1.6Z" fill="#8793a3" />
      <path d="M10 10.9V3.6M6.7 6.3 10 3l3.3 3.3" fill="none" stroke="#c4474f" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
};

export function TagIcon({ tag }: { tag: StatusTag }) {
  return (
    <span className="tag-icon">
      <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">{drawings[tag]}</svg>
      <span className="emoji-text" aria-hidden="true">{tagFacts[tag].emoji} </span>
    </span>
  );
}
