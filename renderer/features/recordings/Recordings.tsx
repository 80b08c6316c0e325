import { useStore } from 'zustand';
import type { Recorded } from '../../../shared/contracts/recording.ts';
import { soundWords, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { SoundPlayer, useNow } from '../../ui/index.ts';
import './recordings.css';

/** What was recorded of a call, heard in its place by who may; who may not is told that there is something. */
export function Recordings(props: {
  readonly stores: Stores;
  readonly recordings: readonly Recorded[];
  /** Where its sound can be heard for a while; null where it cannot. */
  hear(recordingId: string): Promise<string | null>;
}) {
  const { stores, recordings, hear } = props;
  const text = useText();
  const { t, formats } = text;
  const mayListen = useStore(stores.desk, (desk) => desk.user?.rights.includes('recording:listen') === true);
  return (
    <ul className="recordings">
      {recordings.map(({ recordingId, startedAt, durationMs, isMessage, pauses = [] }) => (
        <li key={recordingId}>
          <span className="medium">{t(isMessage ? 'recording.message' : 'recording.call')}</span>{' '}
          {durationMs === null ? (
            <Running stores={stores} startedAt={startedAt} />
          ) : mayListen ? (
            <>
              <SoundPlayer
                durationMs={durationMs}
                silences={pauses.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? durationMs }))}
                clock={formats.clock}
                open={() => hear(recordingId)}
                words={soundWords(text)}
              />
              <span className="small text-3">
                {[...(isMessage ? [] : [t('recording.sides')]), ...pauses.map((pause) => silenceText(pause))].join(
                  formats.language === 'zh' ? '' : ' ',
                )}
              </span>
            </>
          ) : (
            <span className="small text-3">{t('recording.notYours', { clock: formats.clock(durationMs) })}</span>
          )}
        </li>
      ))}
    </ul>
  );

  function silenceText({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number | null }): string {
    const from = formats.clock(fromMs);
    return toMs === null ? t('recording.silentFrom', { from }) : t('recording.silent', { from, to: formats.clock(toMs) });
  }
}

function Running({ stores, startedAt }: { readonly stores: Stores; readonly startedAt: number }) {
  const { t, formats } = useText();
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  return <span className="small text-3 figures">{t('recording.running', { clock: formats.clock(Math.max(0, now - startedAt)) })}</span>;
}
