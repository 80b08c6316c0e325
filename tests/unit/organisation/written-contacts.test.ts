import { describe, expect, it } from 'vitest';
import { validateConfiguration } from '../../../cti-bridge/organisation/index.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { MessageRule } from '../../../shared/contracts/messages/settings.ts';
import { writingConfiguration } from './configurations.ts';

const problemsOf = (change: (configuration: Configuration) => void) => {
  const configuration = writingConfiguration();
  change(configuration);
  const judged = validateConfiguration(configuration);
  return judged.ok ? [] : judged.problems;
};
const told = (change: (configuration: Configuration) => void) => problemsOf(change).map(({ path, found }) => `${path}: ${found}`);
type Sections = 'mailboxes' | 'smsLines' | 'chatSites' | 'documentSources' | 'messageTemplates';
/** With this changed in the first entry, or with a second one like the first. */
const changed = <Name extends Sections>(section: Name, change: Partial<Configuration[Name][number]>) =>
  told((configuration) => Object.assign(configuration[section][0] as object, change));
const doubled = <Name extends Sections>(section: Name, change: Partial<Configuration[Name][number]>) =>
  told((configuration) => configuration[section].push({ ...(configuration[section][0] as object), ...change } as never));

describe('places where written contacts come in', () => {
  it('are absent from files of before, which is the same as none', () => {
    const { mailboxes, smsLines, chatSites, documentSources, messageRules, messageTemplates, surveys, ...older } = writingConfiguration();
    const judged = validateConfiguration(older);
    const none = { mailboxes: [], smsLines: [], chatSites: [], documentSources: [], messageRules: [], messageTemplates: [], surveys: [] };
    expect(judged).toEqual({ ok: true, configuration: { ...older, ...none } });
  });

  it('can all be set up together', () => expect(told(() => undefined)).toEqual([]));

  it('lead to a queue of their kind', () => {
    expect(changed('mailboxes', { queue: 'nowhere' })).toEqual(['mailboxes/care/queue: nowhere']);
    expect(changed('mailboxes', { queue: 'billing' })).toEqual(['mailboxes/care/queue: billing, a queue of channel voice']);
    expect(changed('mailboxes', { kind: 'fax', autoReply: null })).toEqual([
      'mailboxes/care/queue: the-mails, a queue of channel email',
      'messageRules/complaints/when/sources/0: care, where document comes in',
    ]);
    expect(changed('smsLines', { queue: 'the-mails' })).toEqual(['smsLines/hotline/queue: the-mails, a queue of channel email']);
    expect(changed('chatSites', { queue: 'the-mails' })).toEqual(['chatSites/shop/queue: the-mails, a queue of channel email']);
    expect(changed('documentSources', { queue: 'the-mails' })).toEqual([
      'documentSources/letters/queue: the-mails, a queue of channel email',
    ]);
  });

  it('are told apart: by id, address, number and folder', () => {
    expect(doubled('mailboxes', { id: 'second', address: 'Care@Example.com' })).toEqual([
      'mailboxes/second/address: Care@Example.com, which care has',
    ]);
    expect(doubled('smsLines', { id: 'second', number: '106 55' })).toEqual(['smsLines/second/number: 106 55, which hotline has']);
    expect(doubled('documentSources', { id: 'second', folder: '/srv/letters/' })).toEqual([
      'documentSources/second/folder: /srv/letters/, which letters has',
    ]);
    expect(doubled('chatSites', { id: 'letters' })).toEqual(['documentSources/letters: an id that one of chatSites has']);
  });

  it('have their secrets where the bridge finds them, and both a name and a password or neither', () => {
    const outgoing = { host: 'mail', port: 25, security: 'tls', username: 'care', password: null } as const;
    expect(changed('mailboxes', { outgoing })).toEqual(['mailboxes/care/outgoing/password: nothing']);
    expect(changed('mailboxes', { outgoing: { ...outgoing, password: { env: 'CROSSPOINT_MAIL' } } })).toEqual([
      'mailboxes/care/outgoing/password/env: CROSSPOINT_MAIL',
    ]);
  });

  it('send text messages over what nobody reads along, unless it never leaves the machine', () => {
    const carried = (url: string) => changed('smsLines', { carrier: { kind: 'http', url, secret: { env: 'SMS_SECRET' } } });
    expect(carried('http://sms.example.com/send')).toEqual(['smsLines/hotline/carrier/url: http://sms.example.com']);
    expect(carried('http://127.0.0.1.example.com/')).toEqual(['smsLines/hotline/carrier/url: http://127.0.0.1.example.com']);
    expect(carried('https://me:secret@sms.example.com/')).toEqual(['smsLines/hotline/carrier/url: an address with a password in it']);
    expect(carried('https://[')).toEqual(['smsLines/hotline/carrier/url: https://[']);
    for (const url of ['http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]:9/']) expect(carried(url)).toEqual([]);
  });

  it('allow web sites as browsers name them', () => {
    const allowed = (...allowedOrigins: string[]) => changed('chatSites', { allowedOrigins });
    expect(allowed('*', 'https://shop.example', 'http://localhost:8080')).toEqual([]);
    expect(allowed('https://Shop.example', 'https://shop.example:443')).toEqual([
      'chatSites/shop/allowedOrigins/0: https://Shop.example',
      'chatSites/shop/allowedOrigins/1: https://shop.example:443',
    ]);
  });

  it('watch a folder by its whole path', () => {
    expect(changed('documentSources', { folder: 'letters' })).toEqual(['documentSources/letters/folder: letters']);
  });
});

describe('texts for customers', () => {
  it('stand in both languages, or in neither where they may be left out', () => {
    expect(changed('smsLines', { stopped: { en: 'No more.', zh: ' ' } })).toEqual(['smsLines/hotline/stopped/zh: nothing']);
    expect(changed('mailboxes', { signature: { en: '', zh: '客服' } })).toEqual(['mailboxes/care/signature/en: nothing']);
    expect(changed('chatSites', { welcome: { en: '', zh: '' } })).toEqual([]);
    expect(changed('messageTemplates', { text: { en: '', zh: '' } })).toEqual([
      'messageTemplates/received/text/en: nothing',
      'messageTemplates/received/text/zh: nothing',
    ]);
  });

  it('name only what there is to fill in', () => {
    expect(changed('messageTemplates', { text: { en: 'Dear {{custmerName}}', zh: '您好' } })).toEqual([
      'messageTemplates/received/text/en: {{custmerName}}',
    ]);
    expect(changed('messageTemplates', { text: { en: 'Dear {{customerName', zh: '您好 {{{{today}} }' } })).toEqual([
      'messageTemplates/received/text/en: {{ without }}',
      'messageTemplates/received/text/zh: {{ without }}',
    ]);
  });

  it('name only what is always known where nobody looks at them before they are sent', () => {
    const autoReply = { subject: { en: 'Re: {{subject}}', zh: '{{subject}}' }, text: { en: 'Dear {{customerName}}', zh: '{{today}}' } };
    expect(changed('mailboxes', { autoReply })).toEqual(['mailboxes/care/autoReply/text/en: {{customerName}}']);
    expect(changed('smsLines', { stopped: { en: '{{subject}}', zh: '{{organisationName}}' } })).toEqual([
      'smsLines/hotline/stopped/en: {{subject}}',
    ]);
  });

  it('are found by one shortcut on each channel', () => {
    expect(doubled('messageTemplates', { id: 'second' })).toEqual([
      'messageTemplates/second/shortcut: received, which received has for email',
    ]);
    expect(doubled('messageTemplates', { id: 'second', channels: ['sms'] })).toEqual([]);
    expect(doubled('messageTemplates', { id: 'second', shortcut: '' })).toEqual([]);
  });
});

describe('rules for messages', () => {
  type Change = { readonly when?: Partial<MessageRule['when']>; readonly then?: Partial<MessageRule['then']>; readonly isOn?: boolean };
  const always = { channels: [], sources: [], from: [], words: [], languages: [], tiers: [] };
  const rules = (...changes: readonly Change[]) =>
    told((configuration) => {
      configuration.messageRules = changes.map(({ when, then, isOn = true }, n) => ({
        ...{ id: `r${n + 1}`, name: { en: 'Rule', zh: '规则' }, isOn },
        when: { ...always, ...when },
        then: { queue: null, needs: '', priority: null, answerWithinMinutes: null, ...then },
      }));
    });

  it('name queues, sources and skills that exist', () => {
    expect(rules({ when: { sources: ['nobody'] }, then: { needs: 'billing and germn' } })).toEqual([
      'messageRules/r1/then/needs: germn',
      'messageRules/r1/when/sources/0: nobody',
    ]);
    expect(rules({ when: { channels: ['sms'] }, then: { queue: 'nowhere' } })).toEqual(['messageRules/r1/then/queue: nowhere']);
    expect(rules({ then: { needs: 'billing >' } })[0]).toMatch(/^messageRules\/r1\/then\/needs: the end of the text/);
  });

  it('send messages only to queues of their channel', () => {
    const wrong = (channel: string) => [
      `messageRules/r1/then/queue: the-mails, a queue of channel email, for messages of channel ${channel}`,
    ];
    expect(rules({ then: { queue: 'the-mails' } })).toEqual(wrong('sms'));
    expect(rules({ when: { channels: ['email', 'chat'] }, then: { queue: 'the-mails' } })).toEqual(wrong('chat'));
    expect(rules({ when: { sources: ['hotline'] }, then: { queue: 'the-mails' } })).toEqual(wrong('sms'));
    expect(rules({ when: { channels: ['email'] }, then: { queue: 'the-mails' } })).toEqual([]);
    expect(rules({ when: { sources: ['care'] }, then: { queue: 'the-mails' } })).toEqual([]);
  });

  it('hold for what comes in where they look', () => {
    expect(rules({ when: { channels: ['chat'], sources: ['care'] } })).toEqual([
      'messageRules/r1/when/sources/0: care, where email comes in',
    ]);
  });

  it('are reached: no rule before them takes all that they would', () => {
    const words = { words: ['投诉', 'Complaint'] };
    expect(rules({}, { when: words })).toEqual(['messageRules/r2: a rule after r1, which takes all that this one would']);
    expect(rules({ isOn: false }, { when: words })).toEqual([]);
    expect(rules({ when: words }, {})).toEqual([]);
    expect(rules({ when: words }, { when: { words: ['complaint'], tiers: ['gold'] } })).toHaveLength(1);
    expect(rules({ when: { words: ['complaint'] } }, { when: words })).toEqual([]);
    expect(rules({ when: { channels: ['email', 'sms', 'chat', 'document'] } }, { when: words })).toHaveLength(1);
    expect(rules({ when: { ...words, tiers: ['gold'] } }, { when: words })).toEqual([]);
  });

  it('are not more than anybody can read', () => {
    expect(rules(...Array.from({ length: 501 }, (_each, n) => ({ when: { words: [`word${n}`] } })))).toEqual(['messageRules: 501 rules']);
  });
});

describe('a survey', () => {
  const problemsOf = (change: Partial<Configuration['surveys'][number]>) => {
    const configuration = writingConfiguration();
    const judged = validateConfiguration({ ...configuration, surveys: configuration.surveys.map((survey) => ({ ...survey, ...change })) });
    return judged.ok ? [] : judged.problems.map(({ path, found }) => `${path}: ${found}`);
  };

  it('needs something to be sent from, links that lead here, and words in both languages', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ mailbox: null, smsLine: null, address: null })).toEqual([
      'surveys/how-was-it/mailbox: nothing',
      'surveys/how-was-it/smsLine: nothing',
      'surveys/how-was-it/address: nothing',
    ]);
    expect(problemsOf({ queues: ['gone'] })).toEqual(['surveys/how-was-it/queues/0: gone']);
    expect(problemsOf({ question: { en: 'Well?', zh: '' } })).toEqual(['surveys/how-was-it/question/zh: nothing']);
    expect(problemsOf({ thanks: { en: '{{agentName}}', zh: '谢谢' } })).toEqual(['surveys/how-was-it/thanks/en: {{agentName}}']);
    expect(problemsOf({ address: 'care.example/page' })).toHaveLength(1);
  });
});
