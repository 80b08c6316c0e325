/** What finding the way back needs of the world. */
export interface WayBackMeans {
  /** Asks the bridge a plain question; whatever is answered, somebody is there. */
  isThere(signal: AbortSignal): Promise<boolean>;
  /** Opens the line. How that ends is told by `connected` or `search`. */
  open(): void;
  readonly random?: () => number;
}

export interface WayBack {
  /** The line was lost, or an attempt came to nothing. */
  search(): void;
  connected(): void;
  stop(): void;
}

const answerLimitMs = 1_500;
const pauseMs = { from: 300, to: 600 } as const;
/** Between attempts of which nothing came although somebody answers: twice as long each time. */
const attemptsApartMs = { from: 600, to: 4_000 } as const;
/** Where plain questions find no way and the line might, as behind some gateways. */
const unansweredAttemptAfterMs = 10_000;

/**
 * Chromium lets a page whose WebSockets failed wait before each further one: up to five seconds after some sixteen failures within minutes, whose
 * number halves with each that succeeded (services/network, WebSocketPerProcessThrottler). A line tried twice a second through an outage of half a
 * minute would be back long after the bridge is. So the bridge is asked plainly first, which costs nothing, and the line is opened when it
 * answers. A question that hangs was begun while the way was away: it is given up, and put anew.
 */
export function wayBack({ isThere, open, random = Math.random }: WayBackMeans): WayBack {
  /** The question that is under way, while there is a search. */
  let question: AbortController | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;
  /** Of those made although somebody answered. */
  let attempts = 0;
  let attemptedAt = 0;

  const apartMs = () => (attempts === 0 ? 0 : Math.min(attemptsApartMs.to, attemptsApartMs.from * 2 ** (attempts - 1)));

  async function look(): Promise<void> {
    const asked = new AbortController();
    question = asked;
    const askedAt = performance.now();
    const limit = setTimeout(() => asked.abort(), answerLimitMs);
    const isAnswered = await isThere(asked.signal);
    clearTimeout(limit);
    if (question !== asked) return;
    const now = performance.now();
    if (now - attemptedAt >= (isAnswered ? apartMs() : unansweredAttemptAfterMs)) {
      question = null;
      attempts += Number(isAnswered);
      attemptedAt = now;
      return open();
    }
    const pause = pauseMs.from + random() * (pauseMs.to - pauseMs.from);
    rest = setTimeout(() => void look(), Math.max(0, pause - (now - askedAt)));
  }

  function stop(): void {
    clearTimeout(rest);
    const asked = question;
    question = null;
    asked?.abort();
  }

  return {
    search() {
      if (question) return;
      if (attempts === 0) attemptedAt = performance.now();
      void look();
    },
    connected() {
      stop();
      attempts = 0;
    },
    stop,
  };
}
