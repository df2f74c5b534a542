import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from "@microsoft/signalr";
import { api } from "../api/client";
import type { ActionRow, BatchRow, Distribution, ReviewRow } from "../api/schema";
import { learnNow } from "../clock";
import { emptyFeed, hold, isFirst, merge, nextLink, open, release, type Feed, type Link, type LinkEvent, type LiveTransition } from "./feed";

const openWithRows = 100;
const movesWanted = 30;
const openPagesMax = 4;
const pageRows = 500;
const gatherMs = 80;
const pollMs = 2_000;
const checkMs = 30_000;
const retryMs = [500, 1_000, 2_000, 5_000, 10_000];

/** How many have each tag now. */
export type CountsNow = Pick<Distribution, "at" | "counts">;

export interface LiveState { link: Link; feed: Feed }
export interface Listeners {
  transitions: (rows: readonly LiveTransition[]) => void;
  counts: (counts: CountsNow) => void;
  review: (review: ReviewRow) => void;
  action: (action: ActionRow) => void;
  batch: (batch: BatchRow) => void;
}

/** The page's line to the ledger: the hub tells first, and the API is asked on whenever the hub cannot be trusted to have told all. */
export class Connection {
  private state: LiveState = { link: "connecting", feed: emptyFeed };
  private readonly watchers = new Set<() => void>();
  private readonly hub: HubConnection;
  private gathered: LiveTransition[] = [];
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private polling: ReturnType<typeof setTimeout> | undefined;
  private reading: Promise<void> | null = null;
  private opened = false;
  private stopped = false;

  constructor(private readonly listeners: Listeners) {
    this.hub = new HubConnectionBuilder()
      .withUrl("/hubs/lifecycle")
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount: tries }) => retryMs[Math.min(tries, retryMs.length - 1)]! })
      .configureLogging(LogLevel.None)
      .build();
    this.hub.on("transition", (row: LiveTransition) => this.gather(row));
    this.hub.on("counts", (counts: CountsNow) => {
      learnNow(counts.at);
      listeners.counts(counts);
    });
    this.hub.on("review", (review: ReviewRow) => listeners.review(review));
    this.hub.on("action", (action: ActionRow) => listeners.action(action));
    this.hub.on("batch", (batch: BatchRow) => listeners.batch(batch));
    this.hub.on("gap", () => void this.catchUp());
    this.hub.onreconnecting(() => this.step("lost"));
    this.hub.onreconnected(() => void this.subscribe());
  }

  readonly watch = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  readonly current = () => this.state;

  start() {
    this.stopped = false;
    void this.connect(0);
    this.pollAfter(0);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.polling);
    clearTimeout(this.gathering);
    void this.hub.stop();
  }

  private async connect(tries: number) {
    try {
      await this.readOn();
      if (this.stopped || this.hub.state !== HubConnectionState.Disconnected) return;
      await this.hub.start();
      await this.subscribe();
    } catch {
      if (this.stopped) return;
      this.step("lost");
      setTimeout(() => void (this.stopped || this.connect(tries + 1)), retryMs[Math.min(tries, retryMs.length - 1)]);
    }
  }

  /** From the last id on: what happened while the line was down comes first. */
  private async subscribe() {
    try {
      await this.hub.invoke("Subscribe", { after: this.state.feed.cursor });
      this.step("connected");
    } catch {
      // The ledger does not know this id, after a restore for example: open afresh.
      this.opened = false;
      await this.readOn().catch(() => undefined);
      await this.hub.invoke("Subscribe", { after: this.state.feed.cursor }).then(() => this.step("connected"), () => this.step("lost"));
    }
  }

  private async catchUp() {
    this.flush();
    this.put({ link: nextLink(this.state.link, "gap"), feed: hold(this.state.feed) });
    try {
      await this.reading?.catch(() => undefined);
      await this.readOn();
      this.put({ link: nextLink(this.state.link, "caught_up"), feed: release(this.state.feed) });
    } catch {
      setTimeout(() => void (this.stopped || this.catchUp()), pollMs);
    }
  }

  private pollAfter(delayMs: number) {
    clearTimeout(this.polling);
    this.polling = setTimeout(() => {
      const next = () => this.stopped || this.pollAfter(this.state.link === "live" ? checkMs : pollMs);
      void this.readOn().then(next, next);
    }, delayMs);
  }

  /** Everything of the ledger after the cursor; the first time only its latest rows. Callers share one reading. */
  private readOn(): Promise<void> {
    this.reading ??= this.readPages().finally(() => (this.reading = null));
    return this.reading;
  }

  private async readPages() {
    if (!this.opened) {
      const items = await this.latest();
      this.opened = true;
      this.put({ ...this.state, feed: open(items) });
      if (items[0]) learnNow(items.reduce((latest, row) => (row.at > latest ? row.at : latest), items[0].at));
      return;
    }
    for (let after = this.state.feed.cursor; !this.stopped;) {
      const { items } = await api.transitionsAfter(after, pageRows);
      this.take(items);
      if (items.length < pageRows) return;
      after = items.at(-1)!.id;
      if (this.state.feed.held) continue;
      after = Math.max(after, this.state.feed.cursor);
    }
  }

  /** The latest rows, and further back while there are hardly any moves among them: many customers may have come at once. */
  private async latest(): Promise<LiveTransition[]> {
    const rows: LiveTransition[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < openPagesMax; page++) {
      const { items, next } = await api.latestTransitions(page === 0 ? openWithRows : pageRows, cursor);
      rows.push(...items);
      if (next === null || rows.filter((row) => !isFirst(row)).length >= movesWanted) break;
      cursor = next;
    }
    return rows;
  }

  /** A burst is drawn once, not row by row. */
  private gather(row: LiveTransition) {
    this.gathered.push(row);
    this.gathering ??= setTimeout(() => this.flush(), gatherMs);
  }

  private flush() {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    const rows = this.gathered;
    this.gathered = [];
    this.take(rows);
  }

  private take(rows: readonly LiveTransition[]) {
    const before = this.state.feed;
    const feed = merge(before, rows);
    if (feed === before) return;
    this.put({ ...this.state, feed });
    const latest = rows.at(-1);
    if (latest) learnNow(latest.at);
    if (feed.arrived > before.arrived) this.listeners.transitions(rows);
  }

  private step(event: LinkEvent) {
    const link = nextLink(this.state.link, event);
    if (link !== this.state.link) this.put({ ...this.state, link });
    if (event === "lost") this.pollAfter(0);
  }

  private put(state: LiveState) {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}
