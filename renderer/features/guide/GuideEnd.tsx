import { CircleCheck } from 'lucide-react';
import { useStore } from 'zustand';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { followUpsOf, suggestedOutcome } from '../../../shared/guide-steps.ts';
import { answersInWords, wordsOfRun } from '../../../shared/guide-words.ts';
import { dispositionPath, useText } from '../../i18n/index.ts';
import { caseForAnswers, type GuideAtContact, type Stores } from '../../stores/index.ts';
import { Select } from '../../ui/index.ts';
import type { GuideGoneThrough } from './GuideStepper.tsx';
import type { GuideDeeds } from './guide-deeds.ts';

/** Names a new case among the open ones; no case has such an id. */
const opensOne = '';

/** What was answered and what follows, before it goes into the case and after. */
export function GuideEnd(props: {
  readonly stores: Stores;
  readonly open: GuideAtContact;
  readonly deeds: GuideDeeds;
  readonly pop: ScreenPop;
  readonly headingId: string;
}) {
  const { stores, open, deeds, pop, headingId } = props;
  const { t, formats } = useText();
  const { language } = formats;
  const { guide, run, finished, finishing, readAlong } = open;
  const contact = pop.match.kind === 'certain' ? pop.match.contact : null;
  return (
    <>
      <header className="guide-head">
        <h3 id={headingId}>{finished ? t('guide.kept', { number: finished.caseNumber }) : t('guide.atEnd')}</h3>
        {finished && contact ? (
          <button type="button" className="guide-article small" onClick={() => deeds.openCase(contact.contactId, finished.caseId)}>
            {t('guide.openCase')}
          </button>
        ) : null}
      </header>
      <GuideAnswers stores={stores} open={open} />
      {finished || readAlong ? null : contact ? (
        <Select
          className="guide-case"
          label={t('guide.intoCase')}
          value={caseForAnswers(open, pop) ?? opensOne}
          choices={[
            ...contact.cases.map(({ caseId, number, subject }) => ({ value: caseId, label: `${number} · ${subject}` })),
            { value: opensOne, label: t('guide.newCase', { subject: wordsOfRun(guide, run, guide.case.subject, language) }) },
          ]}
          onChange={(caseId) => deeds.chooseCase(pop.interactionId, caseId === opensOne ? null : caseId)}
        />
      ) : (
        <p className="text-2">{t('guide.nobodyYet')}</p>
      )}
      {finishing === 'failed' || finishing === 'handedOver' ? (
        <p className="field-problem" role="alert">
          {t(finishing === 'failed' ? 'guide.notKept' : 'guide.handedOver')}
        </p>
      ) : null}
    </>
  );
}

/** The answers, what follows from them, and the outcome they suggest. */
export function GuideAnswers({ stores, open: { guide, run } }: { readonly stores: Stores; readonly open: GuideGoneThrough }) {
  const { t, formats } = useText();
  const { language } = formats;
  const followUps = followUpsOf(guide, run);
  return (
    <>
      <ul className="guide-answers">
        {answersInWords(guide, run, language).map((line) => (
          <li key={line}>
            <CircleCheck className="icon icon-small guide-answered" aria-hidden="true" />
            <span>{line}</span>
          </li>
        ))}
      </ul>
      {followUps.length > 0 ? (
        <section>
          <h4 className="label">{t('guide.follows')}</h4>
          <ul className="guide-follows">
            {followUps.map(({ kind, text, inHours }) => (
              <li key={text.en}>
                {t(`guide.follow.${kind}`, { text: wordsOfRun(guide, run, text, language), hours: formats.number(inHours) })}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Suggested stores={stores} guide={guide} run={run} />
    </>
  );
}

/** It is chosen already where nothing was; the wrap-up can choose another. */
function Suggested({ stores, guide, run }: { readonly stores: Stores } & Pick<GuideAtContact, 'guide' | 'run'>) {
  const { t, formats } = useText();
  const dispositions = useStore(stores.desk, (desk) => desk.dispositions);
  const path = dispositionPath(formats.language, dispositions, suggestedOutcome(guide, run) ?? '');
  return path.length === 0 ? null : <p className="text-2">{t('guide.outcome', { path: path.join(' / ') })}</p>;
}
