import { ArrowLeftToLine, Ear, type LucideIcon, Mic, MicOff, Speech, UsersRound } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { type Supervising, supervisingSchema } from '../../../shared/contracts/call.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Avatar, Button, classes, Dialog, Kbd } from '../../ui/index.ts';
import { Clock } from './Clock.tsx';
import type { BoardDeeds } from './deeds.ts';
import './supervised.css';

const icons: Readonly<Record<Supervising, LucideIcon>> = { monitor: Ear, whisper: Speech, barge: UsersRound };
const ways = supervisingSchema.options;
const takeOverKey = String(ways.length + 1);

/**
 * The call of somebody else that one is in: whom one hears, for how long, who hears oneself, and the ways to change that. While it has the
 * keyboard, 1 listens, 2 whispers, 3 joins and 4 takes over. At the board it stands beneath what is open there, elsewhere above all.
 */
export function Supervised(props: { readonly stores: Stores; readonly deeds: BoardDeeds; readonly place: 'panel' | 'strip' }) {
  const { stores, deeds, place } = props;
  const { t, formats } = useText();
  const supervising = useStore(stores.desk, (desk) => desk.supervising);
  const since = useStore(stores.desk, (desk) => (desk.agent?.workState === 'supervising' ? desk.agent.since : null));
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('supervise'));
  const isMuted = useStore(stores.call, (call) => call.isMuted);
  const hasDeskPhone = useStore(stores.connection, (connection) => connection.phone === 'desk');
  const hides = useStore(stores.board, ({ names }) => names.hidesSupervision);
  const [isAsking, setIsAsking] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const reservationId = supervising?.reservationId ?? null;

  // The keyboard follows a call that was begun here, and nothing else: who types goes on typing.
  useEffect(() => {
    setIsAsking(false);
    const { activeElement } = document;
    if (reservationId !== null && (activeElement === document.body || activeElement?.closest('.board-side'))) panel.current?.focus();
  }, [reservationId]);

  if (!supervising) return null;
  const { how, about, interactionId } = supervising;
  const agent = about?.agentName ?? t('supervise.somebody');
  const queue = about?.queueName[formats.language];
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey || isAsking) return;
    const way = ways[Number(event.key) - 1];
    if (event.key !== takeOverKey && !way) return;
    event.preventDefault();
    if (!way) setIsAsking(true);
    else if (way !== how && !isBusy) deeds.supervise(interactionId, way);
  };
  // Nobody is told of a microphone that is not of this desktop.
  const microphone = hasDeskPhone ? null : since === null ? 'closed' : isMuted ? (how === 'monitor' ? 'closed' : 'muted') : 'open';
  const Microphone = microphone === 'open' || hasDeskPhone ? Mic : MicOff;
  const said = [
    t(`supervise.heard.${how}`, { agent }),
    ...(microphone ? [t(`supervise.microphone.${microphone}`)] : []),
    ...(hides === null ? [] : [t(hides ? 'supervise.hidden' : 'supervise.shown', { agent })]),
  ];

  return (
    <section
      id="place-supervised"
      className={classes('supervised', `is-${place}`)}
      ref={panel}
      tabIndex={-1}
      aria-label={t('supervise.title')}
      onKeyDown={pressed}
    >
      <div className="supervised-head">
        <Avatar name={agent} />
        <span className="supervised-who">
          <span className="medium cut">{agent}</span>
          <span className="small text-3">
            {about?.customer ? t('supervise.with', { customer: about.customer, queue: queue ?? '' }) : queue}
          </span>
        </span>
        <span className="figures tone-talking">{since === null ? t('supervise.calling') : <Clock stores={stores} since={since} />}</span>
        <Button size="small" shortcut="F12" disabled={isBusy} onClick={() => deeds.stopSupervising()}>
          {t('supervise.stop')}
        </Button>
      </div>
      {/* Never switched off: a control that has the keyboard would lose it, and the keys of the panel with it. */}
      <div className="supervised-ways">
        {ways.map((way, at) => {
          const Icon = icons[way];
          return (
            <button
              key={way}
              type="button"
              className={classes('supervised-way', way === how && 'is-on')}
              aria-pressed={way === how}
              aria-keyshortcuts={String(at + 1)}
              aria-disabled={isBusy}
              onClick={() => way !== how && deeds.supervise(interactionId, way)}
            >
              <Icon className="icon" aria-hidden="true" />
              {t(`supervise.${way}`)}
              <Kbd keys={String(at + 1)} />
            </button>
          );
        })}
        <button type="button" className="supervised-way" aria-keyshortcuts={takeOverKey} onClick={() => setIsAsking(true)}>
          <ArrowLeftToLine className="icon" aria-hidden="true" />
          {t('supervise.takeOver')}
          <Kbd keys={takeOverKey} />
        </button>
      </div>
      <p className="supervised-said small text-2" role="status">
        <Microphone className="icon icon-small" aria-hidden="true" />
        <span>{said.join(formats.language === 'zh' ? '' : ' ')}</span>
      </p>
      <Dialog
        title={t('supervise.takeOver.title', { agent })}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        footer={
          <>
            <Button onClick={() => setIsAsking(false)}>{t('board.cancel')}</Button>
            <Button
              kind="primary"
              autoFocus
              disabled={isBusy}
              onClick={() => {
                setIsAsking(false);
                deeds.takeOver();
              }}
            >
              {t('supervise.takeOver')}
            </Button>
          </>
        }
      >
        <p className="dialog-body">{t('supervise.takeOver.text', { agent })}</p>
      </Dialog>
    </section>
  );
}
