import { createLive, type Live } from "@secondlook/api/live";
import type { OperationalLog } from "@secondlook/api/deps";
import pg from "pg";

const CHANNEL = "secondlook_live";
const AGAIN_MS = 2_000;

/** Live across servers: what one tells by NOTIFY, all hear by LISTEN. */
export interface ServerLive extends Live {
  /** Ends the streams, so that a stop need not wait for them. */
  readonly end: () => void;
  /** Ends the connection that listens. */
  readonly close: () => Promise<void>;
}

/**
 * Listens on a connection of its own, and again where it broke: meanwhile the streams of this server
 * hear of its own changes, and look by themselves every few seconds. NOTIFY is sent by itself and
 * not in the transactions that change something, which it would make wait for one another.
 */
export function startServerLive(
  connection: pg.ClientConfig,
  notify: (channel: string) => Promise<unknown>,
  log: OperationalLog,
): ServerLive {
  const live = createLive(() => {
    void notify(CHANNEL).catch((error: unknown) =>
      log.error({}, "a change could not be told to other servers", error),
    );
  });
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function listen(): Promise<void> {
    const next = new pg.Client({ ...connection, application_name: CHANNEL, keepAlive: true });
    client = next;
    next.on("notification", live.heard);
    next.on("error", (error) => {
      log.error({}, "the connection that hears of changes broke", error);
      again();
    });
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
      // What others told before is missed; so everybody looks once.
      live.heard();
    } catch (error) {
      if (!closed) log.error({}, "changes of other servers can't be heard yet", error);
      again();
    }
  }

  function again(): void {
    const broken = client;
    client = null;
    void broken?.end().catch(() => undefined);
    if (closed || broken === null) return;
    timer = setTimeout(() => void listen(), AGAIN_MS);
    timer.unref();
  }

  void listen();
  return {
    changed: () => live.changed(),
    subscribe: (listener) => live.subscribe(listener),
    get ended() {
      return live.ended;
    },
    end: live.end,
    async close() {
      closed = true;
      clearTimeout(timer);
      live.end();
      await client?.end();
    },
  };
}
