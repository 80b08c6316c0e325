import { assertNever } from '../../../shared/assert-never.ts';
import type { AskFailure } from '../../../shared/contracts/call.ts';
import type { AgentId } from '../../../shared/ids.ts';
import type { Queue } from '../../acd/index.ts';
import type { OutsideLeg, VoiceCall } from '../../interactions/index.ts';
import type { Scope } from '../../kernel/index.ts';
import { askAgent } from '../ask-agent.ts';
import type { StoryContext } from '../context.ts';
import type { AskedAgent, AskedOutside, Guest } from './guest.ts';

/** How long a phone outside rings. */
const outsideRingMs = 45_000;

/** Who asks, out of which call and for which queue. */
export interface Ringing {
  readonly by: AgentId;
  readonly call: VoiceCall;
  readonly queue: Queue | null;
  /** Somebody else is asked now. */
  readonly onNext: () => void;
  /** The network lets hear what the phone of somebody outside does. */
  readonly onEarlySound: (party: OutsideLeg) => void;
}

/** Rings whoever is asked, one after the other where there are several. Why nobody is there; null when they are. */
export async function ringGuest(guest: Guest, ringing: Ringing, context: StoryContext, scope: Scope): Promise<AskFailure | null> {
  for (;;) {
    const { asked } = guest;
    switch (asked.kind) {
      case 'outside':
        return await ringOutside(guest, asked, ringing, scope);
      case 'agent': {
        const failure = await ringAgent(guest, asked, ringing, context, scope);
        if (failure === null || failure === 'canceled' || ringing.call.signal.aborted) return failure;
        const next = asked.next?.();
        if (!next) return failure;
        guest.asked = next;
        ringing.onNext();
        break;
      }
      default:
        return assertNever(asked);
    }
  }
}

async function ringAgent(
  guest: Guest,
  { agentId }: AskedAgent,
  { by, queue }: Ringing,
  context: StoryContext,
  scope: Scope,
): Promise<AskFailure | null> {
  const { live } = context;
  const { part } = guest;
  if (!queue) return 'busy';
  let isCanceled = false;
  const ring = await askAgent(part, { agentId, by, queue }, context, scope, (takeBack) => {
    live.add(part);
    guest.cancel = (cause) => {
      isCanceled = cause === 'canceled';
      takeBack(isCanceled ? 'released' : 'callerLeft');
    };
  });
  if (ring.kind === 'notAsked') return 'busy';
  guest.cancel = () => {};
  if (ring.kind === 'answered') {
    guest.party = ring.leg;
    guest.answered = ring;
    // Canceled in the very moment of the answer: whoever asked lets them go again.
    return isCanceled ? 'canceled' : null;
  }
  live.remove(part);
  if (isCanceled) return 'canceled';
  const { cause } = ring;
  return cause === 'rejected' || cause === 'noAnswer' || cause === 'deviceUnreachable' || cause === 'mediaFailed' ? cause : 'canceled';
}

async function ringOutside(guest: Guest, asked: AskedOutside, { call, onEarlySound }: Ringing, scope: Scope): Promise<AskFailure | null> {
  const party = asked.call(call, guest.partyId);
  scope.add(party.onEarlySound(() => onEarlySound(party)));
  let cause: AskFailure | null = null;
  const giveUp = (why: AskFailure) => {
    cause ??= why;
    party.release(why === 'noAnswer' ? 'noAnswer' : 'callerLeft');
  };
  guest.cancel = () => giveUp('canceled');
  const limit = scope.timer(outsideRingMs, () => giveUp('noAnswer'));
  const outcome = await party.outcome;
  guest.cancel = () => {};
  void limit.dispose();
  if (outcome.kind === 'answered' && cause === null && !call.signal.aborted) {
    guest.party = party;
    return null;
  }
  party.release('ended');
  return cause ?? (outcome.kind === 'failed' ? outcome.failure : 'canceled');
}
