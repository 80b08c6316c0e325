import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { useText } from '../../i18n/index.ts';
import { Section } from '../../ui/index.ts';

/** Who gives the call, or asks: why, what they wrote to whoever takes it, and their notes of the call. Before the answer and after it. */
export function Handover({ transfer }: { readonly transfer: NonNullable<ScreenPop['transfer']> }) {
  const { t, formats } = useText();
  const words = [
    [t('offer.transfer.why'), transfer.reason],
    [t('offer.transfer.note'), transfer.note],
    [t('offer.transfer.draft'), transfer.draft ?? ''],
  ].filter(([, text]) => text?.trim() !== '');
  return (
    <Section
      className="offer-part handover"
      title={t(`offer.transfer.${transfer.kind}`, { name: transfer.fromName })}
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
