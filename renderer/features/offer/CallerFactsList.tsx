import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { useText } from '../../i18n/index.ts';
import { Facts } from '../../ui/index.ts';

/** What the number alone says. The name a network sends along is shown, and marked as what it is. */
export function CallerFactsList({ pop }: { readonly pop: ScreenPop }) {
  const { t, formats } = useText();
  const { caller } = pop;
  const facts: (readonly [string, React.ReactNode])[] = [];
  facts.push([t('caller.kind'), t(`caller.kind.${caller.kind}`)]);
  if (caller.country) facts.push([t('caller.country'), formats.country(caller.country)]);
  if (caller.region) facts.push([t('caller.region'), caller.region[formats.language]]);
  if (caller.carrier) facts.push([t('caller.carrier'), caller.carrier[formats.language]]);
  if (caller.presentedName) {
    facts.push([
      t('caller.presentedName'),
      <span key="name">
        {caller.presentedName} <span className="small text-3">{t('caller.presentedNameNote')}</span>
      </span>,
    ]);
  }
  facts.push([t('caller.dialled'), pop.dialled]);
  if (caller.number !== null) {
    const { today, week } = caller.attempts;
    facts.push([t('caller.attempts'), t('caller.attemptsValue', { today: Math.max(1, today), week: Math.max(1, today, week) })]);
  }
  return <Facts facts={facts} />;
}
