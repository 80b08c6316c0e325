import { Headset } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useStore } from 'zustand';
import { type Text, useText } from '../../i18n/index.ts';
import {
  type CallState,
  type ConnectionState,
  currentCall,
  type DeskState,
  type LineCulprit,
  lineCulprit,
  type Stores,
} from '../../stores/index.ts';
import { type Action, Bars, barsOf, classes, tipOf } from '../../ui/index.ts';

interface QualityWords {
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly name: string;
  readonly detail: string;
  readonly isTrouble: boolean;
  /** The detail in full, for the tip. */
  readonly tip?: string;
}

export interface QualityProps {
  readonly stores: Stores;
  /** Opens what the sound goes through. */
  readonly open: Action;
  /** What opens there. */
  readonly devices: (anchor: RefObject<HTMLElement | null>) => ReactNode;
}

/** During a call: how good the line is, with its figures. Before one: whether one could be held. Pressed, it opens the devices. */
export function Quality({ stores, open, devices }: QualityProps) {
  const text = useText();
  const anchor = useRef<HTMLButtonElement>(null);
  const desk = useStore(stores.desk);
  const call = useStore(stores.call);
  const connection = useStore(stores.connection);
  const words = qualityWords(text, desk, call, connection);
  return (
    <>
      <button
        type="button"
        ref={anchor}
        className="quality"
        aria-haspopup="dialog"
        {...tipOf(open.label, open.shortcut, words.tip ?? words.detail)}
        onClick={open.perform}
      >
        <Bars level={words.level} />
        <span className="grow">
          <span className={classes('cut small medium quality-words', words.isTrouble && 'tone-broken')}>{words.name}</span>{' '}
          <span className="cut micro text-3 quality-words">{words.detail}</span>
        </span>{' '}
        <span className="sr-only">{open.label}</span>
        <Headset className="icon text-3 quality-device" aria-hidden="true" />
      </button>
      {devices(anchor)}
    </>
  );
}

/** What is wrong, in place of the line's name: bars that say it is good would not be believed. */
function culpritWords({ t, formats }: Pick<Text, 't' | 'formats'>, found: LineCulprit, bars: number): QualityWords {
  const facts = {
    loss: 'lossPercent' in found ? formats.decimal(found.lossPercent) : '',
    ms: 'roundTripMs' in found ? Math.round(found.roundTripMs) : 'jitterMs' in found ? Math.round(found.jitterMs) : '',
  };
  const { culprit } = found;
  return {
    level: barsOf(Math.min(bars, 2)),
    name: t(`culprit.${culprit}`),
    detail: t(`culprit.${culprit}.detail`, facts),
    isTrouble: true,
    tip: t(`culprit.${culprit}.tip`, facts),
  };
}

function qualityWords({ t, formats }: Text, desk: DeskState, call: CallState, connection: ConnectionState): QualityWords {
  const live = currentCall(desk);
  if (live?.kind === 'talking' && !live.item.call.message) {
    const { item } = live;
    const quality = desk.qualities[item.interactionId] ?? null;
    const { microphone } = connection;
    const line = call.lines[item.reservationId] ?? null;
    const isHeld = item.call.state === 'held';
    const found = connection.phone === 'desk' ? null : lineCulprit({ microphone, isMuted: call.isMuted, isHeld, line, quality });
    if (found) return culpritWords({ t, formats }, found, quality?.bars ?? 1);
    if (!quality) return { level: 0, name: t('quality.measuring'), detail: '', isTrouble: false };
    const level = barsOf(quality.bars);
    const name = level >= 4 ? t('quality.good') : level === 3 ? t('quality.fair') : t('quality.weak');
    const figures = { jitter: Math.round(quality.jitterMs), loss: formats.decimal(quality.lossPercent) };
    return { level, name, detail: t('quality.figures', figures), tip: t('quality.figuresLong', figures), isTrouble: level <= 1 };
  }
  const trouble = (name: string, detail: string): QualityWords => ({ level: 0, name, detail, isTrouble: true });
  if (connection.phone === 'desk' && desk.agent) {
    if (desk.agent.workState === 'notReachable') return trouble(t('quality.phoneLost'), t('quality.deskPhone'));
    return { level: 4, name: t('quality.ready'), detail: t('quality.deskPhone'), isTrouble: false };
  }
  if (connection.phone === 'none' || connection.phone === 'desk')
    return { level: 0, name: t('quality.noPhone'), detail: t('quality.noPhoneDetail'), isTrouble: false };
  if (connection.microphone === 'blocked') return trouble(t('quality.microphoneBlocked'), t('quality.microphoneBlockedDetail'));
  if (connection.microphone === 'missing') return trouble(t('quality.microphoneMissing'), t('quality.microphoneMissingDetail'));
  if (connection.phone === 'lost') return trouble(t('quality.phoneLost'), t('quality.phoneRetrying'));
  if (connection.phone === 'connecting')
    return { level: 0, name: t('quality.phoneConnecting'), detail: t('quality.phoneRetry'), isTrouble: false };
  if (connection.microphone === 'unknown')
    return { level: 0, name: t('quality.microphoneUnknown'), detail: t('quality.microphoneUnknownDetail'), isTrouble: false };
  if (desk.interactions.some((item) => item.state === 'wrapping') && call.lastBars !== null) {
    const level = barsOf(call.lastBars);
    const name = level >= 4 ? t('quality.lastGood') : level === 3 ? t('quality.lastFair') : t('quality.lastWeak');
    return { level, name, detail: t('quality.lastDetail', { bars: level }), isTrouble: false };
  }
  return { level: 4, name: t('quality.ready'), detail: t('quality.readyDetail'), isTrouble: false };
}
