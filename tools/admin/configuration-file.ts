import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { Document, isMap, isPair, isScalar, parseDocument, visit } from 'yaml';
import { configurationLimits } from '../../cti-bridge/organisation/index.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';

/** A configuration as a file that people read, change and keep in version control: YAML with every part explained, or plain JSON. */

const head = ` The configuration of this contact center.

 Change what you want and take it in again:
   npm run admin -- import FILE --dry-run     lists every change and every problem, and changes nothing
   npm run admin -- import FILE               takes it, whole or not at all
 What is not in the file is removed. An id is what everything else refers to: to rename something, change its name and keep its id.

 Names are given in English (en) and Chinese (zh). Times are in seconds unless they are times of day. null is nothing.
 Secrets are never in here, only where each is kept: {env: NAME} for an environment variable of the bridge (not one of its own settings,
 which begin with CROSSPOINT_), {file: PATH} for a file.
 Passwords of users are not in here either: npm run admin -- password USERNAME`;

const comments: Readonly<Record<Exclude<keyof Configuration, 'version'>, string>> = {
  organisation: ` Who you are. homeCountry: two letters, the country in which a number without a prefix is read. timeZone: IANA name; its midnight
 begins the day of reports. dialling: how telephones are dialled here. outsidePrefix: what comes first for an outside line, such as "9";
 areaCode: where a number without an area code is, such as "0574"; each in quotes, null for nothing.`,
  orgUnits: ' Your offices as a tree: tier city under province under headquarters. parent: id of the one above, null for headquarters.',
  teams: ' Groups of agents. orgUnit: the office they sit in, or null.',
  skills: ' What agents can be good at. id: a small letter, then letters, digits or underscores; it is the word in needs.',
  capacities: ` How much an agent takes at once, by channel (voice, email, sms, chat, document). max: so many of this kind. weight: how much of 100
 one takes. interrupts: what may be in hand already when this comes. A channel left out, or with max 0, is not taken.`,
  hours: ` Opening hours. weekly: mon to sun, each a list of spans; a day left out is closed. A span ends after it begins, at most at 24:00;
 past midnight it is two spans. holidays take the place of their weekday; no spans is closed all day.`,
  queues: ` Where contacts wait.
   needs      who is asked first: skills with levels 1 to 10, such as  billing >= 3 and (french or german >= 5).  Empty: everybody.
   rings      who is asked as well after so many seconds of waiting; up to five, each later than the one before
   strategy   who of them: longestIdle, roundRobin, leastBusy, bestSkill, ringAll, weighted
   ringSeconds how long it rings; missesBeforeNotReady: unanswered offers in a row after which an agent is set not ready
   priority   0 to 100, higher first; ageingSecondsPerPoint: so long waiting counts as one more, null for never
   serviceLevel  so many percent answered within so many seconds
   hours      id of opening hours, null for always open
   maxWaiting, maxWaitSeconds   how many may wait, and how long; null for no limit
   overflow   {afterSeconds, queue}: waits in another queue as well from then on; null for never
   whenClosed, whenFull, whenWaitedTooLong   {to: queue, queue: ID} | {to: announce, prompt: NAME} | {to: callback}
              NAME is a file in every language of assets/prompts, without its .wav
   announcements  everySeconds (null for never), with position and expectedWait or not
   callbackAfterSeconds   offer to be called back after so long; null for never; callers only
   lastAgent, accountManager   wait at most so long for the one who knows them; null for not
   bypassTiers  customers who stand before all others: standard, silver, gold, diamond
   afterCall  a live flow in which callers go on who are still there when the agent has hung up; null or left out for none
   wrapUp     mode: optional, required, timed, timedNoEarlyExit; defaultDisposition is stored when the time runs out
   alerts     thresholds of the supervisor's board; null for none`,
  reasons: ' Why an agent may be not ready.',
  dispositions: ' Outcomes of contacts, as a tree: parent is the code above, null at the top. Only those with nothing below can be chosen.',
  roles: ` What people may do. Rights: session:own (to sign in), work:handle, contact:read, contact:write, queue:watch, agent:supervise,
 configuration:read, configuration:write, system:observe, call:dial-out and others. calling: whom its people may call, {allowed, blocked,
 premium, callsPerHour}; ranges as in trunks. Without it: the home country, no premium numbers, 60 calls an hour. Emergency numbers always go.`,
  users: ` People. username: in small letters. locale: en or zh. agent: null for somebody who takes no work; otherwise extension, team,
 capacity, skills with levels 1 to 10, leftQueues (taken out of them although the skills would do), weight (share where work is dealt out
 by weight; 1 is usual) and phone: {kind: desktop} | {kind: registered, password: SECRET} | {kind: address, uri: sip:6012@10.0.0.7}`,
  trunks: ` Lines to the telephone network. transport: udp, tcp or tls. username and password: null where none is asked for.
   direction  both, in or out; sources: IP addresses that may call in, beside where its calls go
   register   {registrar, expiresSeconds}: signs in to a provider; registrar null is the host; null for not
   priority, weight   the lowest priority first, among equals by weight; maxChannels: calls at once, null for any number
   carries    ranges of numbers: home, * for all, or how they begin (+44, 955)
   numbersOut, numbersIn   {form: e164, e164WithoutPlus, national or asDialled, strip, prefix}: the form, digits off the front, then the prefix
   callerId   {shows: queue, agent, trunk or withheld, number}; codecs: PCMA, PCMU in their order, and opus; pingSeconds: null for never
   takesOver  up to twenty {header, as, pick}: what a SIP header says is passed.AS in flows; pick: a path into it such as /customer, or left out`,
  apiClients: ` Other systems that read and write the customer record over HTTP (/docs of the bridge). role: one with the right record:exchange.
 orgUnit: whose customers it may see, with everything below; null for all. secret: where the bearer it sends is kept.`,
  retention: ` Who has lapsed and may be deleted: no contact for silentForDays days, and in one of the stages (prospect, new, growing, mature,
 declining, lost); no stages for whatever stage. Nothing is deleted by itself.`,
  customFields: ` Fields of the record that this organisation has and others have not. on: person, account or case. kind: text, number, day, choice or flag.
 choices: of a choice, each {id, name}; [] for the other kinds.`,
  mailboxes: ` Addresses to which customers write. queue: one of channel email; of a fax box, to which a gateway sends faxes (kind: fax), document.
   sender     the name customers see beside the address
   incoming   {host, port, security, username, password, folder}: an IMAP mailbox; null for only what comes to the bridge's own SMTP intake
   outgoing   {host, port, security, username, password}: the SMTP server that takes our mail; null where nothing is sent from it
              security: tls, startTls, or none inside the house. username and password null where none is asked for
   autoReply  {subject, text}, once a day to whoever writes; null for none. Fields: {{subject}}, {{organisationName}}, {{today}};
              of signature as of templates`,
  smsLines: ` Numbers for text messages. queue: one of channel sms. carrier: {kind: smpp, host, port, tls, systemId, password, systemType, window,
 perSecond} or {kind: http, url, secret}. window: so many unanswered at once; perSecond: so many in a second; systemType: often "".
 stopped, resumed: sent to who writes STOP and to who comes back; "" for nothing.`,
  chatSites: ` Web sites with our chat on them. queue: one of channel chat. title, welcome: what visitors see. colour: such as "#2f5bd0". asks: what
 the form before the chat asks for. allowedOrigins: sites that may show it, such as https://shop.example; "*" for every site.`,
  documentSources: ` Where scanned pages come in. kind: letter, form or fax. queue: one of channel document. folder: watched, what was taken goes into its
 sub-folder taken; null where pages are only uploaded.`,
  messageRules: ` Where messages go. The first rule that is on and whose conditions all hold decides; an empty condition always holds.
   when  channels: email, sms, chat, document; sources: ids of mailboxes, lines, sites, document sources; from: addresses, @domains, or how
         a number begins; words: any of them in subject or text; languages: en, zh; tiers: standard, silver, gold, diamond
   then  queue (null for that of its source); needs: skills beside those of the queue, or ""; priority 0 to 100, or null for the queue's;
         answerWithinMinutes, or null`,
  messageTemplates: ` Words that are written again and again. shortcut: typed after / to find it, or "". subject: of mails, "" leaves it as it is. Fields:
 {{customerName}}, {{customerTitle}}, {{companyName}}, {{agentName}}, {{organisationName}}, {{caseNumber}}, {{today}}, {{subject}}.`,
  surveys: ` What customers are asked after a contact. The first one that is on, with its queue (queues: [] for all), asks.
   by         after each channel: none, email or sms. Chats are also rated in their widget, calls in the flow of their queue's afterCall
   mailbox, smsLine   from where they are asked whose contact came another way; null where nobody is
   address    where customers' browsers reach this bridge: what the links in a mail begin with, such as https://care.example
   afterMinutes after the contact; notAgainWithinDays: nobody is asked again within them; comment: asks for a word as well, "" for none`,
};

export function configurationText(configuration: Configuration, file: string): string {
  if (isJson(file)) return `${JSON.stringify(configuration, null, 2)}\n`;
  const document = new Document(configuration);
  document.commentBefore = head;
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      pair.key.spaceBefore = true;
      const comment = comments[String(pair.key.value) as keyof typeof comments];
      if (comment !== undefined) pair.key.commentBefore = comment;
    }
  }
  visit(document, {
    Map: (key, node) => {
      if (key !== null) node.flow = isSmall(node.items.map(({ value }) => value));
    },
    Seq: (_key, node) => {
      node.flow = isSmall(node.items);
    },
  });
  return document.toString({ lineWidth: 140, flowCollectionPadding: false });
}

/** A few plain values fit on one line: a name in two languages, a span, the skills of an agent. */
function isSmall(values: readonly unknown[]): boolean {
  const texts = values.map((value) => (isScalar(value) ? String(value.value) : null));
  return texts.every((text) => text !== null) && texts.length <= 8 && texts.join().length <= 80;
}

/** Whole or not at all, whatever happens in the middle of writing. */
export function writeConfigurationFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}.new`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}

/** What stands in the file, not yet judged. What cannot be read comes back as sentences. */
export function readConfigurationFile(
  file: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly errors: readonly string[] } {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > configurationLimits.fileBytes)
      return failed(
        `${file} has ${(size / 1024 / 1024).toFixed(1)} MB; a configuration has at most ${configurationLimits.fileBytes / 1024 / 1024}.`,
      );
    bytes = readFileSync(file);
  } catch (error) {
    return failed(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return failed(`${file} is not UTF-8 text.`);
  }
  return readConfigurationText(text, file);
}

export function readConfigurationText(
  text: string,
  file: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly errors: readonly string[] } {
  return isJson(file) ? readJson(text, file) : readYaml(text, file);
}

function readJson(text: string, file: string) {
  try {
    return { ok: true as const, value: JSON.parse(text) as unknown };
  } catch (error) {
    return failed(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readYaml(text: string, file: string) {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    return failed(
      ...document.errors.map(
        ({ linePos, message }) =>
          `${file}${linePos ? `, line ${linePos[0].line}` : ''}: ${message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '.')}`,
      ),
    );
  }
  try {
    return { ok: true as const, value: document.toJS() as unknown };
  } catch (error) {
    // A file of references to references would fill the memory.
    return failed(`${file}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const failed = (...errors: string[]) => ({ ok: false as const, errors });
const isJson = (file: string) => /\.json$/i.test(file);
