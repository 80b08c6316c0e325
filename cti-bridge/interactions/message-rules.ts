import type { Locale, Tier } from '../../shared/contracts/contact.ts';
import type { MessageRule, WrittenChannelName } from '../../shared/contracts/messages/settings.ts';
import { minutes } from '../../shared/duration.ts';
import { WordFinder } from './word-finder.ts';
import { writtenLanguage } from './written-language.ts';

/** What the rules look at of a message. */
export interface MessageFacts {
  readonly channel: WrittenChannelName;
  /** Its mailbox, line, site or document source. */
  readonly sourceId: string;
  /** The queue of its source: where it goes unless a rule says otherwise. */
  readonly queueId: string;
  /** All addresses and numbers that the sender is known by, numbers as E.164 and, where it helps, as dialled in the country. */
  readonly from: readonly string[];
  readonly subject: string;
  /** What they wrote this time, without what they quote. */
  readonly text: string;
  /** Null for somebody unknown: no tier is theirs. */
  readonly tier: Tier | null;
}

export type RuleCondition = keyof MessageRule['when'];

/** A condition of a rule that held, and what of its list it was: `words`, `投诉`. */
export interface RuleReason {
  readonly condition: RuleCondition;
  readonly found: string;
}

/** Where a message goes, and why. */
export interface Classification {
  readonly queueId: string;
  /** A skill expression beside what the queue asks for; empty asks for nothing more. */
  readonly needs: string;
  /** Null: the queue's own. */
  readonly priority: number | null;
  /** Null: what the queue's service level says. */
  readonly answerWithinMs: number | null;
  readonly language: Locale | null;
  /** Null: no rule held. */
  readonly ruleId: string | null;
  /** Empty for a rule that holds always, and where none held. */
  readonly why: readonly RuleReason[];
}

/** A longer text is judged by its beginning: 200 kB of words are no longer somebody's message. */
const longestText = 200_000;

/**
 * The rules as one judge. Made once for a configuration: all words of all rules are looked for in one pass over a text, so that a message
 * takes as long as it is long, however many rules there are.
 */
export class MessageRules {
  readonly #rules: readonly MessageRule[];
  readonly #finder: WordFinder;
  /** Of each rule, the number of its first word. */
  readonly #firstWord: readonly number[];

  constructor(rules: readonly MessageRule[]) {
    this.#rules = rules.filter(({ isOn }) => isOn);
    const words: string[] = [];
    this.#firstWord = this.#rules.map(({ when }) => words.push(...when.words) - when.words.length);
    this.#finder = new WordFinder(words);
  }

  /** The first rule whose conditions all hold decides. */
  classify(message: MessageFacts): Classification {
    const first = this.#holding(message).next();
    return decided(message, first.done ? null : first.value);
  }

  /** The same with the rules that would decide if those before them did not. */
  weigh(message: MessageFacts): { readonly decided: Classification; readonly alsoHold: readonly string[] } {
    const [first, ...others] = this.#holding(message);
    return { decided: decided(message, first ?? null), alsoHold: others.map(({ rule }) => rule.id) };
  }

  *#holding(message: MessageFacts): Generator<Held, void> {
    const language = languageOf(message);
    let found: ReadonlySet<number> | null = null;
    for (const [n, rule] of this.#rules.entries()) {
      const { channels, sources, from, words, languages, tiers } = rule.when;
      const first = this.#firstWord[n] ?? 0;
      const why: RuleReason[] = [];
      const holds = (condition: RuleCondition, listed: readonly string[], held: () => string | undefined): boolean => {
        if (listed.length === 0) return true;
        const one = held();
        if (one !== undefined) why.push({ condition, found: one });
        return one !== undefined;
      };
      if (
        holds('channels', channels, () => channels.find((each) => each === message.channel)) &&
        holds('sources', sources, () => sources.find((each) => each === message.sourceId)) &&
        holds('tiers', tiers, () => tiers.find((each) => each === message.tier)) &&
        holds('languages', languages, () => languages.find((each) => each === language)) &&
        holds('from', from, () => from.find((each) => message.from.some((sender) => isFrom(each, sender)))) &&
        holds('words', words, () => {
          // A word does not begin in the subject and end in the text.
          found ??= this.#finder.find(`${message.subject.slice(0, longestText)} \u0000 ${message.text.slice(0, longestText)}`);
          return words.find((_word, at) => found?.has(first + at));
        })
      )
        yield { rule, why };
    }
  }
}

interface Held {
  readonly rule: MessageRule;
  readonly why: readonly RuleReason[];
}

function decided(message: MessageFacts, held: Held | null): Classification {
  const { queue, needs, priority, answerWithinMinutes } = held?.rule.then ?? {
    queue: null,
    needs: '',
    priority: null,
    answerWithinMinutes: null,
  };
  return {
    queueId: queue ?? message.queueId,
    needs,
    priority,
    answerWithinMs: answerWithinMinutes === null ? null : minutes(answerWithinMinutes),
    language: languageOf(message),
    ruleId: held?.rule.id ?? null,
    why: held?.why ?? [],
  };
}

const languageOf = ({ subject, text }: MessageFacts) => writtenLanguage(text) ?? writtenLanguage(subject);

/** `ada@example.com` or `@example.com` whole; a number by its beginning, with or without its plus. */
function isFrom(listed: string, sender: string): boolean {
  const wanted = listed.trim().toLowerCase();
  const address = sender.trim().toLowerCase();
  if (wanted === '' || address === '') return false;
  if (wanted.startsWith('@')) return address.endsWith(wanted);
  if (wanted.includes('@') || address.includes('@')) return wanted === address;
  const digits = (number: string) => number.replaceAll(/[\s()./-]/g, '');
  const number = digits(address);
  const beginning = digits(wanted);
  return beginning !== '' && (number.startsWith(beginning) || number.replace(/^\+/, '').startsWith(beginning));
}
