import {
  type AgentPhone,
  apiClientSchema,
  type Configuration,
  capacitySchema,
  configurationSchema,
  customFieldSchema,
  dispositionConfigurationSchema,
  hoursSchema,
  notReadyReasonConfigurationSchema,
  orgUnitSchema,
  queueSchema,
  retentionSchema,
  roleConfigurationSchema,
  type SectionName,
  skillSchema,
  teamSchema,
  trunkSchema,
  userSchema,
  weekdays,
} from '../../../shared/contracts/configuration.ts';
import {
  chatSiteSchema,
  documentSourceSchema,
  mailboxSchema,
  messageRuleSchema,
  messageTemplateSchema,
  smsLineSchema,
  surveySchema,
} from '../../../shared/contracts/messages/settings.ts';
import { hasIpAddress } from '../../../shared/ip-address.ts';
import type { TextKey } from '../../i18n/index.ts';
import { type Entry, keyOf, valueAt } from '../../stores/index.ts';
import { type Mistake, ofSecret } from './mistake.ts';
import { referencesOf } from './references.ts';
import { writtenMistakes } from './written-mistakes.ts';

const schemas = {
  orgUnits: orgUnitSchema,
  teams: teamSchema,
  skills: skillSchema,
  capacities: capacitySchema,
  hours: hoursSchema,
  queues: queueSchema,
  reasons: notReadyReasonConfigurationSchema,
  dispositions: dispositionConfigurationSchema,
  roles: roleConfigurationSchema,
  users: userSchema,
  trunks: trunkSchema,
  apiClients: apiClientSchema,
  retention: retentionSchema,
  customFields: customFieldSchema,
  mailboxes: mailboxSchema,
  smsLines: smsLineSchema,
  chatSites: chatSiteSchema,
  documentSources: documentSourceSchema,
  messageRules: messageRuleSchema,
  messageTemplates: messageTemplateSchema,
  surveys: surveySchema,
} as const satisfies Record<SectionName, unknown>;

export function mistakesOfOrganisation(configuration: Configuration): readonly Mistake[] {
  const { organisation } = configuration;
  const mistakes = inShape(configurationSchema.shape.organisation.safeParse(organisation), 'organisation', organisation);
  return isTimeZone(organisation.timeZone) ? mistakes : [...mistakes, { field: 'timeZone', key: 'admin.mistake.timeZone' }];
}

export function mistakesOf(configuration: Configuration, section: SectionName, index: number): readonly Mistake[] {
  const entry = configuration[section][index];
  if (!entry) return [];
  const shape = inShape(schemas[section].safeParse(entry), section, entry);
  // What is not even whole is not asked for sense.
  if (shape.length > 0) return [...shape, ...taken(configuration, section, index)];
  return [...taken(configuration, section, index), ...dangling(configuration, section, entry), ...senseless(configuration, section, entry)];
}

type Parsed = { readonly success: boolean; readonly error?: { readonly issues: readonly Issue[] } | undefined };
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly origin?: string;
  readonly expected?: unknown;
}

function inShape(parsed: Parsed, section: SectionName | 'organisation', entry: unknown): readonly Mistake[] {
  const seen = new Set<string>();
  return (parsed.error?.issues ?? []).flatMap((issue) => {
    const field = issue.path.map(String).join('/');
    if (seen.has(field)) return [];
    seen.add(field);
    return [{ field, ...wordsOf(issue, section, field, valueAt(entry, field)) }];
  });
}

function wordsOf(issue: Issue, section: SectionName | 'organisation', field: string, found: unknown): Omit<Mistake, 'field'> {
  if (found === '' || found === null || found === undefined) return { key: 'admin.mistake.required' };
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string'
        ? { key: 'admin.mistake.required' }
        : { key: 'admin.mistake.atLeast', facts: { min: Number(issue.minimum) } };
    case 'too_big':
      return issue.origin === 'string'
        ? { key: 'admin.mistake.tooLong', facts: { max: Number(issue.maximum) } }
        : { key: 'admin.mistake.atMost', facts: { max: Number(issue.maximum) } };
    case 'invalid_type':
      if (issue.expected === 'int') return { key: 'admin.mistake.whole' };
      return { key: issue.expected === 'number' ? 'admin.mistake.number' : 'admin.mistake.form' };
    case 'invalid_format':
      return { key: formOf(section, field) };
    case 'invalid_value':
      return { key: 'admin.mistake.choose' };
    default:
      return { key: field === 'codecs' ? 'admin.mistake.codecs' : 'admin.mistake.form' };
  }
}

function formOf(section: SectionName | 'organisation', field: string): TextKey {
  // An entry of a list is called as the list.
  switch (field.split('/').findLast((step) => !/^\d+$/.test(step))) {
    case 'allowed':
    case 'blocked':
    case 'carries':
      return 'admin.mistake.range';
    case 'number':
    case 'shownNumber':
      return 'admin.mistake.publicNumber';
    case 'prefix':
      return 'admin.mistake.prefix';
    case 'id':
      return section === 'skills' ? 'admin.mistake.skillId' : 'admin.mistake.id';
    case 'address':
      return 'admin.mistake.email';
    case 'colour':
      return 'admin.mistake.colour';
    case 'allowedOrigins':
      return 'admin.mistake.origin';
    case 'url':
      return 'admin.mistake.https';
    case 'shortcut':
      return 'admin.mistake.shortcut';
    case 'homeCountry':
      return 'admin.mistake.country';
    case 'outsidePrefix':
      return 'admin.mistake.outsidePrefix';
    case 'areaCode':
      return 'admin.mistake.areaCode';
    case 'extension':
      return 'admin.mistake.extension';
    case 'from':
    case 'to':
      return 'admin.mistake.time';
    case 'date':
      return 'admin.mistake.date';
    case 'header':
      return 'admin.mistake.header';
    case 'as':
      return 'admin.mistake.factName';
    case 'pick':
      return 'admin.mistake.pointer';
    case 'uri':
      return 'admin.mistake.sip';
    case 'env':
      return 'admin.mistake.env';
    default:
      return 'admin.mistake.id';
  }
}

/** Ids, sign-in names, agent ids and extensions belong to one entry each. */
function taken(configuration: Configuration, section: SectionName, index: number): readonly Mistake[] {
  const list = configuration[section];
  const entry = list[index];
  const fields = section === 'users' ? ['id', 'username', 'agent/id', 'agent/extension'] : [section === 'dispositions' ? 'code' : 'id'];
  return fields.flatMap((field): Mistake[] => {
    const value = valueAt(entry, field);
    if (typeof value !== 'string' || value === '') return [];
    const isTaken = list.some((other, at) => at !== index && valueAt(other, field) === value);
    return isTaken ? [{ field, key: 'admin.mistake.taken', facts: { value } }] : [];
  });
}

/** What it names and is not there. Skills in an expression are told by the expression's own field. */
function dangling(configuration: Configuration, section: SectionName, entry: Entry): readonly Mistake[] {
  return referencesOf(section, entry as never)
    .filter(({ field }) => !field.endsWith('needs'))
    .filter(({ to, key }) => !configuration[to].some((other) => keyOf(to, other) === key))
    .map(({ field, key }) => ({ field, key: 'admin.mistake.gone', facts: { value: key } }));
}

function senseless(configuration: Configuration, section: SectionName, entry: Entry): readonly Mistake[] {
  switch (section) {
    case 'hours':
      return ofHours(entry as Entry<'hours'>);
    case 'queues':
      return ofQueue(configuration, entry as Entry<'queues'>);
    case 'orgUnits':
      return ofOffice(configuration, entry as Entry<'orgUnits'>);
    case 'dispositions': {
      const { code } = entry as Entry<'dispositions'>;
      const parents = new Map(configuration.dispositions.map((each) => [each.code, each.parent]));
      return leadsToItself(code, parents) ? [{ field: 'parent', key: 'admin.mistake.underItself' }] : [];
    }
    case 'users': {
      const { username, agent } = entry as Entry<'users'>;
      const isLowercase = username === username.trim().toLowerCase();
      return [...(isLowercase ? [] : [{ field: 'username', key: 'admin.mistake.lowercase' } as const]), ...ofPhone(agent?.phone)];
    }
    case 'trunks':
      return [...ofSecret('password', (entry as Entry<'trunks'>).password), ...ofTakenOver(entry as Entry<'trunks'>)];
    case 'apiClients': {
      const client = entry as Entry<'apiClients'>;
      const role = configuration.roles.find(({ id }) => id === client.role);
      const isUseless = role !== undefined && !role.rights.includes('record:exchange');
      return [...(isUseless ? [{ field: 'role', key: 'admin.mistake.noExchange' } as const] : []), ...ofSecret('secret', client.secret)];
    }
    case 'customFields': {
      const { kind, choices } = entry as Entry<'customFields'>;
      return kind === 'choice' && choices.length === 0 ? [{ field: 'choices', key: 'admin.mistake.noChoices' }] : [];
    }
    case 'roles':
      return (entry as Entry<'roles'>).rights.includes('session:own') ? [] : [{ field: 'rights', key: 'admin.mistake.signIn' }];
    case 'reasons':
      return systemReasons.includes(keyOf('reasons', entry)) ? [{ field: '', key: 'admin.mistake.systemReason' }] : [];
    case 'capacities': {
      const { channels } = entry as Entry<'capacities'>;
      const isSome = Object.values(channels).some((channel) => channel !== undefined && channel.max > 0);
      return isSome ? [] : [{ field: 'channels', key: 'admin.mistake.noWork' }];
    }
    default:
      return writtenMistakes(configuration, section, entry) ?? [];
  }
}

function ofPhone(phone: AgentPhone | undefined): readonly Mistake[] {
  if (phone?.kind === 'registered') return ofSecret('agent/phone/password', phone.password);
  return phone?.kind === 'address' && !hasIpAddress(phone.uri) ? [{ field: 'agent/phone/uri', key: 'admin.mistake.ipAddress' }] : [];
}

function ofTakenOver({ takesOver = [] }: Entry<'trunks'>): readonly Mistake[] {
  const place = ({ header, pick = '' }: (typeof takesOver)[number]) => `${header.toLowerCase()} ${pick}`;
  return takesOver.flatMap((rule, n): Mistake[] => {
    const before = takesOver.slice(0, n);
    const isNamed = before.some(({ as }) => as === rule.as);
    const isTaken = before.some((other) => place(other) === place(rule));
    return [
      ...(isNamed ? [{ field: `takesOver/${n}/as`, key: 'admin.mistake.taken', facts: { value: rule.as } } as const] : []),
      ...(isTaken ? [{ field: `takesOver/${n}/header`, key: 'admin.mistake.takenOver' } as const] : []),
    ];
  });
}

/** What the system itself gives as a reason. */
const systemReasons: readonly string[] = ['signedIn', 'noAnswer', 'deviceUnreachable', 'wrapUpEnded'];
const above = { headquarters: null, province: 'headquarters', city: 'province' } as const;

function ofOffice({ orgUnits }: Configuration, { id, parent, tier }: Entry<'orgUnits'>): readonly Mistake[] {
  if (leadsToItself(id, new Map(orgUnits.map((unit) => [unit.id, unit.parent]))))
    return [{ field: 'parent', key: 'admin.mistake.underItself' }];
  const over = orgUnits.find((unit) => unit.id === parent)?.tier ?? null;
  return over === above[tier] ? [] : [{ field: 'parent', key: `admin.mistake.above.${tier}` }];
}

function leadsToItself(start: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(start) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === start) return true;
    seen.add(at);
  }
  return false;
}

function ofQueue(configuration: Configuration, queue: Entry<'queues'>): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const isTaken = configuration.capacities.some(({ channels }) => (channels[queue.channel]?.max ?? 0) > 0);
  if (!isTaken) mistakes.push({ field: 'channel', key: 'admin.mistake.noProfile' });
  if (queue.channel !== 'voice') {
    for (const field of ['whenClosed', 'whenFull', 'whenWaitedTooLong'] as const)
      if (queue[field].to === 'callback' || queue[field].to === 'voicemail') mistakes.push({ field, key: 'admin.mistake.onlyCalls' });
    if (queue.callbackAfterSeconds !== null) mistakes.push({ field: 'callbackAfterSeconds', key: 'admin.mistake.onlyCalls' });
  }
  if (queue.afterCall && queue.channel !== 'voice') mistakes.push({ field: 'afterCall', key: 'admin.mistake.onlyCallers' });
  const outcome = queue.wrapUp.defaultDisposition;
  if (configuration.dispositions.some(({ parent }) => parent === outcome))
    mistakes.push({ field: 'wrapUp/defaultDisposition', key: 'admin.mistake.leaf', facts: { value: outcome } });
  queue.rings.forEach((ring, n) => {
    const before = queue.rings[n - 1];
    if (before && ring.afterSeconds <= before.afterSeconds)
      mistakes.push({ field: `rings/${n}/afterSeconds`, key: 'admin.mistake.ringOrder' });
  });
  const elsewhere = [
    ['overflow/queue', queue.overflow?.queue],
    ...(['whenClosed', 'whenFull', 'whenWaitedTooLong'] as const).map((field) => {
      const diversion = queue[field];
      return [`${field}/queue`, diversion.to === 'queue' ? diversion.queue : undefined] as const;
    }),
  ] as const;
  for (const [field, to] of elsewhere) {
    const other = configuration.queues.find(({ id }) => id === to);
    if (to === queue.id) mistakes.push({ field, key: 'admin.mistake.overflowSelf' });
    else if (other && other.channel !== queue.channel)
      mistakes.push({ field, key: 'admin.mistake.otherChannel', facts: { value: other.id } });
  }
  return mistakes;
}

function ofHours(hours: Entry<'hours'>): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  if (!isTimeZone(hours.timeZone)) mistakes.push({ field: 'timeZone', key: 'admin.mistake.timeZone' });
  for (const day of weekdays) mistakes.push(...ofSpans(`weekly/${day}`, hours.weekly[day] ?? []));
  hours.holidays.forEach((holiday, n) => {
    mistakes.push(...ofSpans(`holidays/${n}/spans`, holiday.spans));
    if (hours.holidays.some((other, at) => at < n && other.date === holiday.date))
      mistakes.push({ field: `holidays/${n}/date`, key: 'admin.mistake.taken', facts: { value: holiday.date } });
  });
  return mistakes;
}

function ofSpans(field: string, spans: readonly { readonly from: string; readonly to: string }[]): readonly Mistake[] {
  return spans.flatMap((span, n): Mistake[] => {
    // Times are written alike, so their letters are in the order of the clock.
    if (span.from >= span.to) return [{ field: `${field}/${n}/to`, key: 'admin.mistake.spanOrder' }];
    const isOver = spans.some((other, at) => at < n && other.from < span.to && span.from < other.to);
    return isOver ? [{ field: `${field}/${n}/from`, key: 'admin.mistake.spanOverlap' }] : [];
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.includes('/') || name === 'UTC';
  } catch {
    return false;
  }
}
