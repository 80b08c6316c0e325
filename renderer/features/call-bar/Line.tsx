import { useStore } from 'zustand';
import type { CallView } from '../../../shared/contracts/call.ts';
import { callerName, type Text, useText } from '../../i18n/index.ts';
import {
  askedParty,
  type CallState,
  type CallWork,
  type ConnectionState,
  type DeskState,
  popOf,
  type Stores,
  type SupervisedCall,
  workOf,
  wrapUpClockMs,
} from '../../stores/index.ts';
import { classes, type Tone, useNow } from '../../ui/index.ts';

interface LineWords {
  readonly tone: Tone | 'idle';
  readonly name: string;
  readonly detail: string;
  readonly clock: string;
  /** Whether what is said is kept, where that is the thing to know. */
  readonly recording?: 'running' | 'paused' | 'failed';
}

export interface LineProps {
  readonly stores: Stores;
  readonly work: CallWork;
  /** From 1, in the order in which the calls came. */
  readonly number: number;
  /** The one the controls act on. */
  readonly isCurrent: boolean;
}

/** One line: who is on it, since when. Its place and height never change. */
export function Line({ stores, work, number, isCurrent }: LineProps) {
  const text = useText();
  const call = useStore(stores.call);
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  return <LineFrame number={number} isCurrent={isCurrent} words={lineWords(text, work, isCurrent && call.isMuted, now)} />;
}

/** No call: what was wrapped up last, or what to expect. */
export function IdleLine({ stores }: { readonly stores: Stores }) {
  const text = useText();
  const desk = useStore(stores.desk);
  const connection = useStore(stores.connection);
  const now = useNow(connection.clockOffsetMs);
  const wrapping = workOf(desk).find((each): each is CallWork => each.kind === 'wrapping');
  if (desk.supervising) return <LineFrame number={1} isCurrent words={supervisedWords(text, desk, desk.supervising, now)} />;
  return <LineFrame number={1} isCurrent words={wrapping ? lineWords(text, wrapping, false, now) : idleWords(text, desk, connection)} />;
}

function LineFrame({ number, isCurrent, words }: Pick<LineProps, 'number' | 'isCurrent'> & { readonly words: LineWords }) {
  const tone = words.tone !== 'idle' && `tone-${words.tone}`;
  return (
    <div className={classes('line', `line-${words.tone}`, !isCurrent && 'is-beside')} aria-current={isCurrent ? 'true' : undefined}>
      <span className="line-number" aria-hidden="true">
        {number}
      </span>
      <div className="grow line-words">
        <div className={classes('cut medium line-name', tone)}>{words.name}</div>
        <div className={classes('cut small line-detail', words.recording ? `line-recording is-${words.recording}` : 'text-2')}>
          {words.detail}
        </div>
      </div>
      <span className={classes('line-clock', tone)}>{words.clock}</span>
    </div>
  );
}

/** The call of somebody else that the own phone is in. */
function supervisedWords({ t, formats }: Text, { agent }: DeskState, { how, about }: SupervisedCall, now: number): LineWords {
  const queue = about?.queueName[formats.language] ?? '';
  return {
    tone: 'talking',
    name: t(`supervise.line.${how}`, { agent: about?.agentName ?? t('supervise.somebody') }),
    detail: about?.customer ? t('supervise.with', { customer: about.customer, queue }) : queue,
    clock: agent?.workState === 'supervising' ? formats.clock(Math.max(0, now - agent.since)) : '',
  };
}

function idleWords({ t }: Text, desk: DeskState, connection: ConnectionState): LineWords {
  if (connection.bridge === 'lost') return { tone: 'idle', name: t('call.line.idle'), detail: t('state.noConnection'), clock: '' };
  const isReady = desk.agent?.presence === 'available';
  return {
    tone: 'idle',
    name: t('call.line.idle'),
    detail: isReady ? t(connection.phone === 'desk' ? 'quality.deskPhone' : 'call.line.idleReady') : t('call.line.idleAway'),
    clock: '',
  };
}

function lineWords(text: Text, work: CallWork, isMuted: CallState['isMuted'], now: number): LineWords {
  const { t, formats } = text;
  const pop = popOf(work);
  const name = callerName(t, pop);
  const queue = pop.queueName[formats.language];
  if (work.kind === 'ringing') return { tone: 'waiting', name, detail: queue, clock: formats.clock(work.offer.ringsUntil - now) };
  if (work.kind === 'joining') return { tone: 'talking', name, detail: t('call.line.connecting'), clock: '0:00' };

  const { item } = work;
  const { answeredAt, heldSince, endedAt, end, state, dialled } = item.call;
  if (work.kind === 'wrapping') {
    const talked = answeredAt === null ? 0 : (endedAt ?? now) - answeredAt;
    return {
      tone: 'finishing',
      name,
      detail: t(`call.line.ended.${end?.reason === 'transferred' ? 'handedOver' : (end?.by ?? 'system')}`, {
        clock: formats.clock(talked),
      }),
      clock: item.wrapUp ? formats.clock(wrapUpClockMs(item.wrapUp, now)) : '',
    };
  }
  const clock = formats.clock(answeredAt === null ? 0 : now - answeredAt);
  if (item.call.message) return { tone: 'talking', name, detail: t('voicemail.line'), clock: '' };
  const company = companyWords(text, item.call);
  if (company !== null && state !== 'rejoining') return { tone: 'talking', name, detail: company, clock };
  switch (state) {
    case 'held':
      return {
        tone: 'waiting',
        name,
        detail: t('call.line.held', { clock: formats.clock(heldSince === null ? 0 : now - heldSince) }),
        clock,
      };
    case 'rejoining':
      return { tone: 'waiting', name, detail: t('call.line.rejoining'), clock };
    case 'connecting':
      return { tone: 'talking', name, detail: t(dialledKey(dialled)), clock: '0:00' };
    default: {
      if (isMuted) return { tone: 'talking', name, detail: t('call.line.muted'), clock };
      return { tone: 'talking', name, clock, ...recordingWords(text, item.call, queue, now) };
    }
  }
}

function dialledKey(dialled: CallView['dialled']) {
  if (!dialled) return 'call.line.connecting';
  return dialled.progress === 'ringing' || dialled.progress === 'heard' ? 'call.line.rings' : 'call.line.calling';
}

/** Who beside the customer is on the line. */
function companyWords({ t }: Text, call: CallView): string | null {
  if (call.advising) return t('call.advising', { name: call.advising.name });
  const guest = askedParty(call);
  if (guest?.state === 'ringing') return t('call.line.ringsAt', { name: guest.name });
  if (guest?.state === 'aside') return t('call.line.speaksWith', { name: guest.name });
  const together = call.parties?.filter(({ state }) => state === 'talking').length ?? 0;
  // With the customer and the agent.
  return together > 0 && call.state === 'talking' ? t('call.line.conference', { count: together + 2 }) : null;
}

function recordingWords(
  { t, formats }: Text,
  { recording }: CallView,
  queue: string,
  now: number,
): Pick<LineWords, 'detail' | 'recording'> {
  switch (recording?.state) {
    case 'running':
      return {
        detail: t('call.line.recording', { clock: formats.clock(Math.max(0, now - (recording.startedAt ?? now))) }),
        recording: 'running',
      };
    case 'paused':
      return {
        detail: t('call.line.recordingPaused', { clock: formats.clock(Math.max(0, (recording.resumesAt ?? now) - now)) }),
        recording: 'paused',
      };
    case 'failed':
      return { detail: t('call.line.recordingFailed'), recording: 'failed' };
    default:
      return { detail: queue };
  }
}
