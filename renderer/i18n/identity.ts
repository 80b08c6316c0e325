import type { Likeness } from '../../shared/contracts/contact.ts';
import type { CandidateReason } from '../../shared/contracts/screen-pop.ts';
import { numberOf as number, textOf as text } from './facts.ts';
import type { Text } from './i18n.ts';

/** Why somebody may be the one, in a few words for the line of a candidate. */
export function candidateReasonSentence({ t, formats }: Text, { code, facts }: CandidateReason): string {
  switch (code) {
    case 'enteredId': {
      const account = text(facts, 'account');
      return account ? t('candidate.enteredId.account', { account }) : t('candidate.enteredId');
    }
    case 'nameGiven': {
      const name = text(facts, 'name');
      return name ? t('candidate.nameGiven.name', { name }) : t('candidate.nameGiven');
    }
    case 'recentUse': {
      const at = number(facts, 'at');
      return at === null ? t('candidate.recentUse') : t('candidate.recentUse.at', { date: formats.date(at) });
    }
    case 'sharedLine': {
      const account = text(facts, 'account');
      if (!account) return t('candidate.sharedLine');
      return t(text(facts, 'kind') === 'household' ? 'candidate.sharedLine.household' : 'candidate.sharedLine.company', { account });
    }
    case 'severalHave': {
      const count = number(facts, 'count');
      return count === null ? t('candidate.severalHave') : t('candidate.severalHave.count', { count });
    }
    case 'verified':
    case 'ownLine':
      return t(`candidate.${code}`);
  }
}

/** Why two look like one, or why not. */
export function likenessSentence({ t }: Text, { code, facts }: Likeness): string {
  const [value, name, day] = [text(facts, 'value'), text(facts, 'name'), text(facts, 'day')];
  const [one, other] = [text(facts, 'one'), text(facts, 'other')];
  switch (code) {
    case 'sameNumber':
    case 'sameEmail':
    case 'sameExternalId':
    case 'sharedLine':
      return value ? t(`likeness.${code}.value`, { value: value.replaceAll(' ', '\u00a0') }) : t(`likeness.${code}`);
    case 'similarName':
    case 'differentBirthday':
    case 'differentExternalId':
      return one && other ? t(`likeness.${code}.both`, { one, other }) : t(`likeness.${code}`);
    case 'sameCompany':
      return name ? t('likeness.sameCompany.name', { name }) : t('likeness.sameCompany');
    case 'sameBirthday':
      return day ? t('likeness.sameBirthday.day', { day }) : t('likeness.sameBirthday');
    case 'sameName':
    case 'sameAddress':
      return t(`likeness.${code}`);
  }
}
