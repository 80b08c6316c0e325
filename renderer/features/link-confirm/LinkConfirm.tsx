import { Phone } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { formatNumber } from '../../../shared/phone-number.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { currentCall, type LinkOwner, type Stores } from '../../stores/index.ts';
import { Button } from '../../ui/index.ts';
import './link-confirm.css';

export interface LinkConfirmDeeds {
  callLink(): void;
  dropLink(): void;
}

export interface LinkConfirmProps {
  readonly stores: Stores;
  readonly deeds: LinkConfirmDeeds;
}

export function LinkConfirm({ stores, deeds }: LinkConfirmProps) {
  const link = useStore(stores.outside, (outside) => outside.link);
  return link ? <Question key={link.number} stores={stores} deeds={deeds} {...link} /> : null;
}

function Question({ stores, deeds, number, owner }: LinkConfirmProps & { readonly number: string; readonly owner: LinkOwner }) {
  const text = useText();
  const { t } = text;
  const call = useRef<HTMLButtonElement>(null);
  const country = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? '');
  const mayDial = useStore(stores.desk, (desk) => desk.user?.rights.includes('call:dial-out') === true);
  const isBusy = useStore(stores.desk, (desk) => currentCall(desk) !== null);
  const isOnline = useStore(stores.connection, ({ bridge }) => bridge === 'connected');
  const isOff = !mayDial || isBusy || !isOnline;

  // Whoever writes keeps the keyboard: what they type next must not call anybody.
  useEffect(() => {
    if (!isWriting(document.activeElement)) call.current?.focus();
  }, []);

  return (
    <section
      className="link-confirm"
      role="alertdialog"
      aria-label={t('linkConfirm.label')}
      aria-describedby="link-confirm-who"
      data-own-keys="Escape"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        deeds.dropLink();
      }}
    >
      <Phone className="icon text-3" aria-hidden="true" />
      <div className="grow link-confirm-words" id="link-confirm-who">
        <p className="cut medium figures">{t('linkConfirm.title', { number: formatNumber(number, country) })}</p>
        <p className="cut small text-2" aria-live="polite">
          {ownerText(text, owner)}
          {isBusy || !mayDial ? <span className="tone-waiting"> · {t(mayDial ? 'linkConfirm.busy' : 'linkConfirm.mayNot')}</span> : null}
        </p>
      </div>
      <Button ref={call} size="small" kind="primary" shortcut="Enter" disabled={isOff} onClick={deeds.callLink}>
        {t('linkConfirm.call')}
      </Button>
      <Button size="small" shortcut="Esc" onClick={deeds.dropLink}>
        {t('linkConfirm.no')}
      </Button>
    </section>
  );
}

function ownerText({ t }: Text, owner: LinkOwner): string {
  switch (owner.kind) {
    case 'searching':
      return t('linkConfirm.searching');
    case 'notAsked':
      return t('linkConfirm.notAsked');
    case 'nobody':
      return `${t('linkConfirm.nobody')} · ${t('linkConfirm.from')}`;
    case 'found': {
      const { name, detail, others } = owner;
      return [others > 0 ? t('linkConfirm.several', { name, count: others }) : name, detail].filter(Boolean).join(' · ');
    }
  }
}

function isWriting(element: Element | null): boolean {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches('input, textarea, select, [role="textbox"]'));
}
