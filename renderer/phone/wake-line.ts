/** What waking needs of the line to the bridge. */
export interface SipLine {
  isConnected(): boolean;
  isConnecting(): boolean;
  /** Says that the phone is here; the bridge may have forgotten it meanwhile. */
  register(): void;
  /** Asks the bridge for any word at all. */
  ask(answered: () => void): void;
  /** Gives up what there is of a connection, and opens another at once. */
  reconnect(): void;
}

export interface LineWaker {
  /** The computer woke up, or the network is another. */
  wake(): void;
  /** Opens a connection where there is none. */
  reconnect(): void;
  /** A connection was opened. */
  connected(): void;
  stop(): void;
}

const wordLimitMs = 1_000;

/**
 * After a sleep or a change of network a connection may be dead without anybody having been told: TCP notices when something is sent, after
 * minutes. So the bridge is asked for a word, and without one the line is opened anew. A line that answers is left as it is: calls may ring
 * on it.
 */
export function lineWaker(line: SipLine): LineWaker {
  let limit: ReturnType<typeof setTimeout> | null = null;

  const alive = () => {
    if (limit !== null) clearTimeout(limit);
    limit = null;
  };
  const openAnew = () => {
    limit = null;
    line.reconnect();
  };

  return {
    wake() {
      if (limit !== null) return;
      // One that waits before it tries again need not wait any longer.
      if (!line.isConnected() && !line.isConnecting()) return openAnew();
      limit = setTimeout(openAnew, wordLimitMs);
      if (!line.isConnected()) return;
      line.register();
      line.ask(alive);
    },
    reconnect() {
      if (!line.isConnected() && !line.isConnecting()) openAnew();
    },
    connected: alive,
    stop: alive,
  };
}
