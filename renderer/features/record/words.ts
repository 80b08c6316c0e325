import { useText } from '../../i18n/index.ts';

const kinds = ['mobile', 'voice', 'data', 'leasedLine', 'cloud', 'broadband', 'roaming', 'sms'] as const;

/** The name of a kind of use; one that this desktop does not know is shown as it is called. */
export function useKind(): (kind: string) => string {
  const { t } = useText();
  return (kind) => ((kinds as readonly string[]).includes(kind) ? t(`account.kind.${kind as (typeof kinds)[number]}`) : kind);
}
