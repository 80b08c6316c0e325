import {
  Building2,
  CalendarClock,
  CalendarX2,
  Coffee,
  Gauge,
  GraduationCap,
  History,
  Landmark,
  LayoutList,
  ListOrdered,
  type LucideIcon,
  Mail,
  MessageSquareText,
  MessagesSquare,
  Plug,
  RadioTower,
  Scale,
  ScanText,
  ShieldCheck,
  Split,
  Star,
  Tags,
  TextQuote,
  UserRound,
  UsersRound,
} from 'lucide-react';
import { type Configuration, queueChannels, type SectionName } from '../../../shared/contracts/configuration.ts';
import type { Text } from '../../i18n/index.ts';
import { type AdminSection, type Entry, keyOf } from '../../stores/index.ts';
import { entryName, nameOf } from './words.ts';

/** The sections in the order of the screen. */
export const sectionIcons: Readonly<Record<AdminSection, LucideIcon>> = {
  organisation: Landmark,
  orgUnits: Building2,
  teams: UsersRound,
  users: UserRound,
  roles: ShieldCheck,
  skills: GraduationCap,
  capacities: Gauge,
  queues: ListOrdered,
  hours: CalendarClock,
  reasons: Coffee,
  dispositions: Tags,
  trunks: RadioTower,
  mailboxes: Mail,
  smsLines: MessageSquareText,
  chatSites: MessagesSquare,
  documentSources: ScanText,
  messageRules: Split,
  messageTemplates: TextQuote,
  surveys: Star,
  apiClients: Plug,
  retention: CalendarX2,
  customFields: LayoutList,
  records: Scale,
  history: History,
};
export const adminSections = Object.keys(sectionIcons) as readonly AdminSection[];

export interface Row {
  readonly index: number;
  readonly title: string;
  readonly detail: string;
  /** How deep in a tree. */
  readonly depth: number;
}

/** The entries of a list as lines, trees in the order of the tree. */
export function rowsOf(text: Text, configuration: Configuration, section: SectionName): readonly Row[] {
  const list = configuration[section] as readonly Entry[];
  const order =
    section === 'orgUnits' || section === 'dispositions' ? treeOf(section, list) : list.map((_entry, index) => ({ index, depth: 0 }));
  const detail = detailOf(text, configuration, section);
  return order.flatMap(({ index, depth }) => {
    const entry = list[index];
    return entry ? [{ index, depth, title: entryName(text, section, entry), detail: detail(entry) }] : [];
  });
}

/** Depth first from those without a parent; what hangs on nothing or on itself comes last, so that nothing is out of sight. */
function treeOf(
  section: 'orgUnits' | 'dispositions',
  list: readonly Entry[],
): readonly { readonly index: number; readonly depth: number }[] {
  const order: { index: number; depth: number }[] = [];
  const seen = new Set<number>();
  const below = new Map<string | null, number[]>();
  list.forEach((entry, index) => {
    const { parent } = entry as { parent: string | null };
    below.set(parent, [...(below.get(parent) ?? []), index]);
  });
  const walk = (parent: string | null, depth: number) => {
    for (const index of below.get(parent) ?? []) {
      if (seen.has(index)) continue;
      seen.add(index);
      order.push({ index, depth });
      const entry = list[index];
      const key = entry ? keyOf(section, entry) : '';
      if (key !== '') walk(key, depth + 1);
    }
  };
  walk(null, 0);
  list.forEach((_entry, index) => {
    if (!seen.has(index)) order.push({ index, depth: 0 });
  });
  return order;
}

function detailOf(text: Text, configuration: Configuration, section: SectionName): (entry: Entry) => string {
  const { t } = text;
  const joined = (...parts: readonly (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');
  switch (section) {
    case 'queues':
      return (entry) => {
        const queue = entry as Entry<'queues'>;
        return joined(t(`value.channel.${queue.channel}`), queue.needs);
      };
    case 'users':
      return (entry) => {
        const user = entry as Entry<'users'>;
        return joined(nameOf(text, configuration, 'roles', user.role), user.agent?.extension);
      };
    case 'orgUnits':
      return (entry) => t(`value.tier.${(entry as Entry<'orgUnits'>).tier}`);
    case 'teams':
      return (entry) => {
        const { orgUnit } = entry as Entry<'teams'>;
        return orgUnit ? nameOf(text, configuration, 'orgUnits', orgUnit) : '';
      };
    case 'hours':
      return (entry) => (entry as Entry<'hours'>).timeZone.replaceAll('_', ' ');
    case 'trunks':
      return (entry) => {
        const trunk = entry as Entry<'trunks'>;
        return trunk.host ? `${trunk.host}:${trunk.port}` : '';
      };
    case 'mailboxes':
      return (entry) => (entry as Entry<'mailboxes'>).address;
    case 'smsLines':
      return (entry) => (entry as Entry<'smsLines'>).number;
    case 'chatSites':
      return (entry) => (entry as Entry<'chatSites'>).allowedOrigins.join(', ');
    case 'documentSources':
      return (entry) => t(`value.documentKind.${(entry as Entry<'documentSources'>).kind}`);
    case 'messageRules':
      return (entry) => {
        const rule = entry as Entry<'messageRules'>;
        const { isOn, when, then } = rule;
        const place = configuration.messageRules.indexOf(rule) + 1;
        const queue = then.queue === null ? null : `→ ${nameOf(text, configuration, 'queues', then.queue)}`;
        const about = [...when.words.slice(0, 3), ...when.tiers.map((tier) => t(`value.customerTier.${tier}`))].join(', ');
        return joined(String(place), isOn ? null : t('admin.messageRules.off'), about, queue);
      };
    case 'messageTemplates':
      return (entry) => {
        const { shortcut, channels } = entry as Entry<'messageTemplates'>;
        return joined(shortcut && `/${shortcut}`, ...channels.map((channel) => t(`value.channel.${channel}`)));
      };
    case 'surveys':
      return (entry) => {
        const { isOn, by } = entry as Entry<'surveys'>;
        const asked = queueChannels.filter((channel) => by[channel] !== 'none').map((channel) => t(`value.channel.${channel}`));
        return joined(isOn ? null : t('admin.surveys.off'), ...asked);
      };
    case 'apiClients':
      return (entry) => {
        const { role, orgUnit } = entry as Entry<'apiClients'>;
        return joined(nameOf(text, configuration, 'roles', role), orgUnit && nameOf(text, configuration, 'orgUnits', orgUnit));
      };
    case 'customFields':
      return (entry) => {
        const { on, kind } = entry as Entry<'customFields'>;
        return joined(t(`value.fieldOn.${on}`), t(`value.fieldKind.${kind}`));
      };
    case 'retention':
      return (entry) => `${(entry as Entry<'retention'>).silentForDays} ${t('admin.days')}`;
    default:
      return (entry) => keyOf(section, entry);
  }
}
