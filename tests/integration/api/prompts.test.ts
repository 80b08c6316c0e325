import { describe, expect, it } from 'vitest';
import { promptSoundPath, soundUploadLimitBytes } from '../../../shared/contracts/ivr/prompts.ts';
import { openApi } from './api-house.ts';

const path = promptSoundPath('welcome', 'zh', 'recorded');

async function openHouse(username: string) {
  const house = await openApi();
  const { token } = await house.logIn(username);
  const send = (to: string, body: Uint8Array, bearer = token) =>
    fetch(`${house.url}${to}`, {
      method: 'POST',
      body: Buffer.from(body),
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'audio/wav' },
    });
  return { house, send };
}

describe('the sound of a prompt', () => {
  it('is taken from an administrator, whatever it is called, or refused by name', async () => {
    const { house, send } = await openHouse('adam');
    expect(await (await send(path, Buffer.alloc(100))).json()).toMatchObject({ ok: true, value: { taken: true } });
    expect(await (await send(path, Buffer.alloc(3))).json()).toEqual({ ok: true, value: { taken: false, fault: 'silent' } });
    expect(house.desk.asked[0]).toMatchObject({
      command: 'prompt:take',
      request: { promptId: 'welcome', locale: 'zh', origin: 'recorded', bytes: 100 },
    });
  });

  it('is not read of whoever may not change it', async () => {
    const { house, send } = await openHouse('ana');
    const refused = await send(path, Buffer.alloc(100));
    expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'forbidden' } }]);
    expect((await send(path, Buffer.alloc(100), 'guessed')).status).toBe(401);
    expect(house.desk.asked).toEqual([]);
  });

  it('has a limit, and no other languages and ways than those there are', async () => {
    const { house, send } = await openHouse('adam');
    const tooLarge = await send(path, Buffer.alloc(soundUploadLimitBytes + 1));
    expect([tooLarge.status, await tooLarge.json()]).toMatchObject([413, { error: { code: 'too_large' } }]);
    expect((await send('/api/prompts/welcome/fr/recorded', Buffer.alloc(9))).status).toBe(404);
    expect((await send('/api/prompts/welcome/en/shipped', Buffer.alloc(9))).status).toBe(404);
    expect(house.desk.asked).toEqual([]);
  });

  it('is heard by its link, in parts, and by no other', async () => {
    const house = await openApi();
    const part = await fetch(`${house.url}/api/prompts/opened/token-1`, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect([part.headers.get('content-type'), part.headers.get('cache-control')]).toEqual(['audio/wav', 'no-store']);
    expect((await fetch(`${house.url}/api/prompts/opened/guessed`)).status).toBe(404);
  });
});
