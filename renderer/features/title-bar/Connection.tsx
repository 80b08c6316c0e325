import { type ReactNode, type RefObject, useRef } from 'react';
import { useStore } from 'zustand';
import { type TextKey, useText } from '../../i18n/index.ts';
import {
  type ConnectionLight,
  connectionLight,
  type Drafts,
  type LightPart,
  type Outbox,
  type Stores,
  type Unstored,
} from '../../stores/index.ts';
import { type Action, Bars, classes, Dot, Popover, tipOf } from '../../ui/index.ts';

export interface ConnectionProps {
  readonly stores: Stores;
  readonly action: Action;
  /** What is being written and what was sent off. */
  readonly texts: { readonly notes: Drafts['store']; readonly answers: Drafts['store']; readonly outbox: Outbox['store'] };
  /** Further rows. */
  readonly children?: ReactNode;
}

/** The light: in the title bar what is most wrong, in a word; behind it each thing the agent depends on and what happens by itself. */
export function Connection(props: ConnectionProps) {
  const { stores, action } = props;
  const { t } = useText();
  const { bridge, roundTripMs } = useStore(stores.connection);
  const isOpen = useStore(stores.view, (view) => view.open === 'connection');
  const { unstored, ...light } = useLight(props);
  const { headline, level } = light;
  const word = t(`light.head.${headline.part}.${headline.state}` as TextKey);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="title-bar-connection"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        {...tipOf(action.label, action.shortcut)}
        onClick={action.perform}
      >
        <Bars level={level} />
        <span className={headline.tone === 'broken' ? 'tone-broken medium' : 'text-2'}>{word}</span>
        <span className="text-3 figures title-bar-ms" aria-hidden="true">
          {roundTripMs === null || bridge !== 'connected' ? '' : t('connection.ms', { ms: Math.max(1, Math.round(roundTripMs)) })}
        </span>
      </button>
      <span role="status" className="sr-only">
        {word}
      </span>
      <Light {...props} light={light} unstored={unstored} anchor={button} isOpen={isOpen} />
    </>
  );
}

/** While the bridge is away everything not stored counts; otherwise only what a save failed for, or each key typed would be told. */
function useLight({ stores, texts }: ConnectionProps) {
  const connection = useStore(stores.connection);
  const keepsTexts = useStore(stores.computer, (computer) => computer.keepsTexts);
  const isAway = connection.bridge !== 'connected';
  const count: Parameters<typeof useStore<Drafts['store'], number>>[1] = (drafts) =>
    Object.values(drafts).filter(({ status }) => status === 'kept' || (isAway && (status === 'typing' || status === 'saving'))).length;
  const notes = useStore(texts.notes, count);
  const answers = useStore(texts.answers, count);
  const sentOff = useStore(texts.outbox, (all) => (isAway ? all.length : all.filter(({ state }) => state === 'waiting').length));
  const unstored = { notes, messages: answers + sentOff };
  return { ...connectionLight(connection, unstored, keepsTexts), unstored };
}

function Light({
  light,
  unstored,
  anchor,
  isOpen,
  stores,
  children,
}: ConnectionProps & {
  readonly light: ConnectionLight;
  readonly unstored: Unstored;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly isOpen: boolean;
}) {
  const { t } = useText();
  return (
    <Popover
      title={t('light.title')}
      anchor={anchor}
      align="end"
      isInTitleBar
      isOpen={isOpen}
      onOpenChange={(open) => stores.view.setState({ open: open ? 'connection' : 'none' })}
    >
      <ul className="light">
        {light.parts.map((part) => (
          <LightRow key={part.part} part={part} unstored={unstored} />
        ))}
        {children}
      </ul>
    </Popover>
  );
}

/** States that say what happens by themselves. */
const explained: ReadonlySet<string> = new Set([
  'bridge.lost',
  'phone.lost',
  'microphone.blocked',
  'microphone.missing',
  'texts.kept',
  'texts.memory',
]);

function LightRow({ part: { part, state, tone, since }, unstored }: { readonly part: LightPart; readonly unstored: Unstored }) {
  const { t, formats } = useText();
  const name = `${part}.${state}`;
  const amounts = [
    unstored.notes > 0 ? t('light.notes', { count: unstored.notes }) : null,
    unstored.messages > 0 ? t('light.messages', { count: unstored.messages }) : null,
  ].filter((each) => each !== null);
  const what = amounts.length === 2 ? t('light.both', { notes: amounts[0] ?? '', messages: amounts[1] ?? '' }) : (amounts[0] ?? '');
  return (
    <li className="light-row">
      <span className="light-name text-2">{t(`light.${part}`)}</span>
      <span className={classes('light-state', since === null && 'light-alone', tone !== null && `tone-${tone}`)}>
        <Dot tone={tone ?? 'away'} />
        {t(`light.${name}` as TextKey, { what })}
      </span>
      {since === null ? null : <span className="light-since small text-3 figures">{t('light.since', { time: formats.time(since) })}</span>}
      {explained.has(name) ? <p className="light-then small text-2">{t(`light.${name}.then` as TextKey)}</p> : null}
    </li>
  );
}
