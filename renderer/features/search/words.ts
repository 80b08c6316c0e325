import { Briefcase, Building2, type LucideIcon, UserRound } from 'lucide-react';
import type { SearchHit } from '../../../shared/contracts/search.ts';
import type { Text } from '../../i18n/index.ts';
import type { RecentCustomer } from '../../stores/index.ts';

export const hitIcons: Readonly<Record<SearchHit['kind'], LucideIcon>> = { person: UserRound, account: Building2, case: Briefcase };

/** What stands beside the name: the company or subject, then what was found where the name does not show it. */
export function hitDetail({ t }: Text, hit: SearchHit | RecentCustomer): string {
  const subtitle = hit.subtitle ?? (hit.kind === 'person' ? t('customer.private') : hit.kind === 'account' ? t('search.company') : null);
  return [subtitle, 'matched' in hit ? matchedWords({ t }, hit) : null].filter((part) => part !== null).join(' · ');
}

function matchedWords({ t }: Pick<Text, 't'>, { matched, detail }: SearchHit): string | null {
  switch (matched) {
    case 'number':
    case 'email':
    case 'caseNumber':
      return detail;
    case 'id':
      return detail === null ? null : t('search.id', { id: detail });
    default:
      return null;
  }
}
