import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { PrivacyState, Stores } from '../../stores/index.ts';
import { Button, Dialog, Field } from '../../ui/index.ts';
import type { PrivacyDeeds } from './deeds.ts';
import { removedName } from './words.ts';
import './privacy.css';

/** Erasing somebody and holding somebody, each after a look at what it means. */
export function PrivacyDialogs({ stores, deeds }: { readonly stores: Stores; readonly deeds: PrivacyDeeds }) {
  const state = useStore(stores.privacy);
  const { dialog } = state;
  if (!dialog) return null;
  return dialog.kind === 'erase' ? (
    <Erase key={dialog.contactId} state={state} name={dialog.name} deeds={deeds} />
  ) : (
    <Hold key={dialog.contactId} state={state} contactId={dialog.contactId} name={dialog.name} deeds={deeds} />
  );
}

const close = (deeds: PrivacyDeeds) => () => deeds.ask(null);

function Erase({ state, name, deeds }: { readonly state: PrivacyState; readonly name: string; readonly deeds: PrivacyDeeds }) {
  const text = useText();
  const { t, formats } = text;
  const { isBusy, failure, removed } = state;
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const formId = useId();
  if (removed) {
    return (
      <Dialog
        title={t('privacy.erased', { name })}
        isOpen
        onClose={close(deeds)}
        footer={
          <Button kind="primary" onClick={close(deeds)}>
            {t('privacy.close')}
          </Button>
        }
      >
        <div className="dialog-body">
          <p className="text-2" role="status">
            {t('privacy.erasedText')}
          </p>
          <ul className="privacy-removed">
            {removed.map(({ what, count }) => (
              <li key={what}>
                <span>{removedName(text, what)}</span>
                <span className="figures">{formats.number(count)}</span>
              </li>
            ))}
          </ul>
        </div>
      </Dialog>
    );
  }
  const isReady = typed === name && reason.trim() !== '' && !isBusy;
  return (
    <Dialog
      title={t('privacy.erase.title', { name })}
      isOpen
      onClose={close(deeds)}
      footer={
        <>
          <Button disabled={isBusy} onClick={close(deeds)}>
            {t('privacy.cancel')}
          </Button>
          <Button kind="end" type="submit" form={formId} disabled={!isReady}>
            {t(isBusy ? 'privacy.erase.busy' : 'privacy.erase.do')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="dialog-body privacy-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void deeds.erase(typed, reason.trim());
        }}
      >
        <ul className="privacy-means text-2">
          {(['all', 'never', 'numbers', 'hold'] as const).map((what) => (
            <li key={what}>{t(`privacy.erase.means.${what}`)}</li>
          ))}
        </ul>
        <Field
          label={t('privacy.erase.reason')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={({ target }) => setReason(target.value)}
        />
        <Field
          label={t('privacy.erase.type', { name })}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setTyped(target.value)}
        />
        <p className="small tone-broken privacy-problem" role="alert">
          {failure ? (failure === 'conflict' ? t('privacy.erase.refused') : t(`failure.${failure}`)) : null}
        </p>
      </form>
    </Dialog>
  );
}

function Hold(props: { readonly state: PrivacyState; readonly contactId: string; readonly name: string; readonly deeds: PrivacyDeeds }) {
  const { state, contactId, name, deeds } = props;
  const { t } = useText();
  const { isBusy, failure } = state;
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const formId = useId();
  const end = until === '' ? null : new Date(`${until}T23:59:59`).getTime();
  const isReady = reason.trim() !== '' && !isBusy;
  return (
    <Dialog
      title={t('privacy.hold.title', { name })}
      isOpen
      onClose={close(deeds)}
      footer={
        <>
          <Button kind="quiet" disabled={isBusy} onClick={() => void deeds.hold(contactId, null, null)}>
            {t('privacy.hold.lift')}
          </Button>
          <Button disabled={isBusy} onClick={close(deeds)}>
            {t('privacy.cancel')}
          </Button>
          <Button kind="primary" type="submit" form={formId} disabled={!isReady}>
            {t('privacy.hold.do')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="dialog-body privacy-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void deeds.hold(contactId, reason.trim(), end);
        }}
      >
        <p className="text-2">{t('privacy.hold.text')}</p>
        <Field
          label={t('privacy.hold.reason')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={({ target }) => setReason(target.value)}
        />
        <Field label={t('privacy.hold.until')} type="date" value={until} onChange={({ target }) => setUntil(target.value)} />
        <p className="small tone-broken privacy-problem" role="alert">
          {failure ? t(`failure.${failure}`) : null}
        </p>
      </form>
    </Dialog>
  );
}
