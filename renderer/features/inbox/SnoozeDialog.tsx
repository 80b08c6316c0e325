import { type KeyboardEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Dialog, Kbd, useMinute } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';
import { nameOf, snoozeTimes } from './words.ts';

const presets = ['hour', 'threeHours', 'tomorrow', 'monday'] as const;

/** Puts work off: keys 1 to 4 for the usual times, or any other. */
export function SnoozeDialog({ stores, deeds, work }: { readonly stores: Stores; readonly deeds: InboxDeeds; readonly work: WrittenWork }) {
  const text = useText();
  const { t, formats } = text;
  const id = useId();
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const [at, setAt] = useState('');
  const times = snoozeTimes(now);
  const chosen = at === '' ? null : new Date(at).getTime();
  const isPast = chosen !== null && !(chosen > now);
  const until = (time: number) => deeds.snooze(work.interactionId, time);
  const keyed = (event: KeyboardEvent) => {
    const preset = event.target instanceof HTMLInputElement || event.ctrlKey || event.altKey ? undefined : presets[Number(event.key) - 1];
    if (!preset) return;
    event.preventDefault();
    until(times[preset]);
  };
  return (
    <Dialog title={t('snooze.title', { name: nameOf(text, work) })} isOpen onClose={() => deeds.open(null)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the digits are short ways; each line is a button. */}
      <div className="inbox-dialog" onKeyDown={keyed}>
        <p className="text-2">{t('snooze.text')}</p>
        <ul>
          {presets.map((preset, index) => (
            <li key={preset}>
              <button type="button" className="inbox-choice" onClick={() => until(times[preset])}>
                <Kbd keys={String(index + 1)} />
                <span className="grow medium">{t(`snooze.${preset}`)}</span>
                <span className="small text-3">{formats.deadline(times[preset], now)}</span>
              </button>
            </li>
          ))}
        </ul>
        <form
          className="row inbox-other"
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen !== null && !isPast) until(chosen);
          }}
        >
          <label htmlFor={id} className="grow">
            {t('snooze.at')}
          </label>
          <span className="field">
            <input
              id={id}
              type="datetime-local"
              value={at}
              aria-invalid={isPast || undefined}
              onChange={({ target }) => setAt(target.value)}
            />
          </span>
          <Button type="submit" disabled={chosen === null || isPast}>
            {t('snooze.do')}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
