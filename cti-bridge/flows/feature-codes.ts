import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { AgentId } from '../../shared/ids.ts';
import type { PhoneCall } from '../interactions/index.ts';
import type { Scope } from '../kernel/index.ts';
import type { KnownAgent } from './agents.ts';
import type { StoryContext } from './context.ts';
import type { FlowTrials } from './flow-studio/index.ts';
import type { PresenceChoice } from './own-presence.ts';
import { choosePresence } from './own-presence.ts';
import { tryFlow } from './try-flow.ts';

type Code = 'signIn' | PresenceChoice | { readonly place: string };

/**
 * What an agent may dial on a desk phone. `*13` and a digit names the reason, in the order in which the desktop lists them; without one it
 * is the first. Who is signed out and dials `*12` is signed in with it. `*14` and the number of a place fetches who is parked there. Null for a
 * code that means nothing.
 */
function readCode(dialled: string, reasons: Configuration['reasons']): Code | null {
  if (dialled === '*10') return { presence: 'loggedOut' };
  if (dialled === '*11') return 'signIn';
  if (dialled === '*12') return { presence: 'available' };
  if (dialled === '*13') return { presence: 'notReady', reason: reasons[0]?.id ?? null };
  const place = /^\*14([1-9]\d?)$/.exec(dialled)?.[1];
  if (place !== undefined) return { place };
  const reason = /^\*13[1-9]$/.test(dialled) ? reasons[Number(dialled.slice(3)) - 1] : undefined;
  return reason ? { presence: 'notReady', reason: reason.id } : null;
}

/** The recording that says what a code did. */
type Said =
  | 'desk-signed-in'
  | 'desk-available'
  | 'desk-not-ready'
  | 'desk-signed-out'
  | 'desk-wrap-up'
  | 'desk-parked'
  | 'desk-nobody-parked'
  | 'desk-unknown'
  | 'desk-failed';

/** Where customers are parked: see `park.ts`. */
export interface ParkedCallers {
  /** Nobody is there, or this agent cannot be rung for them now: null is neither. */
  obstacleFor(agentId: AgentId, place: string): 'nobody' | 'notNow' | null;
  /** Their phone rings. */
  fetch(agentId: AgentId, place: string): Promise<unknown>;
}

/**
 * The story of a code: answered, done, said in the agent's language, hung up. Who the phone belongs to was proved before. Where a flow is being
 * tried at that number, it answers as it would a caller, on whatever phone of ours; all other codes are for desk phones.
 */
export async function featureCode(
  call: PhoneCall,
  extension: string,
  context: StoryContext,
  setUp: () => Pick<Configuration, 'reasons'>,
  parked: ParkedCallers,
  trials: Pick<FlowTrials, 'find'>,
): Promise<void> {
  const agent = context.agents.findByExtension(extension);
  const trial = agent && trials.find(call.dialled);
  if (trial) return tryFlow(call, trial, { id: agent.agentId, locale: agent.locale }, context);
  if (!agent?.hasDeskPhone) return call.refuse(403, { reason: 'rejected', fault: 'agent', text: 'Not A Desk Phone' });
  const scope = context.scope.child(`code of ${agent.agentId}`);
  // Whatever ends the scope also ends the call: nobody listens to silence.
  scope.add(() => call.hangUp(context.scope.isEnded ? 'shutdown' : 'completedInIvr', 'system', context.scope.isEnded ? 'ours' : 'agent'));
  try {
    if (!(await call.answer())) return;
    const code = readCode(call.dialled, setUp().reasons);
    if (code && typeof code === 'object' && 'place' in code) return await fetchParked(call, code.place, agent, parked, scope);
    await call.play({ kind: 'prompt', name: await perform(code, agent, context), locale: agent.locale }, scope.signal);
  } finally {
    await scope.end('code done');
  }
}

/** Said first and rung then: a phone with one line has to be put down between the two, which it is with our hanging up at the latest. */
async function fetchParked(call: PhoneCall, place: string, agent: KnownAgent, parked: ParkedCallers, scope: Scope): Promise<void> {
  const obstacle = parked.obstacleFor(agent.agentId, place);
  const name: Said = obstacle === null ? 'desk-parked' : obstacle === 'nobody' ? 'desk-nobody-parked' : 'desk-failed';
  await call.play({ kind: 'prompt', name, locale: agent.locale }, scope.signal);
  await scope.end('said');
  if (obstacle === null) await parked.fetch(agent.agentId, place);
}

async function perform(wanted: 'signIn' | PresenceChoice | null, agent: KnownAgent, context: StoryContext): Promise<Said> {
  if (!wanted) return 'desk-unknown';
  try {
    if (wanted !== 'signIn') return said(wanted, await choosePresence(agent.agentId, wanted, context));
    const presence = context.agents.view(agent.agentId)?.presence;
    // Dialled once more it takes nobody out of work: it says how they stand.
    if (presence === 'available') return 'desk-available';
    if (presence === 'loggedOut') await choosePresence(agent.agentId, { presence: 'notReady', reason: 'signedIn' }, context);
    return 'desk-signed-in';
  } catch (error) {
    context.log.error('code:failed', { agentId: agent.agentId, error: String(error) });
    return 'desk-failed';
  }
}

function said({ presence }: PresenceChoice, done: Awaited<ReturnType<typeof choosePresence>>): Said {
  if (!done) return 'desk-failed';
  if (presence === 'loggedOut') return 'desk-signed-out';
  if (presence === 'notReady') return 'desk-not-ready';
  return done.isWrappingUp ? 'desk-wrap-up' : 'desk-available';
}
