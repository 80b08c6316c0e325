import type { Desk } from '../../../cti-bridge/flows/ports.ts';
import { ok } from '../../../cti-bridge/kernel/index.ts';
import type { CommandName } from '../../../shared/contracts/bridge-events.ts';
import type { AgentId } from '../../../shared/ids.ts';
import { commandExamples } from '../../contract/wire-examples.ts';

type Snapshot = Awaited<ReturnType<Desk['snapshot']>>;

/** A desk that answers every question with the contract's example and remembers what it was asked. */
export class FakeDesk implements Desk {
  readonly asked: { readonly command: string; readonly agentId: AgentId | null; readonly request: unknown }[] = [];
  readonly presence: string[] = [];
  /** Replace to hold a snapshot back, to fail, or to count. */
  onSnapshot: (snapshot: Snapshot) => Promise<Snapshot> = async (snapshot) => snapshot;

  async snapshot(agentId: AgentId | null): Promise<Snapshot> {
    const { seq: _seq, user: _user, serverTime: _serverTime, ...screen } = commandExamples['session:resume'].answer;
    return this.onSnapshot({ ...screen, agent: agentId === null ? null : screen.agent });
  }

  desktopConnected(agentId: AgentId): void {
    this.presence.push(`${agentId} connected`);
  }

  desktopGone(agentId: AgentId, why: string): void {
    this.presence.push(`${agentId} gone: ${why}`);
  }

  readonly setPresence = this.#agent('agent:set-presence');
  readonly popDelivered = this.#agent('pop:delivered');
  readonly popPainted = this.#agent('pop:painted');
  readonly rejectReservation = this.#agent('reservation:reject');
  readonly holdCall = this.#agent('call:hold');
  readonly resumeCall = this.#agent('call:resume');
  readonly sendDigit = this.#agent('call:send-digit');
  readonly endCall = this.#agent('call:end');
  readonly rejoinCall = this.#agent('call:rejoin');
  readonly callMeasured = this.#agent('call:measured');
  readonly saveDraft = this.#agent('interaction:save-draft');
  readonly chooseContact = this.#agent('interaction:choose-contact');
  readonly extendWrapUp = this.#agent('interaction:extend-wrap-up');
  readonly completeInteraction = this.#agent('interaction:complete');
  readonly readContact = this.#anybody('contact:read');
  readonly readTimeline = this.#anybody('contact:timeline');

  #agent<Name extends CommandName>(command: Name) {
    return async (agentId: AgentId, request: unknown) => {
      this.asked.push({ command, agentId, request });
      return ok(commandExamples[command].answer);
    };
  }

  #anybody<Name extends CommandName>(command: Name) {
    return async (request: unknown) => {
      this.asked.push({ command, agentId: null, request });
      return ok(commandExamples[command].answer);
    };
  }
}
