import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeptPrompt } from '../../../cti-bridge/ivr/index.ts';
import { promptReads, promptWrites } from '../../../cti-bridge/store/repositories/ivr/prompt-rows.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const by = { userId: 'admin', name: 'Adam' };
const sound = { soundId: 'sound-1', origin: 'uploaded', durationMs: 1_200, at: 1_700_000_000_000, by } as const;
const greeting: Omit<KeptPrompt, 'revision'> = {
  promptId: 'greeting',
  texts: { en: "Robert'); drop table prompt;--", zh: '您好' },
  sounds: { en: sound, zh: null },
};
const doing = (note: string) => ({ at: 1_700_000_000_000, by, note });

describe.each(databases)('prompts on $name', ({ open }) => {
  let store: DatabaseUnderTest;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  it('are kept whole, by revisions, with who did it in the history', async () => {
    const { db, reads } = store;
    expect(await promptWrites.savePrompt(db, { ...doing('made'), prompt: greeting, basedOn: 0 })).toBe(true);
    expect(await promptReads.readPrompts(reads)).toEqual([{ ...greeting, revision: 1 }]);
    const spoken = { ...sound, soundId: 'sound-2', origin: 'spoken' } as const;
    const changed = { ...greeting, sounds: { en: null, zh: spoken } };
    expect(await promptWrites.savePrompt(db, { ...doing('changed'), prompt: changed, basedOn: 1 })).toBe(true);
    expect(await promptReads.readPrompts(reads)).toEqual([{ ...changed, revision: 2 }]);
    const notes = await reads.selectFrom('configuration_revision').select(['note', 'by_name']).orderBy('revision').execute();
    expect(notes).toEqual([
      { note: 'made', by_name: 'Adam' },
      { note: 'changed', by_name: 'Adam' },
    ]);
  });

  it('are not written over by whoever read an earlier revision', async () => {
    const { db, reads } = store;
    expect(await promptWrites.savePrompt(db, { ...doing('late'), prompt: greeting, basedOn: 1 })).toBe(false);
    expect(await promptWrites.savePrompt(db, { ...doing('late'), prompt: greeting, basedOn: 0 })).toBe(false);
    expect((await promptReads.readPrompts(reads))[0]?.revision).toBe(2);
  });

  it('are gone with their sounds when they are removed', async () => {
    const { db, reads } = store;
    await promptWrites.removePrompt(db, { ...doing('removed'), promptId: 'greeting' });
    expect(await promptReads.readPrompts(reads)).toEqual([]);
    expect(await reads.selectFrom('prompt_sound').selectAll().execute()).toEqual([]);
  });
});
