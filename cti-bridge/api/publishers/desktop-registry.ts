import type { PushName, PushPayload } from '../../../shared/contracts/bridge-events.ts';
import type { Right } from '../../../shared/contracts/rights.ts';
import type { AgentId } from '../../../shared/ids.ts';
import type { Asker, Desktops } from '../../flows/ports.ts';
import type { UserSession } from '../../identity/index.ts';
import { askerOf } from '../command.ts';
import { DesktopLine } from './desktop-line.ts';

/**
 * The lines to all desktops, and through them how the stories speak to agents. Built before the desk and before the api, because the
 * desk pushes through it and the api fills it.
 */
export class DesktopRegistry implements Desktops {
  readonly #bySession = new Map<string, DesktopLine>();
  readonly #byAgent = new Map<AgentId, DesktopLine>();

  push<Name extends PushName>(agentId: AgentId, name: Name, payload: PushPayload<Name>): void {
    this.#byAgent.get(agentId)?.push(name, payload);
  }

  broadcast<Name extends PushName>(name: Name, payload: PushPayload<Name>): void {
    for (const line of this.#bySession.values()) {
      const { rights } = line.session;
      if (rights.has('queue:watch') || rights.has('work:handle')) line.push(name, payload);
    }
  }

  /** To every session that has this right. */
  tell<Name extends PushName>(right: Right, name: Name, payload: PushPayload<Name>): void {
    for (const line of this.#bySession.values()) if (line.session.rights.has(right)) line.push(name, payload);
  }

  /** To every desktop that is there, what its user is to be told of it; null: nothing. */
  tellEach<Name extends PushName>(name: Name, payloadFor: (asker: Asker) => PushPayload<Name> | null): void {
    for (const line of this.#bySession.values()) {
      const payload = line.hasResumed ? payloadFor(askerOf(line.session)) : null;
      if (payload !== null) line.push(name, payload);
    }
  }

  isConnected(agentId: AgentId): boolean {
    return this.#byAgent.get(agentId)?.isAnnounced ?? false;
  }

  /** The session's line, made on first use. */
  lineOf(session: UserSession): DesktopLine {
    let line = this.#bySession.get(session.sessionId);
    if (!line) {
      line = new DesktopLine(session);
      this.#bySession.set(session.sessionId, line);
      if (session.user.agentId !== null) this.#byAgent.set(session.user.agentId, line);
    }
    return line;
  }

  /** Forgets an ended session's line and hands it out for its last words. */
  remove(session: UserSession): DesktopLine | null {
    const line = this.#bySession.get(session.sessionId);
    if (!line) return null;
    this.#bySession.delete(session.sessionId);
    const { agentId } = session.user;
    if (agentId !== null && this.#byAgent.get(agentId) === line) this.#byAgent.delete(agentId);
    return line;
  }

  all(): readonly DesktopLine[] {
    return [...this.#bySession.values()];
  }
}
