import { useMemo } from 'react';
import { hasCardNumber } from '../../../shared/card-numbers.ts';
import { useText } from '../../i18n/index.ts';

/** Said while it is written: the bridge stores and sends such a number without most of its digits. */
export function CardNumberWarning({ text, className = 'mail-refs' }: { readonly text: string; readonly className?: string }) {
  const { t } = useText();
  const isThere = useMemo(() => hasCardNumber(text), [text]);
  return isThere ? (
    <p className={`${className} small tone-waiting`} role="alert">
      {t('composer.cardNumber')}
    </p>
  ) : null;
}
