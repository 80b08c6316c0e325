import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { TestBrowser } from '../../support/browser.ts';
import { writeToneFile } from '../../support/tones.ts';

/** A phone as a page in Chromium, whose microphone hears 700 Hz. */
export interface PhonePages {
  open(): Promise<Page>;
  close(): Promise<void>;
}

/** `script`: a file beside this one, which puts the phone on the page's window. */
export async function openPhonePages(script: string): Promise<PhonePages> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-phone-page-'));
  const bundle = await rolldown({ input: fileURLToPath(new URL(script, import.meta.url)), platform: 'browser' });
  const { code } = (await bundle.generate({ format: 'esm' })).output[0];
  await bundle.close();
  const server = createServer((request, response) => {
    const isScript = request.url === '/phone.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? code : '<!doctype html><title>phone</title><script type="module" src="phone.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 700, 2_000, 48_000) });
  return {
    open: async () => (await browser.page(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)).page,
    async close() {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
