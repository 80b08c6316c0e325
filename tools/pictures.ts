import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { margaretOkafor } from '../cti-bridge/store/seed/demo-people.ts';
import { startBridge } from '../tests/support/bridge.ts';
import { TestBrowser } from '../tests/support/browser.ts';
import { becomeAvailable, signIn } from '../tests/support/desktop-page.ts';
import { ScriptedPhone } from '../tests/support/scripted-phone/index.ts';
import { writeToneFile } from '../tests/support/tones.ts';
import { inProject } from './project.ts';

/**
 * Takes the pictures of `docs/`: the pop while the phone rings, and the call. A real bridge, a real call, a real browser. Build first.
 *
 *   node tools/bootstrap.mjs tools/pictures.ts [FOLDER] [--dark]
 */
const target = process.argv[2]?.startsWith('--') || !process.argv[2] ? inProject('docs') : process.argv[2];
const colorScheme = process.argv.includes('--dark') ? 'dark' : 'light';
const suffix = colorScheme === 'dark' ? '.dark' : '';
const folder = mkdtempSync(join(tmpdir(), 'crosspoint-pictures-'));
const bridge = await startBridge();
const browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000), colorScheme });
const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip });
try {
  const { page } = await browser.page(bridge.httpAddress);
  const shoot = async (name: string) => {
    const path = join(target, `${name}${suffix}.png`);
    await page.screenshot({ path });
    console.log(`${path}: ${Math.round(statSync(path).size / 1_000)} kB`);
  };
  await signIn(page);
  await becomeAvailable(page);
  const call = await phone.call({ to: '1000', from: margaretOkafor.number });
  await call.answered();
  await call.press('1#');
  await bridge.event('pop:painted');
  await page.waitForTimeout(1_500);
  await shoot('pop');
  call.mouth.playTone(1_000);
  await page.getByRole('button', { name: 'Answer' }).first().click();
  await bridge.event('call:audioFlowing');
  await page.getByRole('textbox').last().fill('October invoice still shows the roaming charges. Credit was promised on 18 November.');
  await page.waitForTimeout(3_000);
  await shoot('call');
  await call.hangUp();
  await page.waitForTimeout(800);
  await shoot('wrap-up');
} finally {
  await phone.close();
  await browser.close();
  await bridge.dispose();
  rmSync(folder, { recursive: true, force: true });
}
