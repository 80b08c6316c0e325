import { notReadyReasonName, type Text } from '../../i18n/index.ts';
import { type ConnectionState, currentCall, type DeskState } from '../../stores/index.ts';
import type { Tone } from '../../ui/index.ts';

export interface StateWords {
  readonly tone: Tone;
  readonly name: string;
  readonly detail: string;
}

/** The agent's state in one word and one line. A lost connection goes before everything: what the bridge last said may be over. */
export function agentState(text: Text, desk: DeskState, connection: ConnectionState, now: number): StateWords {
  const { t, formats } = text;
  const { agent } = desk;
  if (connection.bridge === 'lost') return { tone: 'broken', name: t('state.notReachable'), detail: t('state.noConnection') };
  if (!agent) return { tone: 'away', name: t('state.loggedOut'), detail: t('state.noCalls') };
  const clock = formats.clock(now - agent.since);
  switch (agent.workState) {
    case 'reserved':
      return {
        tone: 'waiting',
        // What is written does not ring.
        name: t(
          desk.offers.length > 0 && desk.offers.every(({ channel }) => channel !== 'voice') ? 'state.offeredWritten' : 'state.ringing',
        ),
        detail: t('state.heldForYou'),
      };
    case 'engaged':
      return {
        tone: 'talking',
        // In hand without a call: written work.
        name: t(currentCall(desk) === null && desk.inbox.mine.length > 0 ? 'state.engagedWritten' : 'state.engaged'),
        detail: agent.presence === 'notReady' ? t('state.thenNotReady') : t('state.since', { time: formats.timeOfDay(agent.since) }),
      };
    case 'wrappingUp':
      return {
        tone: 'finishing',
        name: t('state.wrappingUp'),
        detail: agent.presence === 'notReady' ? t('state.thenNotReady') : t('state.thenAvailable'),
      };
    case 'notReachable':
      return {
        tone: 'broken',
        name: t('state.notReachable'),
        detail:
          connection.phone === 'registered'
            ? t('state.for', { clock })
            : t(connection.phone === 'desk' ? 'state.noDeskPhone' : 'state.noPhone'),
      };
    case 'supervising':
      return { tone: 'away', name: t('state.supervising'), detail: t('state.for', { clock }) };
    case 'idle':
      if (agent.presence === 'available') return { tone: 'ready', name: t('state.available'), detail: t('state.for', { clock }) };
      if (agent.presence === 'loggedOut') return { tone: 'away', name: t('state.loggedOut'), detail: t('state.for', { clock }) };
      return {
        tone: 'away',
        name: t('state.notReady'),
        detail: agent.notReadyReason
          ? t('state.reasonFor', { reason: notReadyReasonName(text, desk.reasons, agent.notReadyReason), clock })
          : t('state.for', { clock }),
      };
  }
}
