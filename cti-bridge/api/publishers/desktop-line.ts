import type { Push, PushName, PushPayload } from '../../../shared/contracts/bridge-events.ts';
import type { Desk } from '../../flows/ports.ts';
import type { UserSession } from '../../identity/index.ts';

/** The socket as a line needs it. */
export interface DesktopSocket {
  send(push: Push): void;
  /** Closes in a way that tells the desktop to stay away: signed out, replaced, abusive. */
  dismiss(): void;
  /** Closes in a way that lets the desktop come back by itself and resume. */
  drop(): void;
  /** Packets written and not yet taken by the network. */
  readonly backlog: number;
}

/** A desktop that takes nothing for so long is not there; when it is, it resumes and gets a fresh snapshot. */
const mostHeld = 2_000;

/**
 * The line to one session's desktop: numbers its events and outlives its sockets (a reload, a lost connection).
 *
 * ```
 *            beginResume              finish
 *  waiting ──────────────► resuming ─────────► live ──┐ beginResume (the desktop saw a gap)
 *     ▲                       │  ▲                    │
 *     └── socket gone, newer ─┘  └────────────────────┘
 *         socket, abandon
 * ```
 * waiting: nothing is sent. resuming: pushes are numbered and held. live: pushes leave at once.
 */
export class DesktopLine {
  readonly session: UserSession;
  #socket: DesktopSocket | null = null;
  #phase: 'waiting' | 'resuming' | 'live' = 'waiting';
  #seq = 0;
  #held: Push[] = [];
  #attempt = 0;
  #isAnnounced = false;

  constructor(session: UserSession) {
    this.session = session;
  }

  /** The desk has been told that this desktop is there, and not that it has gone. */
  get isAnnounced(): boolean {
    return this.#isAnnounced;
  }

  /** Whether the socket in use has asked to resume; other commands wait for that. */
  get hasResumed(): boolean {
    return this.#phase !== 'waiting';
  }

  /**
   * One socket a session: the newer one takes the place of the older, which is told so and told to stay away. After a reload nobody hears
   * that any more; a second window of the same log-in does, so that never both ring.
   */
  attach(socket: DesktopSocket, at: number): void {
    const older = this.#socket;
    this.#socket = socket;
    this.#rest();
    older?.send({ seq: ++this.#seq, name: 'session:replaced', payload: { at } });
    older?.dismiss();
  }

  /** True when it was the socket in use: the desktop is gone now. */
  detach(socket: DesktopSocket): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = null;
    this.#rest();
    return true;
  }

  /** From here on pushes are held. `seq` is what the snapshot about to be built is known to contain. */
  beginResume(): { readonly seq: number; isCurrent(): boolean; finish(): boolean; abandon(): void } {
    const seq = this.#seq;
    const attempt = ++this.#attempt;
    this.#phase = 'resuming';
    this.#held = [];
    const isCurrent = () => this.#attempt === attempt && this.#socket !== null;
    return {
      seq,
      isCurrent,
      finish: () => {
        if (!isCurrent()) return false;
        this.#phase = 'live';
        const held = this.#held;
        this.#held = [];
        for (const push of held) this.#socket?.send(push);
        return true;
      },
      abandon: () => {
        if (isCurrent()) this.#rest();
      },
    };
  }

  announce(desk: Pick<Desk, 'desktopConnected'>): void {
    const { agentId } = this.session.user;
    if (this.#isAnnounced || agentId === null) return;
    this.#isAnnounced = true;
    desk.desktopConnected(agentId, this.session.createdAt);
  }

  retract(desk: Pick<Desk, 'desktopGone'>, why: Parameters<Desk['desktopGone']>[1]): void {
    const { agentId } = this.session.user;
    if (!this.#isAnnounced || agentId === null) return;
    this.#isAnnounced = false;
    desk.desktopGone(agentId, why);
  }

  push<Name extends PushName>(name: Name, payload: PushPayload<Name>): void {
    if (this.#phase === 'waiting') return;
    const push = { seq: ++this.#seq, name, payload } as Push;
    if (this.#phase === 'live') this.#socket?.send(push);
    else this.#held.push(push);
    if (this.#held.length > mostHeld || (this.#socket?.backlog ?? 0) > mostHeld) this.drop();
  }

  /** Last words and the end of the socket, resumed or not. */
  dismiss(last?: { readonly name: 'session:replaced'; readonly payload: PushPayload<'session:replaced'> }): void {
    const socket = this.#socket;
    if (socket && last) socket.send({ seq: ++this.#seq, ...last });
    socket?.dismiss();
  }

  drop(): void {
    this.#socket?.drop();
  }

  #rest(): void {
    this.#phase = 'waiting';
    this.#attempt++;
    this.#held = [];
  }
}
