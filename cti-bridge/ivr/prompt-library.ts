import type { Flow } from '../../shared/contracts/ivr/flow.ts';
import type { PromptLocale } from '../interactions/index.ts';
import type { NotedDoing } from './ports.ts';

/** A sound that somebody brought for a prompt in one language. It never changes: another one has another id. */
export interface KeptSound {
  readonly soundId: string;
  readonly origin: 'uploaded' | 'recorded' | 'spoken';
  readonly durationMs: number;
  readonly at: number;
  readonly by: { readonly userId: string; readonly name: string };
}

/** What is known of a prompt beside what was shipped. */
export interface KeptPrompt {
  readonly promptId: string;
  readonly revision: number;
  readonly texts: Readonly<Record<PromptLocale, string>>;
  readonly sounds: Readonly<Record<PromptLocale, KeptSound | null>>;
}

/** Where prompts are kept. Provided by the store. */
export interface PromptRepository {
  readAll(): Promise<readonly KeptPrompt[]>;
  /** Whole, as the revision after `basedOn` (0: there is none yet). False: somebody else has changed it since. */
  save(saving: NotedDoing & { readonly prompt: Omit<KeptPrompt, 'revision'>; readonly basedOn: number }): Promise<boolean>;
  remove(removing: NotedDoing & { readonly promptId: string }): Promise<void>;
}

/** Every prompt that a flow plays, each once. */
export function promptsOf(flow: Flow): readonly string[] {
  const found = new Set([flow.fallback.prompt]);
  for (const node of Object.values(flow.nodes)) {
    if ('prompts' in node) for (const prompt of node.prompts) found.add(prompt);
    if (node.kind === 'say') for (const part of node.parts) if ('prompt' in part) found.add(part.prompt);
    const others = [
      'onSilence' in node ? node.onSilence : null,
      'onWrongKey' in node ? node.onWrongKey : null,
      'onInvalid' in node ? node.onInvalid : null,
      'whileWaiting' in node ? node.whileWaiting : null,
    ];
    for (const prompt of others) if (prompt !== null) found.add(prompt);
  }
  return [...found];
}
