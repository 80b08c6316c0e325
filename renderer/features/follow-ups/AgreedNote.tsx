import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { useText } from '../../i18n/index.ts';
import { Section } from '../../ui/index.ts';
import { momentOf } from './words.ts';

/** Whoever calls was to be called: about what, and that this call stands for it. Of our call: what it was agreed about. */
export function AgreedNote({ pop, now, className }: { readonly pop: ScreenPop; readonly now: number; readonly className?: string }) {
  const { t, formats } = useText();
  const { agreed, callback } = pop;
  const about = agreed?.about ?? callback?.about;
  if (about === undefined) return null;
  return (
    <Section className={className ?? ''} title={t(agreed ? 'followUp.agreedTitle' : 'followUp.callback')}>
      <p className="follow-up-about">{about}</p>
      {agreed ? (
        <p className="small text-2">{t('followUp.agreedFor', { when: momentOf(formats, agreed.at, now), name: agreed.by })}</p>
      ) : null}
    </Section>
  );
}
