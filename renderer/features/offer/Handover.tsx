import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { Section } from '../../ui/index.ts';

/** Who gives the contact, or asks: why, what they wrote to whoever takes it, and their notes of the call. Before the answer and after it. */
export function Handover({ pop }: { readonly pop: ScreenPop }) {
  const { t, formats } = useText();
  const { transfer } = pop;
  if (!transfer) return null;
  const words = [
    [t('offer.transfer.why'), transfer.reason],
    [t('offer.transfer.note'), transfer.note],
    [t('offer.transfer.draft'), transfer.draft ?? ''],
  ].filter(([, text]) => text?.trim() !== '');
  return (
    <Section
      className="offer-part handover"
      title={handoverTitle(t, pop, transfer)}
      more={t('offer.transfer.at', { time: formats.timeOfDay(transfer.at) })}
    >
      {words.length === 0 ? (
        <p className="text-3">{t('offer.transfer.nothing')}</p>
      ) : (
        <dl className="handover-words">
          {words.map(([name, text]) => (
            <div key={name}>
              <dt className="small text-3">{name}</dt>
              <dd className="whole">{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}

/** Who hands over what; written work is no call. */
export function handoverTitle(t: Text['t'], { written }: ScreenPop, { kind, fromName }: NonNullable<ScreenPop['transfer']>): string {
  const isWritten = kind === 'transfer' && written !== undefined && written.channel !== 'voice';
  return t(`offer.transfer.${isWritten ? 'written' : kind}`, { name: fromName });
}
