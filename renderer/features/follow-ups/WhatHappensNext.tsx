import { Check, Flag, type LucideIcon, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { callerName, followUpSigns, useText } from '../../i18n/index.ts';
import { dueOf, type FollowUpKind, followUpKinds, type MadeFollowUp, owedOf, type Stores, subjectOf, usualAt } from '../../stores/index.ts';
import { type Action, Button, Section, useMinute } from '../../ui/index.ts';
import type { FollowUpDeeds } from './deeds.ts';
import { momentOf } from './words.ts';
import './follow-ups.css';

export interface WhatHappensNextProps {
  readonly stores: Stores;
  readonly deeds: FollowUpDeeds;
  readonly interactionId: string;
  readonly pop: ScreenPop;
  readonly add: Action;
  /** Sets down what is usual after the outcome that is chosen. */
  readonly addUsual: Action;
}

const none: readonly MadeFollowUp[] = [];
const doneWords = { callback: 'followUp.takeBack', promise: 'followUp.kept', task: 'followUp.done' } as const;

/**
 * What follows from a contact, each in a line: what was set down at it, what of this customer's could be done with now, and adding more. All of
 * it is stored at once; the outcome has nothing to do with it.
 */
export function WhatHappensNext({ stores, deeds, interactionId, pop, add, addUsual }: WhatHappensNextProps) {
  const { t, formats } = useText();
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const made = useStore(stores.followUps, (state) => state.made[interactionId] ?? none);
  const chosen = useStore(stores.view, (view) => view.outcomes[interactionId]);
  const dispositions = useStore(stores.desk, (desk) => desk.dispositions);
  const mine = useStore(stores.followUps, (state) => state.mine);
  const mayCall = useStore(stores.desk, (desk) => desk.user?.rights.includes('call:dial-out') === true);
  const contact = pop.match.kind === 'certain' ? pop.match.contact : null;
  const subject = subjectOf(pop, callerName(t, pop), interactionId);
  const isMade = new Set(made.map(({ id }) => id));
  const owed = mine && contact ? owedOf(mine).filter(({ id, contactId }) => contactId === contact.contactId && !isMade.has(id)) : [];
  const cases = contact?.cases.filter(({ caseId }) => !isMade.has(caseId)) ?? [];
  const kinds = followUpKinds.filter((kind) => (kind === 'callback' ? mayCall : contact !== null));
  const { agreed } = pop;
  const isAgreedAgain = made.some(({ kind }) => kind === 'callback');
  const dated = (kind: FollowUpKind, at: number | null) =>
    at === null ? t(`followUp.${kind}`) : `${t(`followUp.${kind}`)} · ${momentOf(formats, at, now)}`;
  const usual = addUsual.isEnabled ? usualAt({ made: { [interactionId]: made } }, dispositions, chosen, interactionId) : null;
  const deed = (words: string, what: string, perform: () => void) => <Deed stores={stores} words={words} what={what} perform={perform} />;

  return (
    <Section
      className="follow-ups"
      title={t('followUp.next')}
      more={
        <Button size="small" kind="quiet" icon={Plus} shortcut={add.shortcut} disabled={!add.isEnabled} onClick={add.perform}>
          {t('followUp.add')}
        </Button>
      }
    >
      <ul className="follow-up-list">
        {usual ? (
          <Line
            icon={followUpSigns[usual.kind]}
            words={t('followUp.usually', { what: usual.text[formats.language] })}
            below={dated(usual.kind, dueOf(usual, now))}
          >
            <Button size="small" shortcut={addUsual.shortcut} onClick={addUsual.perform}>
              {t('followUp.add')}
            </Button>
          </Line>
        ) : null}
        {made.map(({ kind, id, text, at }) => (
          <Line
            key={id}
            icon={followUpSigns[kind]}
            words={kind === 'caseClosed' ? t('followUp.closedCase', { what: text }) : text}
            below={kind === 'caseClosed' ? null : dated(kind, at)}
          >
            <span className="row small tone-ready">
              <Check className="icon icon-small" aria-hidden="true" />
              {t('followUp.stored')}
            </span>
            {kind === 'callback' ? deed(t('followUp.takeBack'), text, () => deeds.done({ kind, id })) : null}
          </Line>
        ))}
        {agreed ? (
          <Line
            icon={followUpSigns.callback}
            words={agreed.about}
            below={t('followUp.agreedFor', { when: momentOf(formats, agreed.at, now), name: agreed.by })}
          >
            {mayCall && !isAgreedAgain
              ? deed(t('followUp.again'), agreed.about, () => deeds.open(subject, 'callback', { text: agreed.about, at: agreed.at }))
              : null}
          </Line>
        ) : null}
        {owed.map((each) => (
          <Line key={each.id} icon={followUpSigns[each.kind]} words={each.text} below={dated(each.kind, each.at)}>
            {deed(t(doneWords[each.kind]), each.text, () => deeds.done(each))}
          </Line>
        ))}
        {cases.map(({ caseId, number, subject: about, dueAt }) => (
          <Line
            key={caseId}
            icon={Flag}
            words={`${number} ${about}`}
            below={dueAt === null ? t('followUp.openCase') : t('case.due', { when: momentOf(formats, dueAt, now) })}
          >
            {deed(t('followUp.closeCase'), number, () => deeds.closeCase(caseId, interactionId))}
          </Line>
        ))}
        {made.length + owed.length + cases.length === 0 && !agreed && !usual ? (
          <li className="follow-up-none">
            <span className="grow text-2">{t('followUp.none')}</span>
            {kinds.map((kind) => (
              <Button key={kind} size="small" icon={followUpSigns[kind]} onClick={() => deeds.open(subject, kind)}>
                {t(`followUp.${kind}`)}
              </Button>
            ))}
          </li>
        ) : null}
      </ul>
    </Section>
  );
}

function Line(props: { readonly icon: LucideIcon; readonly words: string; readonly below: string | null; readonly children: ReactNode }) {
  const { icon: Sign, words, below, children } = props;
  return (
    <li>
      <Sign className="icon" aria-hidden="true" />
      <span className="grow follow-up-words">
        <span className="medium whole">{words}</span>
        {below === null ? null : <span className="small text-3">{below}</span>}
      </span>
      {children}
    </li>
  );
}

/** What it does, and to those who hear the screen to what. */
function Deed(props: { readonly stores: Stores; readonly words: string; readonly what: string; perform(): void }) {
  const { t } = useText();
  const isBusy = useStore(props.stores.view, (view) => view.pending.includes('followUp'));
  const { words, what, perform } = props;
  return (
    <Button size="small" disabled={isBusy} aria-label={t('followUp.of', { deed: words, what })} onClick={perform}>
      {words}
    </Button>
  );
}
