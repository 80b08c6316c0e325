import { Ear, Megaphone, MessageSquare, X } from 'lucide-react';
import type { CallView, PartyView } from '../../../shared/contracts/call.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { askedParty } from '../../stores/index.ts';
import { type Action, Chip, Kbd, type Tone } from '../../ui/index.ts';

export type CompanyActions = Readonly<Record<'call.cancelConsult' | 'call.dropParty', Action>>;

export interface CompanyProps {
  readonly call: CallView;
  readonly customer: string;
  readonly actions: CompanyActions;
  onDrop(partyId: string): void;
}

/** Who is in the call beside customer and agent, who hears whom, and why somebody who was asked is not there. Nothing while there is nobody. */
export function Company({ call, customer, actions, onDrop }: CompanyProps) {
  const text = useText();
  const { t } = text;
  const guest = askedParty(call);
  const parties = call.parties ?? [];
  const lastTalking = parties.findLast(({ state }) => state === 'talking');
  const sentence = whoHearsWhom(text, call, customer);
  const failed = parties.length === 0 ? call.askFailed : undefined;
  const supervisedBy = call.supervisedBy ?? [];
  if (sentence === null && !failed && supervisedBy.length === 0) return null;
  return (
    <section className="company" aria-label={t('call.with')}>
      {parties.length > 0 ? (
        <ul className="company-people">
          {parties.map((party) => (
            <li key={party.partyId} className="company-person">
              <span className="medium whole">{party.name}</span>
              <Chip tone={toneOf[party.state]}>{t(`call.party.${party.state}`)}</Chip>
              <Drop
                party={party}
                shortcut={
                  party === guest
                    ? actions['call.cancelConsult'].shortcut
                    : party === lastTalking
                      ? actions['call.dropParty'].shortcut
                      : null
                }
                isOff={party === guest ? !actions['call.cancelConsult'].isEnabled : !actions['call.dropParty'].isEnabled}
                onDrop={() => (party === guest ? actions['call.cancelConsult'].perform() : onDrop(party.partyId))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <div role="status">
        {sentence === null ? null : <p>{sentence}</p>}
        {guest ? (
          <p className="small text-3">{t(guest.state === 'ringing' ? 'call.next.ringing' : 'call.next.answered', { name: guest.name })}</p>
        ) : null}
        {failed ? (
          <p>
            <strong>{t(`call.askFailed.${failed.cause}`, { name: failed.name })}</strong>{' '}
            {t(call.state === 'held' ? 'call.askFailed.held' : 'call.askFailed.back', { customer })}
          </p>
        ) : null}
        {supervisedBy.map(({ name, how }) => (
          <p key={name} className="company-supervisor">
            {how === 'monitor' ? <Ear className="icon" aria-hidden="true" /> : null}
            {how === 'whisper' ? <MessageSquare className="icon" aria-hidden="true" /> : null}
            {how === 'barge' ? <Megaphone className="icon" aria-hidden="true" /> : null}
            {t(`call.supervised.${how}`, { name })}
          </p>
        ))}
      </div>
    </section>
  );
}

const toneOf: Readonly<Record<PartyView['state'], Tone>> = { ringing: 'waiting', aside: 'talking', held: 'waiting', talking: 'talking' };

function Drop(props: { readonly party: PartyView; readonly shortcut: string | null; readonly isOff: boolean; onDrop(): void }) {
  const { t } = useText();
  const label = t(props.party.state === 'ringing' ? 'call.party.cancel' : 'call.party.drop', { name: props.party.name });
  return (
    <button type="button" className="company-drop" title={label} disabled={props.isOff} onClick={props.onDrop}>
      <span className="sr-only">{label}</span>
      <X className="icon icon-small" aria-hidden="true" />
      {props.shortcut ? <Kbd keys={props.shortcut} /> : null}
    </button>
  );
}

/** Null where there are but two. */
function whoHearsWhom({ t }: Text, call: CallView, customer: string): string | null {
  if (call.advising) {
    const { name, withCustomer } = call.advising;
    if (withCustomer) return t('call.advising.all', { name });
    return t(call.state === 'held' ? 'call.advising.held' : 'call.advising.aside', { name });
  }
  const guest = askedParty(call);
  const others = call.parties?.some(({ state }) => state === 'talking') ?? false;
  if (guest) {
    const names = { name: guest.name, customer };
    switch (guest.state) {
      case 'ringing':
        if (others) return t('call.hears.ringingApart', names);
        return t(guest.purpose === 'transfer' ? 'call.hears.ringingTransfer' : 'call.hears.ringing', names);
      case 'aside':
        return t(others ? 'call.hears.asideApart' : 'call.hears.aside', names);
      default:
        return t('call.hears.held', names);
    }
  }
  if (!others) return null;
  return t(call.state === 'held' ? 'call.hears.away' : 'call.hears.all');
}
