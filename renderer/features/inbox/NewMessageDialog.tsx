import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { InboxPanel, LoginFailure, Stores } from '../../stores/index.ts';
import { Button, Dialog, Field } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';

type Begin = Extract<InboxPanel, { kind: 'new' }>;

/** The bridge's word for "the one of that channel that is the agent's". */
const ownSource = 'default';
const mailAddress = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/;
const mobileNumber = /^\+?[\d][\d ()./-]{4,30}$/;

/** Begins to write to somebody who did not ask: their address, or the number of their mobile. */
export function NewMessageDialog({ stores, deeds, begin }: { readonly stores: Stores; readonly deeds: InboxDeeds; readonly begin: Begin }) {
  const { t, formats } = useText();
  const { channel, contactId } = begin;
  const own = useStore(stores.inbox, (inbox) => inbox.sources);
  useEffect(() => deeds.loadSources(), [deeds]);
  const [to, setTo] = useState(begin.to);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const sources = (own ?? []).filter((source) => source.channel === channel && source.sends);
  const [chosen, setChosen] = useState<string | null>(null);
  const sourceId = chosen ?? sources[0]?.id ?? ownSource;

  const send = async () => {
    const address = to.trim();
    if (!(channel === 'email' ? mailAddress : mobileNumber).test(address)) return setProblem(t(`newMessage.bad.${channel}`));
    setIsBusy(true);
    const refusal = await deeds.begin({ channel, sourceId, to: address, contactId: address === begin.to ? contactId : null });
    setIsBusy(false);
    if (refusal) setProblem(t(`failure.${refusal.code as LoginFailure}`));
  };
  return (
    <Dialog title={t(`newMessage.${channel}`)} isOpen onClose={() => deeds.open(null)} initialFocus={field}>
      <form
        className="inbox-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void send();
        }}
      >
        <Field
          ref={field}
          label={t(`newMessage.to.${channel}`)}
          type="text"
          inputMode={channel === 'email' ? 'email' : 'tel'}
          maxLength={254}
          value={to}
          problem={problem}
          onChange={({ target }) => {
            setTo(target.value);
            setProblem(null);
          }}
        />
        {sources.length > 1 ? (
          <label className="labelled">
            <span className="label">{t('newMessage.from')}</span>
            <select className="field" value={sourceId} onChange={({ target }) => setChosen(target.value)}>
              {sources.map((source) => (
                <option key={source.id} value={source.id}>
                  {t('newMessage.source', { name: source.name[formats.language], address: source.address })}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <div className="row">
          <span className="push" />
          <Button type="submit" kind="primary" shortcut="Enter" disabled={isBusy}>
            {t('newMessage.begin')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
