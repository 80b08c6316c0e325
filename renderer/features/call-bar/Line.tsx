import { useStore } from 'zustand';
import { callerName, type Text, useText } from '../../i18n/index.ts';
import {
  type CallState,
  type ConnectionState,
  currentCall,
  type DeskState,
  popOf,
  type Stores,
  type Work,
  workOf,
  wrapUpClockMs,
} from '../../stores/index.ts';
import { classes, type Tone, useNow } from '../../ui/index.ts';

interface LineWords {
  readonly tone: Tone | 'idle';
  readonly name: string;
  readonly detail: string;
  readonly clock: string;
}

/** The line: who is on it, since when. Its place and height never change. */
export function Line({ stores }: { readonly stores: Stores }) {
  const text = useText();
  const desk = useStore(stores.desk);
  const call = useStore(stores.call);
  const connection = useStore(stores.connection);
  const now = useNow(connection.clockOffsetMs);
  const work = currentCall(desk) ?? workOf(desk).find((each) => each.kind === 'wrapping') ?? null;
  const words = work ? lineWords(text, work, call, now) : idleWords(text, desk, connection);
  return (
    <div className={classes('line', `line-${words.tone}`)}>
      <span className="line-number" aria-hidden="true">
        1
      </span>
      <div className="grow line-words">
        <div className={classes('cut medium line-name', words.tone !== 'idle' && `tone-${words.tone}`)}>{words.name}</div>
        <div className="cut small text-2 line-detail">{words.detail}</div>
      </div>
      <span className={classes('line-clock', words.tone !== 'idle' && `tone-${words.tone}`)}>{words.clock}</span>
    </div>
  );
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

function lineWords({ t, formats }: Text, work: Work, call: CallState, now: number): LineWords {
  const pop = popOf(work);
  const name = callerName(t, pop);
  const queue = pop.queueName[formats.language];
  if (work.kind === 'ringing') return { tone: 'waiting', name, detail: queue, clock: formats.clock(work.offer.ringsUntil - now) };
  if (work.kind === 'joining') return { tone: 'talking', name, detail: t('call.line.connecting'), clock: '0:00' };

  const { item } = work;
  const { answeredAt, heldSince, endedAt, end, state } = item.call;
  if (work.kind === 'wrapping') {
    const talked = answeredAt === null ? 0 : (endedAt ?? now) - answeredAt;
    return {
      tone: 'finishing',
      name,
      detail: t(`call.line.ended.${end?.by ?? 'system'}`, { clock: formats.clock(talked) }),
      clock: item.wrapUp ? formats.clock(wrapUpClockMs(item.wrapUp, now)) : '',
    };
  }
  const clock = formats.clock(answeredAt === null ? 0 : now - answeredAt);
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
      return { tone: 'talking', name, detail: t('call.line.connecting'), clock: '0:00' };
    default: {
      const detail = call.isMuted ? t('call.line.muted') : queue;
      return { tone: 'talking', name, detail, clock };
    }
  }
}
