import {
  CircleCheck,
  Clock as ClockIcon,
  type LucideIcon,
  PhoneMissed,
  TriangleAlert,
  Unplug,
  Users,
  Volume2,
  VolumeX,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { BoardAlert } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { othersHands, type Stores } from '../../stores/index.ts';
import { Badge, classes, EmptyState, IconButton } from '../../ui/index.ts';
import type { BoardDeeds } from './deeds.ts';
import { alertWords } from './words.ts';

const icons: Readonly<Record<BoardAlert['code'], LucideIcon>> = {
  waiting: Users,
  longestWait: ClockIcon,
  serviceLevel: TriangleAlert,
  agentNotReachable: Unplug,
  agentMissedOffers: PhoneMissed,
  longWork: ClockIcon,
};

export interface AlertsProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  /** Who asks for help: people before numbers. */
  readonly help: ReactNode;
}

/** What is out of bounds now, the newest last, so that nothing moves when one more is raised. */
export function Alerts({ stores, deeds, help }: AlertsProps) {
  const text = useText();
  const { t, formats } = text;
  const board = useStore(stores.board, (state) => state.board);
  const isSoundOn = useStore(stores.board, (state) => state.isSoundOn);
  const hands = useStore(stores.desk, (desk) => othersHands(desk).length);
  const alerts = board?.alerts.toSorted((a, b) => a.since - b.since) ?? [];
  return (
    <>
      <div className="pane-head">
        <h2>{t('board.alerts')}</h2>
        {alerts.length + hands > 0 ? <Badge count={alerts.length + hands} /> : null}
        <span className="push small text-3">{isSoundOn ? t('board.sound.on') : t('board.sound.off')}</span>
        <IconButton
          icon={isSoundOn ? Volume2 : VolumeX}
          label={isSoundOn ? t('board.sound.on') : t('board.sound.off')}
          aria-pressed={isSoundOn}
          onClick={() => deeds.choose({ isSoundOn: !isSoundOn })}
        />
      </div>
      <div className="board-side-body" role="log" aria-label={t('board.alerts')} aria-live="polite">
        {help}
        {board && alerts.length === 0 && hands === 0 ? (
          <EmptyState icon={CircleCheck} title={t('board.alerts.none')}>
            {t('board.alerts.noneText')}
          </EmptyState>
        ) : null}
        {board
          ? alerts.map((alert) => {
              const Icon = icons[alert.code];
              const { title, detail } = alertWords(text, alert, board);
              const { subject } = alert;
              return (
                <button
                  key={alert.alertId}
                  type="button"
                  className="board-alert"
                  onClick={() =>
                    subject.kind === 'agent'
                      ? deeds.showAgent(subject.agentId)
                      : deeds.showContacts(
                          subject.queueId,
                          alert.code === 'serviceLevel' ? 'answeredInTime' : 'waiting',
                          alert.code === 'serviceLevel' ? 'serviceLevel' : alert.code === 'longestWait' ? 'longestWait' : 'waiting',
                        )
                  }
                >
                  <Icon
                    className={classes('icon', alert.severity === 'critical' ? 'tone-broken' : 'tone-waiting')}
                    aria-label={t(`board.alert.${alert.severity}`)}
                  />
                  <span className="medium whole">{title}</span> <span className="small text-3 figures">{formats.time(alert.since)}</span>{' '}
                  <span className="board-alert-detail small text-2">{detail}</span>
                </button>
              );
            })
          : null}
      </div>
    </>
  );
}
