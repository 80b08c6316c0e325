import type { Text } from './i18n.ts';

const fields = [
  ...['name', 'title', 'locale', 'tier', 'segment', 'stage', 'birthday', 'orgUnitId', 'prefersChannel', 'prefersFrom', 'prefersUntil'],
  ...['allowsRecording', 'allowsCallOffers', 'allowsSmsOffers', 'allowsEmailOffers'],
] as const;
const tiers = ['standard', 'silver', 'gold', 'diamond'] as const;
const stages = ['prospect', 'new', 'growing', 'mature', 'declining', 'lost'] as const;
const channels = ['voice', 'email', 'sms', 'chat', 'document'] as const;
const languages = ['en', 'zh'] as const;

interface Named {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
}

/** A field of a record by the name it has on the page; one that the organisation defined (`custom:ID`) by the name it gave. */
export function recordFieldName({ t, formats }: Text, field: string, custom: readonly Named[] = []): string {
  const known = fields.find((each) => each === field);
  if (known !== undefined) return t(`record.field.${known as 'name'}`);
  if (field.startsWith('custom')) {
    const id = field.replace(/^custom[.:]?/, '');
    return custom.find((each) => each.id === id)?.name[formats.language] ?? (id === '' ? t('record.custom') : id);
  }
  if (field.startsWith('identifier')) return t('customer.identifiers');
  if (field.startsWith('address')) return t('record.addresses');
  return field;
}

/** A stored value in the words of the page. */
export function recordValueText({ t }: Text, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('record.notGiven');
  if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no');
  if (typeof value === 'object') {
    const parts = Object.values(value).filter((part) => typeof part === 'string' && part !== '');
    return parts.length > 0 ? parts.join(', ') : JSON.stringify(value);
  }
  const text = String(value);
  if (field.startsWith('allows')) return t(text === 'true' || text === '1' ? 'record.yes' : 'record.no');
  const of = <Known extends string>(list: readonly Known[]) => list.find((each) => each === text);
  const tier = field === 'tier' ? of(tiers) : undefined;
  if (tier) return t(`customer.tier.${tier}`);
  const stage = field === 'stage' ? of(stages) : undefined;
  if (stage) return t(`record.stage.${stage}`);
  const channel = field === 'prefersChannel' ? of(channels) : undefined;
  if (channel) return t(`record.channel.${channel}`);
  const language = field === 'locale' ? of(languages) : undefined;
  return language ? t(`language.${language}`) : text;
}
