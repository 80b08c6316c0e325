import type { Selectable } from 'kysely';
import type { PromptLocale } from '../../../interactions/index.ts';
import type { KeptPrompt, KeptSound, NotedDoing } from '../../../ivr/index.ts';
import type { ReadHandle, Schema, WriteHandle } from '../../schema.ts';
import { noteInHistory } from '../configuration-writes.ts';

const locales: readonly PromptLocale[] = ['en', 'zh'];

export const promptReads = {
  async readPrompts(db: ReadHandle): Promise<readonly KeptPrompt[]> {
    const rows = await db.selectFrom('prompt').selectAll().orderBy('prompt_id').execute();
    const sounds = await db.selectFrom('prompt_sound').selectAll().execute();
    const soundOf = (promptId: string, locale: PromptLocale) => {
      const row = sounds.find((each) => each.prompt_id === promptId && each.locale === locale);
      return row ? toSound(row) : null;
    };
    return rows.map(({ prompt_id: promptId, revision, text_en, text_zh }) => ({
      promptId,
      revision,
      texts: { en: text_en, zh: text_zh },
      sounds: { en: soundOf(promptId, 'en'), zh: soundOf(promptId, 'zh') },
    }));
  },
};

export const promptWrites = {
  async savePrompt(
    db: WriteHandle,
    { prompt, basedOn, ...doing }: NotedDoing & { readonly prompt: Omit<KeptPrompt, 'revision'>; readonly basedOn: number },
  ): Promise<boolean> {
    const { promptId, texts, sounds } = prompt;
    const there = await db.selectFrom('prompt').select('revision').where('prompt_id', '=', promptId).executeTakeFirst();
    if ((there?.revision ?? 0) !== basedOn) return false;
    const row = { revision: basedOn + 1, text_en: texts.en, text_zh: texts.zh };
    await db
      .insertInto('prompt')
      .values({ prompt_id: promptId, ...row })
      .onConflict((conflict) => conflict.column('prompt_id').doUpdateSet(row))
      .execute();
    await db.deleteFrom('prompt_sound').where('prompt_id', '=', promptId).execute();
    for (const locale of locales) {
      const sound = sounds[locale];
      if (sound)
        await db
          .insertInto('prompt_sound')
          .values(soundRow(promptId, locale, sound))
          .execute();
    }
    await noteInHistory(db, doing);
    return true;
  },

  async removePrompt(db: WriteHandle, { promptId, ...doing }: NotedDoing & { readonly promptId: string }): Promise<void> {
    await db.deleteFrom('prompt_sound').where('prompt_id', '=', promptId).execute();
    await db.deleteFrom('prompt').where('prompt_id', '=', promptId).execute();
    await noteInHistory(db, doing);
  },
};

function toSound(row: Selectable<Schema['prompt_sound']>): KeptSound {
  return {
    soundId: row.sound_id,
    origin: row.origin,
    durationMs: row.duration_ms,
    at: Number(row.at),
    by: { userId: row.by_id, name: row.by_name },
  };
}

function soundRow(promptId: string, locale: PromptLocale, { soundId, origin, durationMs, at, by }: KeptSound): Schema['prompt_sound'] {
  return {
    prompt_id: promptId,
    locale,
    sound_id: soundId,
    origin,
    duration_ms: durationMs,
    at,
    by_id: by.userId,
    by_name: by.name,
  };
}
