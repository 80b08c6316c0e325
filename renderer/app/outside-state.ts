import type { DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import type { AssignedInteraction } from '../../shared/contracts/interaction.ts';
import type { ClockedLine, OutsideState, OutsideTone, OutsideWords, RunningClock, StripControl } from '../../shared/contracts/outside.ts';
import type { Offer, ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { callerName, dispositionPath, notReadyReasonName, type Text } from '../i18n/index.ts';
import { type CallState, type ConnectionState, currentCall, type DeskState, lineCulprit, popOf, ringingCall } from '../stores/index.ts';
import type { Action } from '../ui/index.ts';
import type { BoundActions } from './use-actions.ts';

/** What the desk knows, as far as it is shown outside the window. */
export interface OutsideFacts {
  readonly desk: DeskState;
  readonly call: CallState;
  readonly connection: ConnectionState;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly settings: Pick<DesktopSettings, 'theme' | 'flash'>;
  readonly actions: BoundActions;
  /** End was pressed once in another program: the key that it takes once more. */
  readonly endKey: string | null;
}

type Shown = Pick<OutsideState, 'tone' | 'name' | 'detail' | 'title' | 'line' | 'clock' | 'controls'> &
  Partial<Pick<OutsideState, 'isRecording' | 'lineTone' | 'offer'>>;

const longest = 200;
const short = (text: string) => text.slice(0, longest);
const plain = (text: string): ClockedLine => ({ before: short(text), clock: null, after: '' });
/** Where the clock stands in a sentence; no text has it. */
const mark = '\u0001';
const clocked = (text: string, clock: RunningClock): ClockedLine => {
  const [before = '', after = ''] = text.split(mark, 2);
  return { before: short(before), clock, after: short(after) };
};

/**
 * The desk in few words: the agent's state, whom it is about, and what can be pressed now. A lost connection goes before everything but a call,
 * whose sound may go on without it.
 */
export function outsideState(text: Text, facts: OutsideFacts): OutsideState {
  const { desk, call, actions, settings } = facts;
  const current = currentCall(desk);
  const shown = shownNow(text, facts);
  return {
    ...{ language: text.formats.language, theme: settings.theme, isRecording: false, lineTone: 'plain', offer: null },
    ...shown,
    name: short(shown.name),
    title: short(shown.title),
    choices: [
      {
        wish: { kind: 'action', action: 'agent.available' },
        label: text.t('state.available'),
        isChosen: desk.agent?.presence === 'available',
        isEnabled: actions.byId['agent.available'].isEnabled,
      },
      ...actions.notReady.slice(0, 59).map(({ id, name, action }) => ({
        wish: { kind: 'notReady', reason: id } as const,
        label: short(text.t('outside.chooseNotReady', { reason: name })),
        isChosen: desk.agent?.presence === 'notReady' && desk.agent.notReadyReason === id,
        isEnabled: action.isEnabled,
      })),
    ],
    hasCall: current !== null || desk.supervising !== null,
    isMuted: call.isMuted,
    flashes: settings.flash === true,
    labels: {
      strip: text.t('outside.label'),
      states: text.t('outside.states'),
      move: text.t('outside.move'),
    },
  };
}

export function outsideWords({ t }: Text): OutsideWords {
  return {
    show: t('outside.show'),
    quit: t('outside.quit'),
    mute: t('action.call.mute'),
    quitInCall: t('outside.quitInCall'),
    quitAnyway: t('outside.quitAnyway'),
    stay: t('outside.stay'),
  };
}

function shownNow(text: Text, facts: OutsideFacts): Shown {
  const { desk, connection } = facts;
  const current = currentCall(desk);
  switch (current?.kind) {
    case 'ringing':
      return ringing(text, facts, current.offer);
    case 'joining':
      return talking(text, facts, current.offer.pop, null);
    case 'talking':
      return talking(text, facts, popOf(current), current.item);
  }
  if (connection.bridge === 'lost') return notConnected(text, facts);
  const wrapping = desk.interactions.find(({ state }) => state === 'wrapping');
  return wrapping ? wrappingUp(text, facts, wrapping) : withoutCall(text, facts);
}

function ringing(text: Text, facts: OutsideFacts, offer: Offer): Shown {
  const { t, formats } = text;
  const { actions, call, connection } = facts;
  const toLocal = (at: number) => at - connection.clockOffsetMs;
  const isAnswering = call.answering === offer.reservationId;
  const until = toLocal(offer.ringsUntil);
  const line = connection.phone === 'desk' ? t('outside.liftPhone') : isAnswering ? t('call.line.connecting') : whoText(text, offer.pop);
  return {
    tone: 'waiting',
    name: t('state.ringing'),
    detail: plain(offer.pop.queueName[formats.language]),
    title: callerName(t, offer.pop),
    ...lineOf(text, facts, { line: plain(line), lineTone: 'plain' }),
    clock: { at: until, runs: 'down' },
    offer: { from: toLocal(offer.offeredAt), until },
    controls: [
      { ...control(actions.byId['call.answer'], 'call.answer'), sign: 'answer', look: 'answer' },
      { ...control(actions.byId['call.end'], 'call.end'), sign: 'end', look: 'decline' },
    ],
  };
}

function talking(text: Text, facts: OutsideFacts, pop: ScreenPop, item: AssignedInteraction | null): Shown {
  const { t, formats } = text;
  const { desk, call, actions, connection } = facts;
  const toLocal = (at: number) => at - connection.clockOffsetMs;
  const isHeld = item?.call.state === 'held';
  const isRecording = item?.call.recording?.state === 'running';
  const second = ringingCall(desk);
  const answeredAt = item?.call.answeredAt ?? null;
  return {
    tone: isHeld ? 'waiting' : 'talking',
    name: t('state.engaged'),
    detail: plain(isRecording ? t('outside.recording') : pop.queueName[formats.language]),
    isRecording,
    title: callerName(t, second?.pop ?? pop),
    ...lineOf(text, facts, lineInCall(text, facts, item)),
    // Beside a second call there is room for one of the two: who it is goes before how long.
    clock: answeredAt === null || second ? null : { at: toLocal(answeredAt), runs: 'up' },
    controls: [
      ...(second && connection.phone !== 'desk'
        ? [{ ...control(actions.byId['call.answer'], 'call.answer'), sign: 'answer', look: 'answer' } as const]
        : []),
      { ...control(actions.byId['call.mute'], 'call.mute'), sign: call.isMuted ? 'muted' : 'mute', look: call.isMuted ? 'on' : 'quiet' },
      { ...control(actions.byId['call.hold'], 'call.hold'), sign: isHeld ? 'resume' : 'hold', look: isHeld ? 'held' : 'quiet' },
      { ...control(actions.byId['call.end'], 'call.end'), sign: 'end', look: 'end' },
    ],
  };
}

/** What is asked of the agent at this moment goes before how the call is. */
function lineOf({ t }: Text, { endKey }: OutsideFacts, otherwise: Pick<Shown, 'line' | 'lineTone'>): Pick<Shown, 'line' | 'lineTone'> {
  return endKey === null ? otherwise : { line: plain(t('outside.pressAgain', { key: endKey })), lineTone: 'waiting' };
}

function lineInCall(text: Text, facts: OutsideFacts, item: AssignedInteraction | null): Required<Pick<Shown, 'line' | 'lineTone'>> {
  const { t } = text;
  const { desk, connection } = facts;
  const second = ringingCall(desk);
  if (second) return { line: plain(t('outside.secondLine')), lineTone: 'waiting' };
  if (connection.bridge === 'lost') return { line: plain(t('outside.lostInCall')), lineTone: 'broken' };
  if (item === null || item.call.state === 'connecting') return { line: plain(t('call.line.connecting')), lineTone: 'plain' };
  if (item.call.state === 'rejoining') return { line: plain(t('call.line.rejoining')), lineTone: 'waiting' };
  if (item.call.state === 'held' && item.call.heldSince !== null) {
    const clock = { at: item.call.heldSince - connection.clockOffsetMs, runs: 'up' } as const;
    return { line: clocked(t('call.line.held', { clock: mark }), clock), lineTone: 'waiting' };
  }
  return { line: plain(lineWords(text, facts, item)), lineTone: isWeakLine(facts, item) ? 'waiting' : 'plain' };
}

const qualityOf = ({ desk }: OutsideFacts, { interactionId }: AssignedInteraction) => desk.qualities[interactionId] ?? null;

/** What most likely makes the call sound bad, as the call bar says it. */
function culpritOf(facts: OutsideFacts, item: AssignedInteraction) {
  const { call, connection } = facts;
  if (connection.phone === 'desk') return null;
  const line = call.lines[item.reservationId] ?? null;
  return lineCulprit({
    ...{ microphone: connection.microphone, isMuted: call.isMuted, isHeld: false },
    ...{ line, quality: qualityOf(facts, item) },
  });
}

function isWeakLine(facts: OutsideFacts, item: AssignedInteraction): boolean {
  return culpritOf(facts, item) !== null || (qualityOf(facts, item)?.bars ?? 4) <= 2;
}

function lineWords({ t, formats }: Text, facts: OutsideFacts, item: AssignedInteraction): string {
  const found = culpritOf(facts, item);
  if (found) {
    const loss = 'lossPercent' in found ? formats.decimal(found.lossPercent) : '';
    const parts = [t(`culprit.${found.culprit}`), t(`culprit.${found.culprit}.detail`, { loss })];
    return parts.join(formats.language === 'zh' ? '，' : ', ');
  }
  const quality = qualityOf(facts, item);
  if (!quality) return t('quality.measuring');
  return t(quality.bars >= 4 ? 'quality.good' : quality.bars > 2 ? 'quality.fair' : 'quality.weak');
}

function wrappingUp({ t, formats }: Text, facts: OutsideFacts, { interactionId, pop, wrapUp, call }: AssignedInteraction): Shown {
  const { desk, outcomes, actions, connection } = facts;
  const { clockOffsetMs } = connection;
  const since = (wrapUp?.startedAt ?? call.endedAt ?? 0) - clockOffsetMs;
  const detail =
    wrapUp?.endsAt == null
      ? clocked(t('state.for', { clock: mark }), { at: since, runs: 'up' })
      : clocked(t('outside.left', { clock: mark }), { at: wrapUp.endsAt - clockOffsetMs, runs: 'down' });
  const chosen = wrapUp?.stored ?? outcomes[interactionId];
  const outcome = chosen === undefined ? null : (dispositionPath(formats.language, desk.dispositions, chosen).at(-1) ?? chosen);
  const finish = actions.byId['wrapUp.finish'];
  return {
    tone: 'finishing',
    name: t('state.wrappingUp'),
    detail,
    title: outcome ?? t('outside.noOutcome'),
    line: plain(outcome === null ? t('outside.chooseInWindow') : callerName(t, pop)),
    clock: null,
    controls: finish.isEnabled ? [{ ...control(finish, 'wrapUp.finish'), sign: 'finish', look: 'primary' }] : [showWindow(t)],
  };
}

function notConnected({ t, formats }: Text, { connection }: OutsideFacts): Shown {
  const { lostSince } = connection;
  return {
    tone: 'broken',
    name: t('state.notReachable'),
    detail: lostSince === null ? plain(t('state.noConnection')) : clocked(t('state.for', { clock: mark }), { at: lostSince, runs: 'up' }),
    title: lostSince === null ? t('state.noConnection') : t('outside.noConnectionSince', { time: formats.timeOfDay(lostSince) }),
    line: plain(t('outside.trying')),
    clock: null,
    controls: [{ ...showWindow(t), sign: 'help' }],
  };
}

function withoutCall(text: Text, { desk, connection, actions }: OutsideFacts): Shown {
  const { t } = text;
  const { agent } = desk;
  const since = (agent?.since ?? 0) - connection.clockOffsetMs;
  const clock = { at: since, runs: 'up' } as const;
  const lasting = clocked(t('state.for', { clock: mark }), clock);
  const { tone, name, detail } = stateOf(text, desk, connection, lasting, clock);
  const takes = agent?.presence === 'available' && tone !== 'broken';
  return {
    ...{ tone, name, detail },
    title: desk.supervising
      ? (desk.supervising.about?.agentName ?? t('supervise.somebody'))
      : t(takes ? 'outside.nothingRings' : 'outside.takesNothing'),
    line: plain(inHand(text, desk)),
    clock: null,
    controls: [
      { action: 'app.palette', sign: 'dial', look: 'quiet', label: t('outside.dial'), isEnabled: actions.byId['app.palette'].isEnabled },
      showWindow(t),
    ],
  };
}

function stateOf(
  text: Text,
  desk: DeskState,
  connection: ConnectionState,
  lasting: ClockedLine,
  clock: RunningClock,
): { readonly tone: OutsideTone; readonly name: string; readonly detail: ClockedLine } {
  const { t } = text;
  const { agent } = desk;
  if (!agent) return { tone: 'away', name: t('state.loggedOut'), detail: plain(t('state.noCalls')) };
  switch (agent.workState) {
    case 'notReachable': {
      const isRegistered = connection.phone === 'registered';
      const why = connection.phone === 'desk' ? 'state.noDeskPhone' : 'state.noPhone';
      return { tone: 'broken', name: t('state.notReachable'), detail: isRegistered ? lasting : plain(t(why)) };
    }
    case 'supervising':
      return { tone: 'away', name: t('state.supervising'), detail: lasting };
    case 'reserved':
      return { tone: 'waiting', name: t('state.offeredWritten'), detail: plain(t('state.heldForYou')) };
    case 'engaged':
      return { tone: 'talking', name: t('state.engagedWritten'), detail: lasting };
    case 'wrappingUp':
      return { tone: 'finishing', name: t('state.wrappingUp'), detail: lasting };
    case 'idle':
      if (agent.presence === 'available') return { tone: 'ready', name: t('state.available'), detail: lasting };
      if (agent.presence === 'loggedOut') return { tone: 'away', name: t('state.loggedOut'), detail: lasting };
      return {
        tone: 'away',
        name: t('state.notReady'),
        detail: agent.notReadyReason
          ? clocked(t('state.reasonFor', { reason: notReadyReasonName(text, desk.reasons, agent.notReadyReason), clock: mark }), clock)
          : lasting,
      };
  }
}

/** What is written and in hand, by the kind of it. */
function inHand({ t, formats }: Text, { inbox }: DeskState): string {
  const open = inbox.mine.filter(({ state }) => state === 'open');
  const kinds = (['chat', 'email', 'sms', 'document'] as const)
    .map((channel) => ({ channel, count: open.filter(({ conversation }) => conversation.channel === channel).length }))
    .filter(({ count }) => count > 0);
  if (kinds.length === 0) return t('outside.nothingOpen');
  return kinds.map(({ channel, count }) => t(`outside.mine.${channel}`, { count })).join(formats.language === 'zh' ? '，' : ', ');
}

function whoText({ t }: Text, { match, caller }: ScreenPop): string {
  if (match.kind !== 'certain') return caller.number === null ? '' : caller.display;
  const { tier, accountName } = match.contact;
  return [t(`customer.tier.${tier}`), accountName].filter(Boolean).join(' · ');
}

function control(action: Action, name: StripControl['action']): Pick<StripControl, 'action' | 'label' | 'isEnabled'> {
  return { action: name, label: short(action.label), isEnabled: action.isEnabled };
}

function showWindow(t: Text['t']): StripControl {
  return { action: 'window.show', sign: 'show', look: 'quiet', label: t('outside.show'), isEnabled: true };
}
